import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What CONTRIBUTING says of a new dialect: a folder, and one entry.
@Suite struct DialectTests {
  @Test func everyReaderStandsInAFolderAndInTheList() throws {
    let dialects = Checkout.root.appendingPathComponent("Sources/Ingest/Dialects")
    var readers: [String] = []
    for folder in try FileManager.default.contentsOfDirectory(atPath: dialects.path) {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: dialects.appendingPathComponent(folder).path)
      let found = files.filter { $0.hasSuffix("Reader.swift") }.map { String($0.dropLast(6)) }
      #expect(!found.isEmpty, "no reader in \(folder)")
      readers += found
    }
    // The last is asked where none of the others takes a log.
    let all = Recogniser.readers.map { "\($0)" } + ["\(MeasuredLinesReader.self)"]
    #expect(readers.sorted() == all.sorted())
  }

  @Test func namesAreDistinctAndDocumented() throws {
    let names = Dialect.all.map(\.rawValue)
    #expect(Set(names).count == names.count && !names.contains(Dialect.unknown.rawValue))
    let text = try String(
      contentsOf: Checkout.root.appendingPathComponent("docs/reading-logs.md"), encoding: .utf8)
    for name in names {
      #expect(text.contains("| \(name) |"), "docs/reading-logs.md lacks \(name)")
    }
  }
}
