import Core
import Ingest
import Reference
import Support
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
    #expect(finding.evidence[1].contains("TFLM takes 9,000 instructions for the TANH of 'm'"))
    #expect(finding.evidence[1].contains("in int8 it takes 6.89 times as many"))
    #expect(finding.evidence.last?.contains("256 values") == true)
    #expect(finding.runs.count == 2)
  }

  /// The bundled counts stand in for a TFLM run; the name of a generated model says its sizes.
  @Test func bundledCountsOfAGeneratedModel() throws {
    let name = "mlp_16x64x32x8_m3328"
    let kinds = [
      "FULLY_CONNECTED", "TANH", "FULLY_CONNECTED", "RELU", "FULLY_CONNECTED", "MINIMUM",
    ]
    func made(_ macs: [UInt64]) -> Run {
      makeRun(
        onEmulator(name, "int8"), times: [6000], unit: .instructions,
        operators: kinds.enumerated().map { i, kind in
          var one = makeOperator(kind, [1000], index: i)
          one.macs = macs[i]
          return one
        })
    }
    let finding = try #require(try found(made([1024, 0, 2048, 0, 256, 0])).first)
    let bundled = try ReferenceData.bundled().instructions.filter {
      $0.model == name && $0.kind == "TANH"
    }
    let int8 = Double(try #require(bundled.first { $0.dtype == .int8 }).instructions)
    let fp32 = Double(try #require(bundled.first { $0.dtype == .fp32 }).instructions)
    #expect(
      finding.message.contains("\(Format.significant(int8 / 1000, digits: 3)) times as many"))
    #expect(finding.evidence[0].contains("for each of 64 elements"))
    #expect(finding.evidence[1].contains("\(Format.significant(int8 / fp32, digits: 3)) times"))
    // Of other MACs the name is not believed.
    let doubtful = try #require(try found(made([1000, 0, 2048, 0, 256, 0])).first)
    #expect(!doubtful.evidence[0].contains("elements"))
  }

  @Test func timesOfTFLMOnABoardStandBeside() throws {
    func timed(_ dtype: String, _ tanh: Double, _ runtime: String) -> Run {
      makeRun(
        onRP2350("p", dtype, "sram", [.runtime: runtime]), times: [tanh + 0.001], kind: .published,
        operators: [makeOperator("TANH", [tanh], index: nil)])
    }
    let counted = [
      run("pico2-benchmark", "int8", tanh: 1000), run("tflm", "int8", tanh: 62_000),
    ]
    func evidence(_ runtime: String) throws -> [String] {
      let runs = counted + [timed("int8", 0.0002, runtime), timed("fp32", 0.00004, runtime)]
      return try #require(TableBeatsArithmetic.findings(in: try analyse(runs)).first).evidence
    }
    let words = "TANH of 'p' is 5.00 times slower in int8 than in fp32"
    #expect(try evidence("tflm").contains { $0.contains(words) })
    #expect(try !evidence("other").contains { $0.contains(words) })
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
