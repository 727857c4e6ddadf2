import Ingest
import Testing

@testable import Performance

@Suite struct AboveRoofTests {
  private func found(
    _ configuration: [ConfigurationKey: String], cycles: Double, macs: UInt64, bytes: UInt64 = 1
  ) throws -> [Finding] {
    var run = makeRun(configuration, times: [cycles], unit: .cycles)
    run.macs = macs
    run.weightBytes = bytes
    return AboveRoof.findings(in: try analyse([run]))
  }

  @Test func firesAboveTheComputeRoof() throws {
    let finding = try #require(
      try found(onRP2350("m", "int8"), cycles: 1000, macs: 2001).first)
    #expect(finding.id == "above-roof")
    #expect(finding.severity == .error)
    #expect(finding.message.contains("above the int8 roof of 2"))
    #expect(try found(onRP2350("m", "fp32"), cycles: 1000, macs: 501).count == 1)
  }

  @Test func firesAboveTheFlashRoof() throws {
    // 60,000 bytes that no cache keeps, at six cycles a byte.
    let finding = try #require(
      try found(onRP2350("m", "int8", "flash"), cycles: 359_000, macs: 1, bytes: 76_384).first)
    #expect(finding.message.contains("above flash's roof"))
  }

  @Test func isSilentAtTheRoof() throws {
    #expect(try found(onRP2350("m", "int8"), cycles: 1000, macs: 2000).isEmpty)
    #expect(
      try found(onRP2350("m", "int8", "sram", [.cores: "2"]), cycles: 1000, macs: 3999).isEmpty)
    #expect(
      try found(onRP2350("m", "int8", "flash"), cycles: 361_000, macs: 1, bytes: 76_384).isEmpty)
    #expect(
      try found(onRP2350("m", "int8", "flash"), cycles: 10, macs: 1, bytes: 16_384).isEmpty)
    // From SRAM, and from a flash that runs faster, that roof does not hold.
    #expect(try found(onRP2350("m", "int8"), cycles: 100_000, macs: 1, bytes: 76_384).isEmpty)
    #expect(
      try found(
        onRP2350("m", "int8", "flash", [.flashClock: "75000000"]), cycles: 260_000, macs: 1,
        bytes: 76_384
      ).isEmpty)
  }
}
