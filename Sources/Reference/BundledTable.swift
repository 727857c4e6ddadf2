import Core
import Support

/// A bundled table that does not keep to its schema; a test finds these before a user does.
public struct TableFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path within `data/`.
  public var file: String
  /// One-based line; 0 when the whole file is meant.
  public var line: Int
  /// What is wrong.
  public var message: String

  package init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `file:line: message`.
  public var description: String { "\(file):\(line): \(message)" }
}

/// The files that are compiled into the program.
public enum Bundled {
  /// Paths within `data/`, sorted.
  public static var paths: [String] { bundledFiles.map(\.path).sorted() }

  /// The text of one file of `data/`.
  public static func text(_ path: String) throws(TableFailure) -> String {
    guard let file = bundledFiles.first(where: { $0.path == path }) else {
      throw TableFailure(file: path, line: 0, message: "is not compiled into the program")
    }
    return file.text
  }
}

/// A table with a header, read row by row.
package struct BundledTable {
  let file: String
  private let columns: [String]
  private let rows: [(line: Int, fields: [String])]

  package init(_ file: String) throws(TableFailure) {
    self.file = file
    var columns: [String]?
    var rows: [(line: Int, fields: [String])] = []
    let text = try Bundled.text(file)
    for (n, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let fields = CSVRow.fields(String(line))?.map(\.text) else {
        throw TableFailure(file: file, line: n + 1, message: "a quote is not closed")
      }
      if let columns, fields.count != columns.count {
        throw TableFailure(
          file: file, line: n + 1,
          message: "\(fields.count) fields, but \(columns.count) columns")
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

    package func text(_ name: String) throws(TableFailure) -> String {
      guard let i = columns.firstIndex(of: name) else {
        throw TableFailure(file: file, line: line, message: "there is no column '\(name)'")
      }
      return fields[i]
    }

    package func optional(_ name: String) throws(TableFailure) -> String? {
      let value = try text(name)
      return value.isEmpty ? nil : value
    }

    package func word<W: Word>(_ name: String) throws(TableFailure) -> W {
      let value = try text(name)
      guard let word = W(value) else {
        throw TableFailure(
          file: file, line: line, message: "'\(value)' in '\(name)' is not one of its words")
      }
      return word
    }

    func whole(_ name: String) throws(TableFailure) -> UInt64 {
      let value = try text(name)
      guard let number = UInt64(value) else {
        throw TableFailure(
          file: file, line: line, message: "'\(value)' in '\(name)' is no whole number")
      }
      return number
    }

    package func number(_ name: String) throws(TableFailure) -> Double {
      let value = try text(name)
      guard let number = Double(value), number.isFinite else {
        throw TableFailure(file: file, line: line, message: "'\(value)' in '\(name)' is no number")
      }
      return number
    }
  }

  package func map<T>(_ body: (Row) throws(TableFailure) -> T) throws(TableFailure) -> [T] {
    var result: [T] = []
    for row in rows {
      result.append(
        try body(Row(file: file, line: row.line, columns: columns, fields: row.fields)))
    }
    return result
  }
}
