/// A kind of log that can be read, by its name. Each reader names its own.
public struct Dialect: RawRepresentable, Hashable, Sendable, Comparable, Codable {
  /// What users call it.
  public let rawValue: String

  /// The kind of that name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// All that can be read.
  public static let all =
    Recogniser.readers.map { $0.dialect } + ShippedPatterns.all.map(\.dialect)
    + [MeasuredLinesReader.dialect]
  /// Lines of words that tell times, in no format that is known.
  public static let timesInWords = MeasuredLinesReader.dialect
  /// A file that no reader takes.
  public static let unknown = Dialect(rawValue: "unknown")

  /// By name.
  public static func < (a: Dialect, b: Dialect) -> Bool { a.rawValue < b.rawValue }
}
