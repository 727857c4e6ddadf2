import Ingest
import Testing

@testable import Performance

@Suite struct LabelContradictedBySizeTests {
  private func found(_ more: [ConfigurationKey: String], _ model: String = "ad") throws -> [Finding]
  {
    LabelContradictedBySize.findings(
      in: try analyse([makeRun(onRP2350(model, "fp32", "flash", more))]))
  }

  @Test func firesOnAFileOfFourBytesPerWeight() throws {
    let finding = try #require(
      try found([.dtypeClaimed: "int8", .modelBytes: "1069424"]).first)
    #expect(finding.id == "int8-label-contradicted-by-size")
    #expect(finding.message.contains("files behind AD hold four bytes"))
    #expect(try #require(finding.evidence.first).contains("1,069,424 bytes"))
  }

  @Test func firesOnThePublishedRunsOfTheScriptThatWasRunAgain() throws {
    let published: [ConfigurationKey: String] = [
      .dtypeClaimed: "int8", .origin: "published", .citation: "original-readme",
    ]
    #expect(try found(published).count == 1)
    // KWS was converted to int8, and others' results come from other scripts.
    #expect(try found(published, "kws").isEmpty)
    #expect(try found(published.merging([.citation: "other"]) { $1 }).isEmpty)
  }

  @Test func isSilentOnAFileOfOneBytePerWeight() throws {
    #expect(try found([.dtypeClaimed: "int8", .modelBytes: "276976"]).isEmpty)
    #expect(try found([.modelBytes: "1069424"]).isEmpty)
    #expect(try found([.dtypeClaimed: "int8", .modelBytes: "1069424"], "made").isEmpty)
    #expect(try found([.dtypeClaimed: "int8"]).isEmpty)
  }
}
