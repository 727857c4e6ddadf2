import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct PlacementTests {
  private func row(
    flash: Double, sram: Double, dtype: String = "int8", macs: UInt64? = 1_000_000,
    bytes: UInt64? = 50_000, more: [ConfigurationKey: String] = [:]
  ) throws -> PlacementRatio {
    var slow = makeRun(onRP2350("m", dtype, "flash", more), times: [flash])
    slow.macs = macs
    slow.weightBytes = bytes
    let fast = makeRun(onRP2350("m", dtype, "sram"), times: [sram])
    return try #require(try analyse([slow, fast]).comparison.placement.first)
  }

  @Test func theExtraTimeBoundsTheTraffic() throws {
    let traffic = try #require(try row(flash: 0.03, sram: 0.01).traffic.value)
    #expect(isClose(traffic.extraSeconds, 0.02))
    #expect((traffic.leastBytes, traffic.mostBytes) == (50_000, 1_000_000))
    #expect(isClose(traffic.bandwidth.lowerBound, 2.5e6))
    #expect(isClose(traffic.bandwidth.upperBound, 50e6))
    #expect(isClose(traffic.bytesAtRoof, 0.02 * 25e6))
  }

  @Test func aWeightOfFP32HasFourBytes() throws {
    let traffic = try #require(try row(flash: 0.03, sram: 0.01, dtype: "fp32").traffic.value)
    #expect(traffic.mostBytes == 4_000_000)
  }

  @Test func absurdCostsNeitherWrapNorCrash() throws {
    let huge = try #require(
      try row(flash: 0.03, sram: 0.01, dtype: "fp32", macs: .max / 2).traffic.value)
    #expect(huge.mostBytes == .max)
    #expect(huge.bandwidth.lowerBound <= huge.bandwidth.upperBound)
    let few = try #require(try row(flash: 0.03, sram: 0.01, macs: 10).traffic.value)
    #expect(few.mostBytes == 50_000)
    #expect(few.bandwidth.lowerBound == few.bandwidth.upperBound)
  }

  @Test func whatCannotBeSaidHasAReason() throws {
    let faster = try row(flash: 0.01, sram: 0.02)
    #expect(try #require(faster.traffic.reason).contains("not the slower"))
    #expect(isClose(faster.ratio.value, 0.5))
    let costless = try row(flash: 0.02, sram: 0.01, macs: nil)
    #expect(try #require(costless.traffic.reason).contains("costs"))
  }

  @Test(arguments: [
    [ConfigurationKey.flash: "dual/3"], [.flashClock: "75000000"], [.xipCache: "off"],
  ]) func anotherFlashModeHasAnotherRoof(more: [ConfigurationKey: String]) throws {
    let other = try row(flash: 0.03, sram: 0.01, more: more)
    #expect(try #require(other.traffic.reason).contains("another flash mode"))
  }

  @Test func theAssumedFlashModeMayBeStated() throws {
    let same = try row(
      flash: 0.03, sram: 0.01,
      more: [.flash: "quad/3", .flashClock: "50000000", .xipCache: "on"])
    #expect(same.traffic.value != nil)
  }

  @Test func instructionsSayNothingOfFlash() throws {
    let more: [ConfigurationKey: String] = [.origin: "emulated"]
    let analysis = try analyse([
      makeRun(onRP2350("m", "int8", "flash", more), times: [300], unit: .instructions),
      makeRun(onRP2350("m", "int8", "sram", more), times: [300], unit: .instructions),
    ])
    #expect(analysis.selection.runs.count == 2)
    #expect(analysis.comparison.placement.isEmpty)
  }

  @Test func otherFilesOfTheModelAreNoPair() throws {
    func rows(_ a: String, _ b: String) throws -> Int {
      try analyse([
        makeRun(onRP2350("m", "int8", "flash", [.modelCRC32: a])),
        makeRun(onRP2350("m", "int8", "sram", [.modelCRC32: b])),
      ]).comparison.placement.count
    }
    #expect(try rows("00000001", "00000002") == 0)
    #expect(try rows("00000001", "00000001") == 1)
  }

  @Test func aDoubtedLabelIsNoPairOfASoundOne() throws {
    let analysis = try analyse([
      makeRun(onRP2350("kws", "int8", "flash"), times: [6]),
      makeRun(onRP2350("kws", "int8", "sram"), times: [0.06]),
    ])
    #expect(analysis.labels.checks.map(\.isContradicted) == [true, false])
    #expect(analysis.comparison.placement.isEmpty)
  }
}
