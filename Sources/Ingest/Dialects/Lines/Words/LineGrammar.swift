import Support

/// Reads times, cycles, counts and clocks out of a line of words, in one pass over its tokens.
///
/// The name of a number is what stands before it in its clause, behind the last number; where that tells
/// nothing, what stands behind its unit ("245 us per inference"), and else what stands before a number without
/// unit ("Inference 3: 245 us").
struct LineGrammar {
  /// A line of more words is prose about a benchmark, not its output.
  static let mostWords = 16

  private let tokens: [LineToken]
  private let place: TextPlace
  private var line = MeasuredLine()
  /// What was read since the last number.
  private var name = NamedWords()
  /// What stood in the clause before a number without unit.
  private var carried = NamedWords()
  /// A unit in the words of the line that no number stands beside: `invoke_cycles min=1 max=2`.
  private var headUnit: PrintedUnit?
  /// No word stands between the last figure and this place.
  private var continues = false

  /// What `text`, whose first byte is at `place`, tells; nothing where it is no line of a benchmark.
  static func read(_ text: Span<UInt8>, at place: TextPlace) -> MeasuredLine {
    guard text.count <= 2000, holdsDigit(text), !SourceCode.isLine(text) else {
      return MeasuredLine()
    }
    var grammar = LineGrammar(tokens: LineTokens.of(text), place: place)
    guard grammar.tokens.count(where: { $0.kind == .word }) <= 3 * mostWords else {
      return MeasuredLine()
    }
    grammar.read(text)
    return grammar.line
  }

  /// How much a line that is not taken looks like one that gives a time; 0 where nothing does.
  static func timeLikeness(_ text: Span<UInt8>) -> Int {
    let line = read(text, at: TextPlace(line: 1, column: 1))
    if line.ambiguity != nil { return 5 }
    if line.lacksUnit { return 4 }
    return line.figures.map { figure in
      switch figure.role {
      case .inference: 6
      case .total, .statistic, .unnamed: 3
      case .stage, .kind: 1
      case .count: 0
      }
    }.max() ?? (line.hasRate ? 2 : 0)
  }

  private init(tokens: [LineToken], place: TextPlace) {
    self.tokens = tokens
    self.place = place
  }

  private static func holdsDigit(_ text: Span<UInt8>) -> Bool {
    for i in 0..<text.count where Scan.isDigit(text[i]) { return true }
    return false
  }

  private mutating func read(_ text: Span<UInt8>) {
    var i = 0
    var words = 0
    while i < tokens.count {
      let token = tokens[i]
      switch token.kind {
      case .word:
        words += 1
        name.add(Scan.string(text, token.range))
        i += 1
      case .mark(let mark):
        take(mark)
        i += 1
      case .number, .duration:
        i = takeNumber(text, i)
      }
    }
    dropRepeated()
    raisePairs()
    // Prose counts its words between numbers that have no separator.
    let figures = line.figures.count
    if words > Self.mostWords * max(figures, 1) { line = MeasuredLine() }
    if let model = StatedModel.name(in: text, tokens) {
      line.settings.append(.init(key: .model, text: model))
    }
  }

  /// A line that has the same name twice sums up: `npu=17ms total=151ms (avg npu=5ms total=50ms)`.
  private mutating func dropRepeated() {
    var names: Set<String> = []
    for figure in line.figures where figure.role.isInference && !figure.isContinued {
      guard names.insert("\(figure.name) \(figure.unit?.timeUnit?.rawValue ?? "")").inserted else {
        line.figures.removeAll { $0.role.isInference }
        return
      }
    }
  }

  /// Cycles and a time that stand in one line are of one thing, and who counts cycles times the network.
  private mutating func raisePairs() {
    let bare = line.figures.indices.filter { line.figures[$0].role == .inference(.bare) }
    let units = Set(bare.compactMap { line.figures[$0].unit?.timeUnit })
    guard units.contains(.seconds), units.contains(.cycles) else { return }
    for i in bare { line.figures[i].role = .inference(.near) }
  }

