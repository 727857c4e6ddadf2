import Ingest
import Testing

@testable import Performance

@Suite struct Int8SlowerThanFP32Tests {
  private func found(
    _ int8: [Double], _ fp32: [Double], kind: String = "TANH", runtime: String = "tflm",
    published: Bool = true
  ) throws -> [Finding] {
    func run(_ dtype: String, _ times: [Double]) -> Run {
      makeRun(
        onRP2350("m", dtype, "sram", [.runtime: runtime]), times: [0.01],
        kind: published ? .published : .inference, quantum: 1e-6,
        operators: [makeOperator(kind, times, index: 0, quantum: 1e-6)])
    }
    return Int8SlowerThanFP32.findings(in: try analyse([run("int8", int8), run("fp32", fp32)]))
  }

  @Test func firesOnASlowerOperator() throws {
    let finding = try #require(try found([217e-6], [36e-6]).first)
    #expect(finding.id == "int8-slower-than-fp32")
    #expect(finding.message == "0 TANH of 'm' is 6.03 times slower in int8 than in fp32 on RP2350.")
    #expect(finding.evidence.contains { $0.contains("integer reference") })
    #expect(finding.action.contains("256 entries"))
  }

  @Test func sayOfTFLMOnlyWhatIsTFLM() throws {
    let finding = try #require(try found([217e-6], [36e-6], runtime: "x-cube-ai").first)
    #expect(!finding.evidence.contains { $0.contains("TFLM") })
    let other = try #require(try found([217e-6], [36e-6], kind: "ADD").first)
    #expect(!other.evidence.contains { $0.contains("TFLM") })
    #expect(other.action.contains("optimised kernel"))
  }

  @Test func theOtherBoardIsEvidence() throws {
    func run(_ configuration: [ConfigurationKey: String], _ time: Double) -> Run {
      makeRun(
        configuration, times: [0.01], kind: .published, quantum: 1e-6,
        operators: [makeOperator("TANH", [time], index: nil, quantum: 1e-6)])
    }
    let analysis = try analyse(
      [run(onRP2350("m", "int8"), 2e-4), run(onRP2350("m", "fp32"), 1e-4)],
      against: [run(onNucleo("m", "int8"), 1e-5), run(onNucleo("m", "fp32"), 4e-5)])
    let finding = try #require(Int8SlowerThanFP32.findings(in: analysis).first)
    #expect(
      finding.evidence.contains { $0.hasPrefix("Nucleo:") && $0.contains("4.00 times faster") })
  }

  @Test func isSilentWhereTheDifferenceMayBeNone() throws {
    #expect(try found([36e-6], [217e-6]).isEmpty)
    // Their last digits overlap.
    #expect(try found([2.2e-6], [2e-6]).isEmpty)
    // It would print as 1.00.
    let close = (0..<40).map { 1e-3 + Double($0) * 1e-9 }
    #expect(try found(close.map { $0 * 1.001 }, close, published: false).isEmpty)
    let slower = try found(close.map { $0 * 1.1 }, close, published: false)
    #expect(slower.count == 1)
  }

  /// Of many operators some are slower by chance: Holm's p-value decides, not each interval alone.
  @Test func isSilentWhereOnlyOneOfManyIsSlowerByChance() throws {
    // The middle of one lies above that of the other, the outliers the other way round: medians
    // differ, ranks hardly do.
    let middle = (0..<16).map { 100 + Double($0) * 0.01 }
    let low = middle + [200, 201, 202, 203]
    let high = middle.map { $0 + 10 } + [50, 51, 52, 53]
    func run(_ dtype: String, _ first: [Double]) -> Run {
      makeRun(
        onRP2350("m", dtype), times: scattered(0.01),
        operators: (0..<30).map { makeOperator("ADD", $0 == 0 ? first : low, index: $0) })
    }
    let analysis = try analyse([run("int8", high), run("fp32", low)])
    let row = try #require(analysis.comparison.precision.first { $0.operatorIndex == 0 })
    #expect(try #require(row.ratio.interval.value).low > 1.05)
    #expect(try #require(row.adjustedP.value) > 0.05)
    #expect(!Int8SlowerThanFP32.findings(in: analysis).contains { $0.message.contains("0 ADD") })
  }
}
