import Ingest
import Testing

@testable import Performance

@Suite struct Int8TakesMoreInstructionsTests {
  private func run(_ dtype: String, _ counts: [(String, Double)], _ runtime: String = "own") -> Run
  {
    makeRun(
      onEmulator("m", dtype, runtime), times: [counts.map(\.1).reduce(0, +)], unit: .instructions,
      operators: counts.enumerated().map { i, one in makeOperator(one.0, [one.1], index: i) })
  }

  @Test func allOperatorsInOneFinding() throws {
    let analysis = try analyse([
      run("int8", [("ADD", 600), ("ADD", 640), ("SOFTMAX", 120), ("CONV_2D", 640)]),
      run("fp32", [("ADD", 100), ("ADD", 100), ("SOFTMAX", 100), ("CONV_2D", 3000)]),
      run("int8", [("ADD", 300), ("ADD", 320), ("SOFTMAX", 120), ("CONV_2D", 900)], "tflm"),
    ])
    let findings = Int8TakesMoreInstructions.findings(in: analysis)
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.severity == .note)
    #expect(finding.message.contains("3 operators take 1.20 to 6.40 times as many instructions"))
    #expect(
      finding.evidence[0]
        == "ADD of 'm': 6.00 to 6.40 times, at most 32 % of an inference; 2.00 times TFLM's int8 count."
    )
    #expect(finding.evidence.count == 2)
    #expect(Int8SlowerThanFP32.findings(in: analysis).isEmpty)
  }

  @Test func timesAndSmallDifferencesAreNotItsMatter() throws {
    let timed = ["int8", "fp32"].map { dtype in
      makeRun(
        onRP2350("m", dtype), times: [0.01], kind: .published,
        operators: [makeOperator("ADD", [dtype == "int8" ? 0.002 : 0.001], index: 0)])
    }
    #expect(Int8TakesMoreInstructions.findings(in: try analyse(timed)).isEmpty)
    let alike = try analyse([run("int8", [("ADD", 104)]), run("fp32", [("ADD", 100)])])
    #expect(Int8TakesMoreInstructions.findings(in: alike).isEmpty)
  }
}
