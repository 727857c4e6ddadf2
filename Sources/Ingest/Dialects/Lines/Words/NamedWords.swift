/// Words of a line that name a number.
struct NamedWords: Sendable {
  /// What words say together.
  struct Meaning: Sendable {
    var rank: TimeWords.Rank?
    var isStage = false
    var isTotal = false
    var statistic: TimeWords.Statistic?

    var isEmpty: Bool { rank == nil && !isStage && !isTotal && statistic == nil }

    mutating func add(_ meaning: TimeWords.Meaning) {
      switch meaning {
      case .inference(let next): rank = rank.map { min($0, next) } ?? next
      case .stage: isStage = true
      case .total: isTotal = true
      case .statistic(let next): statistic = statistic ?? next
      }
    }

    mutating func add(_ other: Meaning) {
      rank = [rank, other.rank].compactMap(\.self).min()
      isStage = isStage || other.isStage
      isTotal = isTotal || other.isTotal
      statistic = statistic ?? other.statistic
    }
  }

  /// Words in lower case, taken apart at underscores and capitals, each with the piece that it is of.
  private var words: [(text: String, piece: Int)] = []
  /// Pieces between colons.
  private var piece = 0
  /// A colon or equals sign stands behind the last word, brackets and quotation marks aside.
  private(set) var isSeparated = false
  /// The last word stands in brackets that are closed.
  private var isBracketed = false
  /// A stroke stands before the last word: `Operations/Cycle` is a rate.
  private var isRate = false
  private var passedStroke = false

  var isEmpty: Bool { words.isEmpty }
  /// The number is the value of a key: `time=`, `Inference time:`.
  var isKey: Bool { isSeparated && !words.isEmpty }
  var lastWord: String? { words.last?.text }

  /// Adds a word of the line.
  mutating func add(_ word: String) {
    if isSeparated { piece += 1 }
    isSeparated = false
    isBracketed = false
    isRate = passedStroke
    passedStroke = false
    for part in Self.parts(word) { words.append((part, piece)) }
  }

  /// A colon or an equals sign.
  mutating func separate() { if !words.isEmpty { isSeparated = true } }

  /// Any other mark.
  mutating func pass(_ mark: UInt8) {
    if mark == UInt8(ascii: ")") || mark == UInt8(ascii: "]") { isBracketed = true }
    passedStroke = mark == UInt8(ascii: "/") && !words.isEmpty
  }

  /// Adds the words of another name behind these.
  mutating func append(_ other: NamedWords) {
    words += other.words
    isSeparated = false
  }

  func holds(_ word: String) -> Bool { words.contains { $0.text == word } }

  /// What they say; those before a colon count where the ones behind it say nothing.
  var meaning: Meaning {
    var meaning = Meaning()
    for word in chosen {
      if let one = TimeWords.meaning(word) { meaning.add(one) }
    }
    return meaning
  }

  /// The words of the last piece that says anything, or all of them.
  private var chosen: [String] {
    guard let last = words.last?.piece, words.first?.piece != last else { return words.map(\.text) }
    let behind = words.filter { $0.piece == last }.map(\.text)
    let isSaid = behind.contains { word in
      switch TimeWords.meaning(word) {
      case nil, .inference(.bare), .statistic: false
      default: true
      }
    }
    return isSaid ? behind : words.map(\.text)
  }

  /// The unit in the key: `time_us=`, `latencyMs:`, `Time (us):`, `us=`.
  var unitOfKey: PrintedUnit? {
    guard let last = words.last?.text, isSeparated || isBracketed, !isRate else { return nil }
    guard let unit = PrintedUnit(word: last) else { return nil }
    // Of a word by itself only what is no usual name of anything else.
    return words.count > 1 || last.count > 1 ? unit : nil
  }

  /// Cycles and ticks may stand before their number without any mark: `profiling ticks 5321`.
  var unitBefore: PrintedUnit? {
    guard !isSeparated, words.count > 1, let last = words.last?.text,
      let unit = PrintedUnit(word: last),
      unit.timeUnit == .cycles || unit.timeUnit == .ticks
    else { return nil }
    return unit
  }

  /// The words speak of a time, so that a number behind them lacks its unit.
  var meansTime: Bool {
    words.contains {
      ["time", "took", "latency", "elapsed", "duration", "runtime"].contains($0.text)
    }
  }

  /// A unit among the words.
  var unit: PrintedUnit? {
    for word in words.reversed() {
      if let unit = PrintedUnit(word: word.text), unit.timeUnit != nil { return unit }
    }
    return nil
  }

  /// The last word is one for time, and the next is its number.
  var endsInTime: Bool {
    words.last.map { ["time", "took", "latency"].contains($0.text) } ?? false
  }

  private static let clockWords: Set<String> = [
    "cpu", "clock", "clk", "sysclk", "hclk", "core", "mcu", "frequency", "freq", "processor",
    "ccount", "ccounthz", "dwt", "clocks",
  ]
  private static let otherClocks: Set<String> = [
    "flash", "spi", "qspi", "i2c", "psram", "bus", "adc", "uart", "sample", "sampling", "audio",
    "mic", "timer", "xclk", "apb", "usb", "pclk", "camera", "sck", "ahb", "peripheral", "npu",
  ]

  /// The number is the clock of the CPU.
  var speaksOfClock: Bool {
    words.contains { Self.clockWords.contains($0.text) }
      && !words.contains { Self.otherClocks.contains($0.text) }
  }

  /// What tells the number from others: the words of a key; of a sentence only those that name an inference.
  var label: String {
    let last = words.last?.piece
    let isNamed = meaning.rank.map { $0 < .bare } ?? meaning.isStage
    var label: [String] = []
    for word in words
    where PrintedUnit(word: word.text) == nil && !Self.fillers.contains(word.text)
      && label.last != word.text
    {
      switch TimeWords.meaning(word.text) {
      case .inference(.bare), .statistic, .total: continue
      // Of what is said with a number in a sentence only the name of the thing counts, but before a colon
      // stands what the line is about.
      case nil: if !isNamed || isSeparated || word.piece != last { label.append(word.text) }
      default: label.append(word.text)
      }
    }
    return label.joined(separator: " ")
  }

  private static let fillers: Set<String> = [
    "it", "the", "of", "for", "to", "a", "an", "per", "is", "was", "in", "one", "single", "at",
    "on",
    "this", "last", "my", "i", "and", "by", "each", "with", "after", "e", "w", "d", "v", "info",
    "inf",
    "dbg", "debug", "wrn", "warn", "warning", "err", "error", "trace", "notice", "over",
  ]

  /// `invoke_time_us`, `inferenceTimeUs` and `NNTime` in their parts.
  static func parts(_ word: String) -> [String] {
    var parts: [String] = []
    var part = ""
    let letters = Array(word.unicodeScalars)
    for (i, letter) in letters.enumerated() {
      if letter == "_" {
        if !part.isEmpty { parts.append(part) }
        part = ""
        continue
      }
      let isUpper = ("A"..."Z").contains(letter)
      let follows = i > 0 && ("a"..."z").contains(letters[i - 1])
      let begins =
        isUpper && i > 0 && ("A"..."Z").contains(letters[i - 1]) && i + 1 < letters.count
        && ("a"..."z").contains(letters[i + 1]) && !part.isEmpty
      if isUpper, follows || begins {
        if !part.isEmpty { parts.append(part) }
        part = ""
      }
      part.unicodeScalars.append(letter)
    }
    if !part.isEmpty { parts.append(part) }
    return parts.map { $0.lowercased() }
  }
}
