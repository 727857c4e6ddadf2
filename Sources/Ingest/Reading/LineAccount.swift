/// Why a line that carries no measurement was passed over.
public enum SkipRule: String, Sendable, CaseIterable, Comparable, Codable, CodingKeyRepresentable {
  case blank = "blank line"
  case comment = "comment"
  case bootChatter = "boot chatter"
  case ledCounter = "LED counter"
  case menu = "menu or prompt"
  case frame = "header, rule or frame"
  case hostChatter = "host tool's own message"
  case modelDump = "model dump"
  case counters = "counter table"
  case repeated = "repeats what another line says"
  case prose = "prose around the log"
  case notMeasurement = "report field that is no measurement"

  /// Its place among all: one that has no more than names is kept in one byte, as its number.
  fileprivate var number: Int { withUnsafeBytes(of: self) { Int($0[0]) } }

  /// In the order of the words.
  public static func < (a: SkipRule, b: SkipRule) -> Bool { a.rawValue < b.rawValue }
}

/// What became of one line. Every line gets exactly one, so the counts always add up.
public enum LineFate: Sendable, Equatable {
  /// It gave a value or a piece of configuration.
  case read
  /// It is known to carry nothing that counts.
  case skipped(SkipRule)
  /// A diagnostic speaks about it.
  case diagnosed
}

/// Counts of what became of the lines of one file; `total` is the sum of the other three.
public struct LineAccount: Sendable, Equatable {
  /// Lines that gave a value or a piece of configuration.
  public private(set) var read = 0
  /// Lines that a diagnostic speaks about.
  public private(set) var diagnosed = 0
  /// Lines passed over by each of all rules: hashing their words would take longer than reading a line.
  private var passed = [Int](repeating: 0, count: SkipRule.allCases.count)

  /// An empty account.
  public init() {}

  /// Lines passed over, by the rule that said so.
  public var skipped: [SkipRule: Int] {
    Dictionary(uniqueKeysWithValues: zip(SkipRule.allCases, passed).filter { $0.1 != 0 })
  }
  /// All lines seen.
  public var total: Int { read + diagnosed + skippedTotal }
  /// Lines passed over by a rule.
  public var skippedTotal: Int { passed.reduce(0, +) }

  /// Enters one line.
  public mutating func enter(_ fate: LineFate) {
    switch fate {
    case .read: read += 1
    case .skipped(let rule): passed[rule.number] += 1
    case .diagnosed: diagnosed += 1
    }
  }

  /// Enters lines that came so many times.
  mutating func enter(_ lines: LineAccount, times: Int) {
    read += lines.read * times
    diagnosed += lines.diagnosed * times
    for i in passed.indices { passed[i] += lines.passed[i] * times }
  }

  /// Lines that had been read turn out to belong to a block that is dropped whole.
  public mutating func retract(_ lines: Int) {
    let n = min(max(lines, 0), read)
    read -= n
    diagnosed += n
  }
}

extension LineAccount: Codable {
  private enum CodingKeys: CodingKey { case read, diagnosed, skipped }

  /// Stores the rules that passed a line over.
  public func encode(to encoder: any Encoder) throws {
    var stored = encoder.container(keyedBy: CodingKeys.self)
    try stored.encode(read, forKey: .read)
    try stored.encode(diagnosed, forKey: .diagnosed)
    try stored.encode(skipped, forKey: .skipped)
  }

  /// What was stored.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    read = try stored.decode(Int.self, forKey: .read)
    diagnosed = try stored.decode(Int.self, forKey: .diagnosed)
    for (rule, count) in try stored.decode([SkipRule: Int].self, forKey: .skipped) {
      passed[rule.number] = count
    }
  }
}
