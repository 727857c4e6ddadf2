import Ingest
import Testing

@testable import Performance

@Suite struct UnlikeRunsComparedTests {
  private func found(
    _ subject: [ConfigurationKey: String], _ reference: [ConfigurationKey: String]
  ) throws -> [Finding] {
    UnlikeRunsCompared.findings(
      in: try analyse([makeRun(subject)], against: [makeRun(reference, times: [0.005])]))
  }

  @Test func firesOnFP32AgainstInt8() throws {
    let finding = try #require(
      try found(onRP2350("m", "fp32", "sram", [.dtypeClaimed: "int8"]), onNucleo("m", "int8"))
        .first)
    #expect(finding.id == "unlike-runs-compared")
    #expect(finding.message.hasPrefix("1 of 1 ratio sets unlike runs"))
    #expect(finding.message.contains("float32 against int8"))
    #expect(try #require(finding.evidence.first).contains("differing: dtype"))
  }

  @Test func anUnknownDtypeIsNotCalledFloat32() throws {
    var unknown = onRP2350("m", "int8")
    unknown[.dtype] = nil
    let finding = try #require(try found(unknown, onNucleo("m", "int8")).first)
    #expect(!finding.message.contains("float32"))
  }

  @Test func theFairOnesStandBeside() throws {
    let analysis = try analyse(
      [makeRun(onRP2350("m", "fp32", "sram", [.dtypeClaimed: "int8"]))],
      against: [
        makeRun(onNucleo("m", "int8"), times: [0.005]),
        makeRun(onNucleo("m", "fp32"), times: [0.008]),
      ])
    let finding = try #require(UnlikeRunsCompared.findings(in: analysis).first)
    #expect(finding.message.hasPrefix("1 of 2 ratios sets"))
    #expect(finding.evidence.contains { $0.hasPrefix("Like with like: m 1.25") })
  }

  @Test func isSilentOnLikeRuns() throws {
    #expect(try found(onRP2350("m", "int8"), onNucleo("m", "int8")).isEmpty)
  }
}
