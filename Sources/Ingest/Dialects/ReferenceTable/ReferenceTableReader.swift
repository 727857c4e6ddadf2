import Support

/// Reads a table of published results, as `data/published-results.csv` is one: a row is a run.
struct ReferenceTableReader: DialectReader {
  static let dialect = Dialect(rawValue: "reference table")

  private let file: String
  private var columns: [String] = []

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    guard Scan.starts(line, "id,board,") else { return nil }
    return Evidence(16, "a header 'id,board,...' of a table of results")
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if line[0] == UInt8(ascii: "#") { return .skipped(.comment) }
    guard let fields = CSVRow.fields(Scan.string(line)) else {
      sink.report(
        .error, at: place, rule: "bad-row", "a quote in the row is not closed",
        remedy: "Write quotes in pairs; a quote inside a field is written twice.")
      return .diagnosed
    }
    if columns.isEmpty {
      columns = fields.map(\.text)
      return .read
    }
    guard fields.count == columns.count else {
      sink.report(
        .error, at: place, rule: "bad-row",
        "the row has \(fields.count) fields; the header names \(columns.count)",
        remedy: "Write an empty field, not nothing, for what is not known.")
      return .diagnosed
    }
    var row = ResultRow(place: place, dialect: Self.dialect)
    for (column, field) in zip(columns, fields) {
      row.enter(column, [field.text], at: place.advanced(by: field.column))
    }
    do throws(Diagnostic) {
      sink.add(try row.run(file: file))
      return .read
    } catch {
      sink.report(error)
      return .diagnosed
    }
  }

  mutating func finish(into sink: inout Sink) {}
}