  private mutating func take(_ mark: UInt8) {
    switch mark {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"):
      if !name.isEmpty { continues = false }
      headUnit = headUnit ?? name.unit
      name = NamedWords()
      carried = NamedWords()
    case UInt8(ascii: ":"), UInt8(ascii: "="): name.separate()
    default: name.pass(mark)
    }
  }

  // MARK: numbers

  /// Reads the number at `index`; where to go on.
  private mutating func takeNumber(_ text: Span<UInt8>, _ index: Int) -> Int {
    let token = tokens[index]
    var end = index + 1
    guard isFree(text, index) else {
      name = NamedWords()
      return end
    }
    if token.kind == .duration {
      let isSpan = name.meaning.rank != nil && name.isSeparated
      if isSpan { append(token, unit: .time(perSecond: 1), value: token.value, end: end, text) }
      name = NamedWords()
      return end
    }
    var unit = unitBehind(text, &end)
    // `2nd`, `3x3`: no number of its own.
    if unit == nil, end < tokens.count, tokens[end].isGlued, tokens[end].kind == .word,
      tokens[end].range.lowerBound == token.range.upperBound, !isCounter(text, end)
    {
      name.add(Scan.string(text, token.range) + Scan.string(text, tokens[end].range))
      return end + 1
    }
    var value = token.value
    var decimals = token.decimals
    if unit == nil {
      unit = name.unitOfKey ?? name.unitBefore
    } else {
      addSmaller(text, &end, unit, &value, &decimals)
    }
    if unit == nil, name.meaning.statistic != nil { unit = name.unit ?? headUnit }
    if unit == nil, name.isKey, let own = name.unit, name.meaning.rank != nil { unit = own }
    guard let unit else {
      return takePlain(text, token, end)
    }
    var figure = token
    figure.decimals = decimals
    append(figure, unit: unit, value: value, end: end, text)
    // `Time (20MHz): 1856 ms`: the name goes on behind it.
    if unit.timeUnit == nil, end < tokens.count, tokens[end].isMark(UInt8(ascii: ")")) {
      return end
    }
    if name.meaning.statistic != nil { headUnit = headUnit ?? name.unit }
    name = NamedWords()
    carried = NamedWords()
    return end
  }

  /// Whether the token is a number of its own: what stands before it ends a word.
  private func isFree(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard index > 0, tokens[index].isGlued,
      tokens[index - 1].range.upperBound == tokens[index].range.lowerBound
    else { return true }
    switch tokens[index - 1].kind {
    case .mark(UInt8(ascii: "-")):
      // `-5 ms` is no time; `took 5-6 ms` is none either.
      return false
    case .mark(let mark): return Self.openers.contains(mark)
    case .word: return text[tokens[index].range.lowerBound - 1] >= 0x80
    case .number, .duration: return false
    }
  }

  private static let openers: Set<UInt8> = Set("=:([{<>~\"'/|,@#*`+".utf8)

  /// The unit behind the number that ends at token `end`, and moves behind it: `245 us`, `245us`, `245 (us)`.
  private func unitBehind(_ text: Span<UInt8>, _ end: inout Int) -> PrintedUnit? {
    guard end < tokens.count else { return nil }
    if let unit = unit(text, end) {
      // `run 1 cycles=6011`: the key of the next number.
      guard end + 1 == tokens.count || !tokens[end + 1].isMark(UInt8(ascii: "=")) else {
        return nil
      }
      end += 1
      return unit
    }
    let opens = tokens[end].isMark(UInt8(ascii: "(")) || tokens[end].isMark(UInt8(ascii: "["))
    if opens, end + 2 < tokens.count, let unit = unit(text, end + 1),
      tokens[end + 2].isMark(UInt8(ascii: ")")) || tokens[end + 2].isMark(UInt8(ascii: "]"))
    {
      end += 3
      return unit
    }
    guard end + 1 < tokens.count, tokens[end].kind == .word else { return nil }
    // `6011 CPU cycles`, `5.8 M cycles`.
    let word = Scan.string(text, tokens[end].range).lowercased()
    guard case .cycles(let each)? = unit(text, end + 1), each == 1 else { return nil }
    let factors = ["cpu": 1.0, "clock": 1, "core": 1, "processor": 1, "k": 1e3, "m": 1e6]
    guard let factor = factors[word] else { return nil }
    end += 2
    return .cycles(factor)
  }

