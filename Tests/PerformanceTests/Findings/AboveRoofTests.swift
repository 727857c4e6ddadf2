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

  private func withOperators(_ cycles: [Double], total: Double) throws -> [Finding] {
    let operators = cycles.enumerated().map { index, cycles in
      var one = makeOperator("CONV_2D", [cycles], index: index)
      one.macs = 1000
      one.weightBytes = 100
      return one
    }
    var run = makeRun(
      onRP2350("m", "fp32"), times: [total], unit: .cycles, operators: operators)
    run.macs = 1000 * UInt64(cycles.count)
    run.weightBytes = 100 * UInt64(cycles.count)
    return AboveRoof.findings(in: try analyse([run]))
  }

  @Test func firesForAnOperator() throws {
    // 1000 MAC need 2000 cycles; the second has 1600.
    let findings = try withOperators([2100, 1600, 4000], total: 7700)
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.message.hasPrefix("1 CONV_2D of rp2350-m-fp32-sram would run 0.625 MAC"))
    #expect(
      finding.evidence.first == "1 operator above that roof: 1 CONV_2D (1.25 times the roof).")
    // What an int8 model could do is said.
    #expect(finding.evidence.contains { $0.hasPrefix("In int8 the rate is possible") })
    #expect(try withOperators([2100, 2000, 4000], total: 8100).isEmpty)
  }

  @Test func oneFindingForTheRunAndItsOperators() throws {
    let findings = try withOperators([1000, 1000, 1000, 1000, 1000, 1000, 1000], total: 7000)
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.message.hasPrefix("rp2350-m-fp32-sram would run 1 MAC"))
    #expect(try #require(finding.evidence.first).contains("7 operators"))
    #expect(try #require(finding.evidence.first).hasSuffix("and 2 more."))
  }

  @Test func anIntervalThatReachesTheRoofIsNoError() throws {
    // Published to 10 cycles: 1995 to 2005 hold 2000.
    var run = makeRun(
      onRP2350("m", "fp32"), times: [1990], unit: .cycles, kind: .published, quantum: 20)
    run.macs = 1000
    #expect(AboveRoof.findings(in: try analyse([run])).isEmpty)
    run.latency?.quantum = 10
    #expect(AboveRoof.findings(in: try analyse([run])).count == 1)
  }
}
