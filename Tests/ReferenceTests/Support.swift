import TestSupport
import Testing

@testable import Reference

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A table of `data/` as rows of named fields.
struct Rows {
  let file: String
  let columns: [String]
  let rows: [[String: String]]

  init(_ file: String) throws {
    self.file = file
    var columns: [String] = []
    let read = try BundledTable(file).map { row in
      columns = row.columns
      return Dictionary(zip(row.columns, row.fields), uniquingKeysWith: { $1 })
    }
    self.columns = columns
    rows = read
  }

  /// The value of a column that the row must have.
  func text(_ row: [String: String], _ column: String) throws -> String {
    try #require(row[column], "\(file) has no column '\(column)'")
  }
}

/// Rows of a file of tab-separated values of the oracles, header dropped.
func oracle(_ name: String) throws -> [[String]] {
  try Shared.text("oracles/\(name)").split(separator: "\n").dropFirst().map {
    $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}

let csvFiles = [
  "arenas.csv", "build-factors.csv", "core-speeds.csv", "instructions.csv", "models.csv",
  "operator-costs.csv", "published-operators.csv", "published-results.csv",
]
