import Ingest
import Testing

@testable import Performance

@Suite struct FlashSlowsInferenceTests {
  private func found(
    _ flash: [Double], _ sram: [Double], macs: UInt64 = 100_000, bytes: UInt64 = 50_000
  ) throws -> [Finding] {
    var slow = makeRun(onRP2350("m", "int8", "flash"), times: flash)
    slow.macs = macs
    slow.weightBytes = bytes
    let fast = makeRun(onRP2350("m", "int8", "sram"), times: sram)
    return FlashSlowsInference.findings(in: try analyse([slow, fast]))
  }

  @Test func firesOnALargeRatio() throws {
    let finding = try #require(try found([0.03], [0.01]).first)
    #expect(finding.id == "flash-slows-inference")
    #expect(
      finding.message
        == "m (int8) takes 3.00 times as long with its weights in flash as in SRAM on RP2350.")
    #expect(finding.runs == ["rp2350-m-int8-flash", "rp2350-m-int8-sram"])
    // 20 ms at 25 MB/s are ten times the weights.
    #expect(
      finding.evidence.contains {
        $0.contains("10 times the 50,000 bytes") && $0.contains("streamed again")
      })
    #expect(finding.action.contains("16 KiB XIP cache"))
  }

  @Test func weightsReadOnceAreNotSaidToBeStreamedAgain() throws {
    let finding = try #require(try found([0.012], [0.010]).first)
    #expect(finding.evidence.contains { $0.contains("1 times the 50,000 bytes of weights.") })
    #expect(!finding.evidence.contains { $0.contains("again") })
  }

  @Test func isSilentOnASmallRatioOrAnUncertainOne() throws {
    #expect(try found([0.0109], [0.01]).isEmpty)
    #expect(try found([0.01], [0.03]).isEmpty)
    let wide = (0..<12).map { 0.005 + 0.002 * Double($0) }
    #expect(try found(wide, scattered(0.012)).isEmpty)
  }
}
