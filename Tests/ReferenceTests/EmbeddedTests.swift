import Support
import TestSupport
import Testing

@testable import Reference

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The program works alone: what it holds must be what `data/` holds.
@Suite struct EmbeddedTests {
  @Test(arguments: Bundled.paths) func copyIsTheFile(path: String) throws {
    let file = try Checkout.bytes("data/\(path)")
    let copy = Array(try Bundled.text(path).utf8)
    let isCurrent = copy == file
    #expect(isCurrent, "data/\(path) has changed since it was embedded: run Scripts/embed")
  }

  @Test func everyFileIsEmbedded() throws {
    var found: [String] = []
    for folder in ["", "machines/"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: Checkout.path("data/\(folder)"))
      found += names.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".toml") }.map { folder + $0 }
        .filter { $0 != "boards.csv" }  // Core holds it, and BoardTests compare.
    }
    #expect(found.sorted() == Bundled.paths, "run Scripts/embed")
  }

  @Test func whatIsNotEmbeddedIsAFailure() {
    #expect(throws: Diagnostic.self) { try Bundled.text("no-such.csv") }
  }
}
