import Ingest
import Testing

@testable import Performance

@Suite struct TableBeatsArithmeticTests {
  private func run(
    _ runtime: String, _ dtype: String, tanh: Double, kind: String = "TANH", model: String = "m"
  ) -> Run {
    makeRun(
      onEmulator(model, dtype, runtime), times: [tanh + 5000], unit: .instructions,
      operators: [
        makeOperator("FULLY_CONNECTED", [5000], index: 0), makeOperator(kind, [tanh], index: 1),
      ])
  }

  private func found(_ runs: Run...) throws -> [Finding] {
    TableBeatsArithmetic.findings(in: try analyse(runs))
  }

  @Test func firesWhereATableTakesFewer() throws {
    let findings = try found(
      run("pico2-benchmark", "int8", tanh: 1000), run("tflm", "int8", tanh: 62_000),
      run("tflm", "fp32", tanh: 9000))
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.id == "table-beats-arithmetic")
    #expect(finding.severity == .note)
    #expect(finding.message.contains("62.0 times as many instructions in TFLM"))
    #expect(finding.evidence[0].contains("62,000 instructions in TFLM, 1,000 instructions in"))
    #expect(finding.evidence[1].contains("in fp32: 9,000 instructions"))
    #expect(finding.evidence.last?.contains("256 values") == true)
    #expect(finding.runs.count == 2)
  }

  @Test func oneFindingForAllOfAKind() throws {
    let findings = try found(
      run("pico2-benchmark", "int8", tanh: 1000), run("tflm", "int8", tanh: 30_000),
      run("pico2-benchmark", "int8", tanh: 1000, model: "n"),
      run("tflm", "int8", tanh: 60_000, model: "n"),
      run("pico2-benchmark", "int8", tanh: 1000, kind: "LOGISTIC", model: "o"),
      run("tflm", "int8", tanh: 60_000, kind: "LOGISTIC", model: "o"))
    #expect(findings.count == 2)
    #expect(findings[0].message.contains("30.0 to 60.0 times"))
    #expect(findings[1].message.contains("LOGISTIC"))
  }

  @Test func silentWithoutAPairOrADifference() throws {
    #expect(try found(run("tflm", "int8", tanh: 62_000)).isEmpty)
    #expect(
      try found(run("pico2-benchmark", "int8", tanh: 1000), run("tflm", "int8", tanh: 1400))
        .isEmpty)
    #expect(
      try found(run("pico2-benchmark", "fp32", tanh: 1000), run("tflm", "fp32", tanh: 62_000))
        .isEmpty)
    #expect(
      try found(
        run("pico2-benchmark", "int8", tanh: 1000, kind: "ADD"),
        run("tflm", "int8", tanh: 62_000, kind: "ADD")
      ).isEmpty)
  }
}
