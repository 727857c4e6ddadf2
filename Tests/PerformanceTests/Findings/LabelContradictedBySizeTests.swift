import Ingest
import Testing

@testable import Performance

@Suite struct LabelContradictedBySizeTests {
  private func found(_ more: [ConfigurationKey: String], _ model: String = "ad") throws -> [Finding]
  {
    LabelContradictedBySize.findings(
      in: try analyse([makeRun(onRP2350(model, "fp32", "flash", more), times: [0.059])]))
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

  private func kws(_ bytes: String, _ seconds: Double) throws -> [Finding] {
    let claims: [ConfigurationKey: String] = [.modelBytes: bytes]
    return try analyse([makeRun(onRP2350("kws", "int8", "flash", claims), times: [seconds])])
      .findings.filter { $0.id.hasPrefix("int8-") }
  }

  /// The time of int8, and a file as large as float32 or larger: no proof of float32.
  @Test func aTimeBelowThatOfFloat32IsNoProof() throws {
    let finding = try #require(try kws("107000", 0.0605).first)
    #expect(finding.id == "int8-file-too-large")
    #expect(!finding.message.contains("float32"))
    #expect(try #require(finding.evidence.first).contains("It took 60.5 ms; float32 is predicted"))
    #expect(try kws("107000", 0.32).map(\.id).last == "int8-label-contradicted-by-size")
    let analysis = try analyse([
      makeRun(onRP2350("kws", "int8", "flash", [.modelBytes: "107000"]), times: [0.0605])
    ])
    #expect(analysis.labels.predictions.isEmpty)
  }

  @Test func aFileAboveFloat32IsNoProof() throws {
    let findings = try kws("3000000", 0.431)
    #expect(
      findings.map(\.id) == ["int8-label-contradicted-by-time", "int8-file-too-large"])
    #expect(!findings.contains { $0.message.contains("ran in float32") })
    #expect(
      findings.last?.evidence.first?.hasSuffix("Float32 does not need so many either.") == true)
  }

  @Test func isSilentOnAFileOfOneBytePerWeight() throws {
    #expect(try found([.dtypeClaimed: "int8", .modelBytes: "276976"]).isEmpty)
    #expect(try found([.modelBytes: "1069424"]).isEmpty)
    #expect(try found([.dtypeClaimed: "int8", .modelBytes: "1069424"], "made").isEmpty)
    #expect(try found([.dtypeClaimed: "int8"]).isEmpty)
  }
}
