import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Consoles of shapes that people posted, in words and numbers of our own. `consoles.tsv` has where each shape is
/// from, the right reading worked out by hand, and what comes out; where that is less, it says so.
@Suite struct ConsolesTests {
  struct Console: Sendable, CustomTestStringConvertible {
    let name: String
    let reading: String
    var testDescription: String { name }
  }

  static let all: [Console] = {
    guard let text = try? fixtureText("consoles/consoles.tsv") else { return [] }
    return text.split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
      return Console(name: String(cells[0]), reading: String(cells[2]))
    }
  }()

  /// Runs with their kind, n, distinct values and printed cycles; then the rules of diagnostics.
  static func reading(_ file: IngestedFile) -> String {
    let runs = file.runs.map { run in
      guard let latency = run.latency else { return "no time" }
      let values = latency.samples.sorted.prefix(4).map { value in
        latency.unit == .seconds
          ? "\(Self.short(value.value * 1e3)) ms"
          : "\(Self.short(value.value)) \(latency.unit.words)"
      }
      let cycles = run.printedCycles.map { " with \($0.count) cycles" } ?? ""
      return "\(run.label.map { "\($0): " } ?? "")\(latency.kind.rawValue) n=\(latency.inferences) "
        + values.joined(separator: ", ") + cycles
    }
    let rules = file.diagnostics.map(\.rule)
    return (runs + rules).joined(separator: "; ")
  }

  private static func short(_ value: Double) -> String {
    String(format: "%.7g", value)
  }

  @Test(arguments: all) func consoleIsRead(_ console: Console) throws {
    let file = Ingestor().ingest(bytes: try fixture("consoles/\(console.name).txt"), path: "x.txt")
    #expect(Self.reading(file) == console.reading)
    let lines = file.account
    #expect(lines.read + lines.skippedTotal + lines.diagnosed == lines.total)
  }

  @Test func everyConsoleStandsInTheTable() throws {
    let folder = Checkout.root.appendingPathComponent("Tests/IngestTests/Fixtures/consoles").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    #expect(files.sorted() == Self.all.map(\.name).sorted() && files.count >= 80)
  }
}
