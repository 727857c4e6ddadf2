import Ingest
import Testing

@testable import Performance

/// What makes a pair unlike, beside the dtype.
@Suite struct LikeForLikeTests {
  private func reference(_ configuration: [ConfigurationKey: String]) -> Run {
    makeRun(configuration, times: [0.005], kind: .published, quantum: 1e-6)
  }

  @Test func aModelThatItsOperatorsContradictIsLikeNothing() throws {
    let run = makeRun(
      onRP2350("m", "int8"), observed: [Observation(.modelContradiction, "Other operators.")])
    let analysis = try analyse([run], against: [reference(onNucleo("m", "int8"))])
    let row = try #require(analysis.speedups.first)
    #expect(!row.isLikeForLike)
    #expect(row.differences.contains { $0.hasPrefix("model of") })
  }

  @Test func twoCoresAreNotOne() throws {
    let analysis = try analyse(
      [makeRun(onRP2350("m", "int8", "sram", [.cores: "2"]))],
      against: [reference(onNucleo("m", "int8", [.cores: "1"]))])
    let row = try #require(analysis.speedups.first)
    #expect(!row.isLikeForLike)
    #expect(row.differences.contains("cores"))
  }

  @Test func instructionsAreNotCalledSlow() throws {
    func run(_ dtype: String, _ count: Double) -> Run {
      makeRun(
        [.model: "m", .dtype: dtype, .origin: "emulated", .board: "qemu_mps2_an505"],
        times: [1e6], unit: .instructions,
        operators: [makeOperator("ADD", [count, count], index: 0)])
    }
    var runs = [run("int8", 6e5), run("fp32", 1e5)]
    for i in runs.indices { runs[i].operatorUnit = .instructions }
    let analysis = try analyse(runs)
    #expect(!Int8SlowerThanFP32.findings(in: analysis).contains { $0.message.contains("ADD") })
    let finding = try #require(Int8TakesMoreInstructions.findings(in: analysis).first)
    #expect(finding.message.contains("takes 6.00 times as many instructions"))
    #expect(!finding.message.contains("slower"))
  }
}