  private func unit(_ text: Span<UInt8>, _ index: Int) -> PrintedUnit? {
    guard tokens[index].kind == .word else { return nil }
    return PrintedUnit(word: Scan.string(text, tokens[index].range).lowercased())
  }

  /// `1 s 234 ms`: adds the smaller unit.
  private func addSmaller(
    _ text: Span<UInt8>, _ end: inout Int, _ unit: PrintedUnit?, _ value: inout Double,
    _ decimals: inout Int
  ) {
    guard case .time(let large)? = unit, decimals == 0, end + 1 < tokens.count,
      tokens[end].kind == .number, tokens[end].decimals == 0,
      case .time(let small)? = self.unit(text, end + 1), small > large,
      tokens[end].value < small / large
    else { return }
    value += tokens[end].value * large / small
    decimals = Int((small / large).description.count) - 3
    end += 2
  }

  private func isCounter(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index < tokens.count && tokens[index].kind == .word
      && TimeWords.counters.contains(Scan.string(text, tokens[index].range).lowercased())
  }

  /// A number without unit: a count, the size of an arena, or one that only counts lines.
  private mutating func takePlain(_ text: Span<UInt8>, _ token: LineToken, _ end: Int) -> Int {
    let key = name.lastWord
    let isCounted = isCounter(text, end)
    if token.decimals == 0, isCounted || name.isKey && key.map(TimeWords.counters.contains) ?? false
    {
      line.figures.append(figure(token, .count, "", unit: nil, value: token.value))
      if isCounted { carried.append(name) }
      name = NamedWords()
      return isCounted ? end + 1 : end
    }
    if name.holds("arena"), name.holds("used") || name.holds("usage"), token.decimals == 0,
      token.value >= 64
    {
      line.settings.append(.init(key: .arenaBytes, text: String(UInt64(token.value))))
    }
    let meaning = name.meaning
    if let rank = meaning.rank, !meaning.isStage,
      name.isKey && name.meansTime || name.endsInTime && rank < .bare && end == tokens.count
    {
      line.lacksUnit = true
    }
    if !name.isKey { carried.append(name) }
    name = NamedWords()
    return end
  }

  private func figure(
    _ token: LineToken, _ role: LineFigure.Role, _ name: String, unit: PrintedUnit?, value: Double
  ) -> LineFigure {
    LineFigure(
      role: role, name: name,
      number: PrintedNumber(
        value: value, half: 0.5 / LineFigure.power(token.decimals),
        place: place.advanced(by: token.range.lowerBound)),
      decimals: token.decimals, unit: unit, range: token.range)
  }

  /// Enters a number that has a unit; `end` is the token behind that.
  private mutating func append(
    _ token: LineToken, unit: PrintedUnit, value: Double, end: Int, _ text: Span<UInt8>
  ) {
    defer { continues = true }
    if token.isAmbiguous, unit.timeUnit == .seconds {
      line.ambiguity = line.ambiguity ?? token.range.lowerBound
      return
    }
    let behind = wordsBehind(text, end)
    if case .hertz = unit {
      guard name.speaksOfClock || behind.speaksOfClock else { return }
      let hertz = unit.value(value).rounded()
      if hertz >= 1e6, hertz < 1e11 {
        line.settings.append(.init(key: .clock, text: String(UInt64(hertz))))
      }
      return
    }
    guard unit != .framesPerSecond else {
      line.hasRate = true
      return
    }
    if name.isEmpty, behind.meaning.isEmpty, continues, let last = line.figures.last {
      continueList(last, token, unit, value)
      return
    }
    let (role, words) = role(behind)
    line.figures.append(figure(token, role, words, unit: unit, value: value))
  }

