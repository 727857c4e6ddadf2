import Ingest
import Testing

@testable import Performance

@Suite struct MissingProvenanceTests {
  private func found(_ configurations: [[ConfigurationKey: String]]) throws -> [Finding] {
    MissingProvenance.findings(in: try analyse(configurations.map { makeRun($0) }))
  }

  @Test func firesOncePerSetOfMissingKeys() throws {
    let bare: [ConfigurationKey: String] = [.model: "m"]
    let findings = try found([bare, bare, onRP2350("m", "int8", nil)])
    #expect(findings.map(\.id) == ["missing-provenance", "missing-provenance"])
    #expect(findings[0].message == "Nothing says board, clock, dtype and weights of 2 runs.")
    #expect(findings[1].message == "Nothing says weights of 1 run.")
    #expect(findings[1].action.contains("--set weights=..."))
  }

  @Test func isSilentWhereAllIsSaid() throws {
    #expect(try found([onRP2350("m", "int8")]).isEmpty)
    var emulated = onRP2350("m", "int8", nil, [.origin: "emulated"])
    emulated[.clock] = nil
    #expect(try found([emulated]).isEmpty)
  }
}
