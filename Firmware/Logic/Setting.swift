import BenchLog
import Core

/// What `set` changes.
public enum SettingKey: UInt8, Sendable {
  case model, engine, weights, cores, cache, clocks, divisors, warmup, inferences, detail, outputs
  case input, benches

  /// How many there are; their raw values are below it.
  static let count: UInt8 = 13

  /// The word at the console.
  var word: StaticString {
    switch self {
    case .model: "model"
    case .engine: "engine"
    case .weights: "weights"
    case .cores: "cores"
    case .cache: "cache"
    case .clocks: "clocks"
    case .divisors: "divisors"
    case .warmup: "warmup"
    case .inferences: "inferences"
    case .detail: "detail"
    case .outputs: "outputs"
    case .input: "input"
    case .benches: "benches"
    }
  }

  /// The values that it may have.
  var values: StaticString {
    switch self {
    case .model: "all, or a model's label as 'list' shows it"
    case .engine: "builtin, tflm or both, of those that 'list' shows"
    case .weights: "flash, sram or both"
    case .cores: "1, 2 or both"
    case .cache: "as-is, on, off or both"
    case .clocks: "as-is, or up to 8 CPU clocks in MHz, as 48,100,150"
    case .divisors: "as-is, or up to 8 of CPU clock / flash clock, as 2,3,4"
    case .warmup: "0 to 1000 inferences before the first that counts"
    case .inferences: "1 to 1000000 inferences of each sample of the input"
    case .detail: "1 to 1000000: every so many inferences one is printed with its operators"
    case .outputs: "none, crc or data"
    case .input: "pattern or samples"
    case .benches: "yes or no: the micro-benchmarks"
    }
  }
}

/// A key with its value.
public enum Setting {
  case allModels
  /// The label stands there in the line.
  case model(Range<Int>)
  case engine(Choice)
  case weights(Choice)
  case cores(Choice)
  case cache(Choice?)
  case clocks(Sweep)
  case divisors(Sweep)
  case warmup(UInt32)
  case inferences(UInt32)
  case detail(UInt32)
  case outputs(OutputDetail)
  case samples(Bool)
  case benches(Bool)
}

extension Setting {
  /// Reads what follows `set`.
  static func parse(
    _ line: Span<UInt8>, _ words: inout Words
  ) throws(CommandProblem) -> Setting {
    let word = words.next(line)
    for raw in 0..<SettingKey.count {
      guard let key = SettingKey(rawValue: raw), line.isWord(word, key.word) else { continue }
      guard let setting = value(of: key, line, words.next(line)) else { throw .wrongValue(key) }
      return setting
    }
    throw .unknownKey(word)
  }

  private static func value(
    of key: SettingKey, _ line: Span<UInt8>, _ word: Range<Int>
  ) -> Setting? {
    guard !word.isEmpty else { return nil }
    switch key {
    case .model: return line.isWord(word, "all") ? .allModels : .model(word)
    case .engine: return choice(line, word, engineWord).map(Setting.engine)
    case .weights: return choice(line, word, weightsWord).map(Setting.weights)
    case .cores: return choice(line, word, coresWord).map(Setting.cores)
    case .cache:
      return line.isWord(word, "as-is")
        ? .cache(nil) : choice(line, word, cacheWord).map(Setting.cache)
    case .clocks: return sweep(line, word, upTo: 1000).map(Setting.clocks)
    case .divisors: return sweep(line, word, upTo: 255).map(Setting.divisors)
    case .warmup: return number(line, word, 0...1000).map(Setting.warmup)
    case .inferences: return number(line, word, 1...1_000_000).map(Setting.inferences)
    case .detail: return number(line, word, 1...1_000_000).map(Setting.detail)
    case .outputs:
      for raw in 0..<3 as Range<UInt8> {
        if let detail = OutputDetail(rawValue: raw), line.isWord(word, outputsWord(detail)) {
          return .outputs(detail)
        }
      }
      return nil
    case .input: return either(line, word, "samples", "pattern").map(Setting.samples)
    case .benches: return either(line, word, "yes", "no").map(Setting.benches)
    }
  }

  private static func choice(
    _ line: Span<UInt8>, _ word: Range<Int>, _ name: (Choice) -> StaticString
  ) -> Choice? {
    for raw in 0..<3 as Range<UInt8> {
      if let choice = Choice(rawValue: raw), line.isWord(word, name(choice)) { return choice }
    }
    return nil
  }

  private static func either(
    _ line: Span<UInt8>, _ word: Range<Int>, _ yes: StaticString, _ no: StaticString
  ) -> Bool? {
    line.isWord(word, yes) ? true : line.isWord(word, no) ? false : nil
  }

  private static func number(
    _ line: Span<UInt8>, _ word: Range<Int>, _ allowed: ClosedRange<UInt32>
  ) -> UInt32? {
    guard let value = line.number(word), allowed.contains(value) else { return nil }
    return value
  }

  /// Numbers from 1 on with commas between.
  private static func sweep(
    _ line: Span<UInt8>, _ word: Range<Int>, upTo limit: UInt32
  ) -> Sweep? {
    var sweep = Sweep()
    if line.isWord(word, "as-is") { return sweep }
    var start = word.lowerBound
    for i in word.lowerBound...word.upperBound {
      guard i == word.upperBound || line[i] == UInt8(ascii: ",") else { continue }
      guard let value = number(line, start..<i, 1...limit), sweep.append(value) else { return nil }
      start = i + 1
    }
    return sweep
  }
}

extension Setting {
  static func engineWord(_ choice: Choice) -> StaticString {
    switch choice {
    case .first: "builtin"
    case .second: "tflm"
    case .both: "both"
    }
  }

  static func weightsWord(_ choice: Choice) -> StaticString {
    choice == .both ? "both" : choice.place(0).word
  }

  static func coresWord(_ choice: Choice) -> StaticString {
    switch choice {
    case .first: "1"
    case .second: "2"
    case .both: "both"
    }
  }

  static func cacheWord(_ choice: Choice) -> StaticString {
    switch choice {
    case .first: "on"
    case .second: "off"
    case .both: "both"
    }
  }

  static func outputsWord(_ detail: OutputDetail) -> StaticString {
    switch detail {
    case .none: "none"
    case .crc: "crc"
    case .data: "data"
    }
  }
}