  /// Another number without a name of its own: a sample more, or the same in another unit.
  private mutating func continueList(
    _ last: LineFigure, _ token: LineToken, _ unit: PrintedUnit, _ value: Double
  ) {
    var next = figure(token, last.role, last.name, unit: unit, value: value)
    next.isContinued = true
    if unit.timeUnit == last.unit?.timeUnit, unit != last.unit {
      let slack = max(last.quantum, next.quantum)
      if PrintedNumber.close(last.value, next.value, within: slack) { return }
    }
    line.figures.append(next)
  }

  /// What the number is, and what tells it from others.
  private func role(_ behind: NamedWords) -> (LineFigure.Role, String) {
    var meaning = name.meaning
    var words = name
    // `T_prep over 100 runs: min=1 us, max=2 us`: the second is of what the first is of.
    if meaning.statistic != nil, meaning.rank == nil, !meaning.isStage, carried.isEmpty,
      let last = line.figures.last(where: { $0.role != .count })
    {
      switch last.role {
      case .stage: return (.stage, last.name)
      case .statistic(_, let rank) where name.label.isEmpty:
        if let statistic = meaning.statistic { return (.statistic(statistic, of: rank), last.name) }
      default: break
      }
    }
    if meaning.rank == .bare || meaning.rank == nil && !meaning.isStage, !behind.isEmpty,
      !behind.meaning.isEmpty, meaning.statistic == nil || behind.meaning.rank != nil
    {
      meaning.add(behind.meaning)
      words = behind
    }
    if meaning.statistic == nil { meaning.statistic = behind.meaning.statistic }
    if meaning.rank == nil, !meaning.isStage, !meaning.isTotal, !carried.isEmpty,
      !name.isKey || meaning.statistic != nil
    {
      meaning.add(carried.meaning)
      words = carried
    } else if meaning.rank == .bare, !meaning.isStage, !name.isKey, let rank = carried.meaning.rank,
      rank < .bare
    {
      meaning.rank = rank
      words = carried
    }
    // `Layer 0: cycles=12`: the key says what, and what stands before the number of the layer of which.
    if meaning.rank == .bare, carried.meaning.isStage { meaning.isStage = true }
    let label = words.label
    if meaning.isStage { return (.stage, name.isEmpty ? label : name.label) }
    if let statistic = meaning.statistic { return (.statistic(statistic, of: meaning.rank), label) }
    if meaning.isTotal { return (.total(meaning.rank), label) }
    if let rank = meaning.rank { return (.inference(rank), label) }
    return (.unnamed, label)
  }

  /// The words behind a unit, up to the next number or the end of the clause.
  private func wordsBehind(_ text: Span<UInt8>, _ end: Int) -> NamedWords {
    var words = NamedWords()
    var i = end
    while i < tokens.count {
      switch tokens[i].kind {
      case .word: words.add(Scan.string(text, tokens[i].range))
      case .number where isCounter(text, i + 1): break
      case .number, .duration: return isKeyOfNext(i) ? NamedWords() : words
      case .mark(let mark):
        if mark == UInt8(ascii: ",") || mark == UInt8(ascii: ";") || mark == UInt8(ascii: "|") {
          return words
        }
        if mark == UInt8(ascii: ")"), !words.isEmpty { return words }
        // The words belong to the next number.
        if mark == UInt8(ascii: "=") || mark == UInt8(ascii: ":") { return NamedWords() }
      }
      i += 1
    }
    return words
  }

  /// Where no mark ends the clause, the words before a number are its name.
  private func isKeyOfNext(_ index: Int) -> Bool { index > 0 && tokens[index - 1].kind == .word }
}
