import Ingest
import Support
import TestSupport
import Testing

@testable import Performance

@Suite struct SlowForCoreTests {
  private func found(
    _ seconds: Double, _ more: [ConfigurationKey: String] = [:], dtype: String = "int8",
    model: String = "kws", operators: [OperatorRecord] = []
  ) throws -> [Finding] {
    SlowForCore.findings(
      in: try analyse([
        makeRun(onNucleo(model, dtype, more), times: [seconds], operators: operators)
      ]))
  }

  @Test func firesFarAboveWhatTheCoreNeeds() throws {
    let finding = try #require(try found(2).first)
    #expect(finding.id == "slow-for-core")
    #expect(finding.message.contains("120 cycles per MAC on Nucleo, at least 20 times"))
    #expect(finding.action.contains("ICACHE"))
  }

  @Test func isSilentWhereTheCoreMayNeedIt() throws {
    #expect(try found(0.03).isEmpty)
    #expect(try found(0.15).isEmpty)
    // Float32 takes more.
    #expect(try found(0.3, dtype: "fp32").isEmpty)
    #expect(try !found(2, dtype: "fp32").isEmpty)
  }

  @Test func isSilentWhereTooLittleIsKnown() throws {
    #expect(try found(2, [.mcu: "unknown", .board: "another"]).isEmpty)
    #expect(try found(2, model: "unknown").isEmpty)
    #expect(try found(2, [.arch: "riscv"]).isEmpty)
    #expect(try found(2, [.origin: "emulated"]).isEmpty)
  }

  @Test func whatIsStatedIsACauseOrExcludesOne() throws {
    let stated = try #require(
      try found(2, [.flags: "-O3", .kernels: "cmsis-nn", .modelBytes: "53936"]).first)
    #expect(stated.message.contains("possible causes are slow flash"))
    #expect(!stated.message.contains("float32"))
    #expect(
      stated.evidence.contains { $0.contains("excluded") && $0.contains("the flags are -O3") })
    let poor = try #require(try found(2, [.flags: "-O0", .kernels: "reference"]).first)
    #expect(
      poor.evidence.contains {
        $0.contains("possible: an unoptimised build (-O0, -Os), the flags are -O0")
      })
    #expect(
      poor.evidence.contains {
        $0.contains("possible: TFLM's reference kernels, the kernels are reference")
      })
  }

  @Test func operatorsThatComputeInIntegersExcludeFloat32() throws {
    for operators in [
      [makeOperator("QUANTIZE", [1])],
      [makeOperator("CONV_2D", [1]), makeOperator("DEQUANTIZE", [1], index: 1)],
    ] {
      let finding = try #require(try found(2, operators: operators).first)
      #expect(
        finding.evidence.contains {
          $0.contains("excluded: float32") && $0.contains("computes in integers")
        })
    }
  }

  /// A nearer finding takes its place, and waits for serial flash count.
  @Test func onRP2350FlashMayTakeTime() throws {
    func of(_ seconds: Double, _ weights: String?) throws -> [Finding] {
      SlowForCore.findings(
        in: try analyse([
          makeRun(
            onRP2350("ad", "int8", weights, [.runtime: "other"]), times: [seconds])
        ]))
    }
    // 17 cycles per MAC.
    #expect(try of(0.03, "flash").isEmpty)
    #expect(try !of(0.03, "sram").isEmpty)
    #expect(try !of(0.2, nil).isEmpty)
    let analysis = try analyse([makeRun(onRP2350("ad", "int8", "flash"), times: [0.2])])
    #expect(SlowForCore.findings(in: analysis).isEmpty)
    #expect(!LabelContradictedByTime.findings(in: analysis).isEmpty)
  }
}
