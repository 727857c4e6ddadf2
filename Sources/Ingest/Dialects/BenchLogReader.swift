import BenchLog

/// Reads the project's own log.
struct BenchLogReader: DialectReader {
  static let dialect = Dialect.benchLog

  static func evidence(_ line: Span<UInt8>) -> Evidence? { nil }

  init(file: String) {}

  mutating func read(_ line: Span<UInt8>, at place: Place, into sink: inout Sink) -> LineFate {
    .skipped(.prose)
  }

  mutating func finish(into sink: inout Sink) {}
}
