import Testing

@testable import Reference

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where the package lies, seen from this file.
enum Checkout {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the checkout, by its path from the root.
  static func path(_ relative: String) -> String { root.appending(path: relative).path }

  /// The bytes of a file of the checkout; nil when there is none.
  static func bytes(_ relative: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(relative)).map { Array($0) }
  }

  /// The folder of oracles that the project's workplace may offer; nil where it does not.
  static let shared: String? = {
    let named = ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"]
    let folder = named ?? root.deletingLastPathComponent().appending(path: "shared").path
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()

  static let noShared: Comment =
    "needs the folder 'shared' beside the checkout, or PICO2_BENCHMARK_SHARED"
}

/// A table of `data/` as rows of named fields.
struct Rows {
  let file: String
  let columns: [String]
  let rows: [[String: String]]

  init(_ file: String) throws {
    self.file = file
    var columns: [String] = []
    let read = try Table(file).map { row in
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
  let folder = try #require(Checkout.shared)
  let data = try #require(FileManager.default.contents(atPath: "\(folder)/oracles/\(name)"))
  return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map {
    $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}

let csvFiles = [
  "instructions.csv", "models.csv", "operator-costs.csv", "published-operators.csv",
  "published-results.csv",
]
