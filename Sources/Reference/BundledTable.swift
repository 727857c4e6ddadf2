import Core
import Support

extension Diagnostic {
  /// A bundled table that does not keep to its schema; a test finds these before a user does. Line 0 means
  /// the whole file.
  package static func table(_ message: String, file: String, line: Int = 0) -> Diagnostic {
    Diagnostic(
      "bundled-table", message, remedy: "Correct the file in data/, then run make data.",
      place: line == 0 ? Place() : Place(line: line, column: 0), file: file)
  }
}

/// The files that are compiled into the program.
public enum Bundled {
  /// Paths within `data/`, sorted.
  public static var paths: [String] { bundledFiles.map(\.path).sorted() }

  /// The text of one file of `data/`.
  public static func text(_ path: String) throws(Diagnostic) -> String {
    guard let file = bundledFiles.first(where: { $0.path == path }) else {
      throw Diagnostic.table("is not compiled into the program", file: path)
    }
    return file.text
  }
}

/// A table with a header, read row by row.
package struct BundledTable {
  let file: String
  private let columns: [String]
  private let rows: [(line: Int, fields: [String])]

  package init(_ file: String) throws(Diagnostic) {
    self.file = file
    var columns: [String]?
    var rows: [(line: Int, fields: [String])] = []
    let text = try Bundled.text(file)
    for (n, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let fields = CSVRow.fields(String(line))?.map(\.text) else {
        throw Diagnostic.table("a quote is not closed", file: file, line: n + 1)
      }
      if let columns, fields.count != columns.count {
        throw Diagnostic.table(
          "\(fields.count) fields, but \(columns.count) columns", file: file, line: n + 1)
      }
      if columns == nil { columns = fields } else { rows.append((n + 1, fields)) }
    }
    self.columns = columns ?? []
    self.rows = rows
  }

  /// One row with typed access to its columns.
  package struct Row {
    package let file: String
    package let line: Int
    let columns: [String]
    let fields: [String]

    package func text(_ name: String) throws(Diagnostic) -> String {
      guard let i = columns.firstIndex(of: name) else {
        throw Diagnostic.table("there is no column '\(name)'", file: file, line: line)
      }
      return fields[i]
    }

    package func optional(_ name: String) throws(Diagnostic) -> String? {
      let value = try text(name)
      return value.isEmpty ? nil : value
    }

    package func word<W: Word>(_ name: String) throws(Diagnostic) -> W {
      let value = try text(name)
      guard let word = W(value) else {
        throw Diagnostic.table(
          "'\(value)' in '\(name)' is not one of its words", file: file, line: line)
      }
      return word
    }

    func whole(_ name: String) throws(Diagnostic) -> UInt64 {
      let value = try text(name)
      guard let number = UInt64(value) else {
        throw Diagnostic.table("'\(value)' in '\(name)' is no whole number", file: file, line: line)
      }
      return number
    }

    package func number(_ name: String) throws(Diagnostic) -> Double {
      let value = try text(name)
      guard let number = Double(value), number.isFinite else {
        throw Diagnostic.table("'\(value)' in '\(name)' is no number", file: file, line: line)
      }
      return number
    }
  }

  package func map<T>(_ body: (Row) throws(Diagnostic) -> T) throws(Diagnostic) -> [T] {
    var result: [T] = []
    for row in rows {
      result.append(
        try body(Row(file: file, line: row.line, columns: columns, fields: row.fields)))
    }
    return result
  }
}
