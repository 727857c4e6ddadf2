import Core
import Ingest
import Statistics
import TestSupport
import Testing

@testable import Performance
@testable import Reference

@Suite struct RooflinePointTests {
  private func point(_ run: Run) throws -> RooflinePoint {
    try #require(try roofline([run]).points.first)
  }

  /// AD in float32 from flash, by hand: 264,192 MAC, 1,056,768 bytes, 58.95 ms at 150 MHz.
  @Test func fullyConnectedFromFlashByHand() throws {
    let run = makeRun(onRP2350("ad", "fp32", "flash"), times: [0.05895], kind: .published)
    let point = try point(run)
    #expect(point.macs == 264_192)
    #expect(point.byteCounter == .eachOnce)
    #expect(point.byteCounter.words == "weights + activations, each once")
    #expect(isClose(point.intensity.value, 0.25))
    #expect(isClose(point.macsPerCycle.value, 264_192 / 8_842_500))
    #expect(isClose(point.macsPerSecond.value?.value, 264_192 / 0.05895))
    // Inputs and outputs of the ten layers: 640 and 128, eight times 128 or 8, 128 and 640.
    let elements = 768 + 3 * 256 + 136 + 136 + 3 * 256 + 768
    let traffic = try #require(point.traffic.value)
    #expect(traffic.map(\.level) == [.flash, .sram])
    #expect(traffic.map(\.bytes) == [1_056_768, Double(4 * elements)])
    let roof = try #require(point.attainable.value)
    #expect(roof.limit == .flash)
    #expect(isClose(roof.macsPerCycle, 0.25 / 6))
    let together = 264_192 / 0.5 + 1_056_768 * 6 + Double(elements)
    #expect(isClose(roof.noOverlap, 264_192 / together))
    #expect(isClose(point.roof.value, 0.25 / 6 * 150e6))
    let share = try #require(point.share.value)
    #expect(isClose(share, 1_056_768 * 6 / 8_842_500))
    #expect(point.bound.value?.term == .flash)
    #expect(point.bound.value?.isSure == true)
  }

  /// From SRAM the same layers stand right of the ridge, and the inner loop takes the time.
  @Test func fullyConnectedFromSRAMIsComputeBound() throws {
    let point = try point(makeRun(onRP2350("ad", "int8", "sram"), times: [0.0044]))
    let roof = try #require(point.attainable.value)
    #expect(roof.limit == .compute)
    #expect(roof.macsPerCycle == 2)
    // Weights and activations come from SRAM now.
    #expect(isClose(point.intensity.value, 264_192 / (264_192 + 3344)))
    #expect(point.traffic.value?.map(\.level) == [.sram])
    #expect(point.bound.value?.term == .compute)
    #expect(isClose(point.terms.value?.compute, 264_192 / 0.5))
    // The same from flash: 6 cycles for each byte and MAC, at most 0.17 MAC/cycle.
    let flash = try self.point(makeRun(onRP2350("ad", "int8", "flash"), times: [0.0169]))
    #expect(flash.attainable.value?.limit == .flash)
    #expect(isClose(flash.attainable.value?.macsPerCycle, 1.0 / 6))
    #expect(flash.bound.value?.term == .flash)
  }

  @Test func intervalsChangePlaces() throws {
    let run = makeRun(
      onRP2350("kws", "int8", "flash"), times: [0.0604], kind: .published, quantum: 1e-5)
    let rate = try point(run).macsPerCycle
    let interval = try #require(rate.interval.value)
    #expect(interval.low < rate.value && rate.value < interval.high)
    #expect(isClose(interval.low, 2_656_768 / (0.060405 * 150e6), within: 1e-9))
    #expect(isClose(interval.high, 2_656_768 / (0.060395 * 150e6), within: 1e-9))
    let zero = Quantity(
      value: 1, interval: .known(Interval(low: 0, high: 2, kind: .rounding, method: "made")),
      count: 1,
      method: "made")
    #expect(zero.rate(of: 3).interval.reason == "the interval of the time reaches 0")
  }

  @Test func theRoofRisesWithIntensityToTheComputeRoof() throws {
    var generator = SplitMix(7)
    for dtype in ["int8", "fp32"] {
      for weights in ["flash", "sram"] {
        var points: [RooflinePoint] = []
        for _ in 0..<60 {
          let macs = UInt64.random(in: 1...10_000_000, using: &generator)
          let bytes = UInt64.random(in: 1...2_000_000, using: &generator)
          points.append(
            try point(
              makeTotals(onRP2350("m", dtype, weights), cycles: 1e9, macs: macs, bytes: bytes)))
        }
        let placed = try points.map { point in
          (x: try #require(point.intensity.value), roof: try #require(point.attainable.value))
        }.sorted { $0.x < $1.x }
        for (a, b) in zip(placed, placed.dropFirst()) {
          #expect(a.roof.macsPerCycle <= b.roof.macsPerCycle * (1 + 1e-12))
          #expect(a.roof.noOverlap <= b.roof.noOverlap * (1 + 1e-12))
        }
        let machine = try #require(try roofline([makeRun(onRP2350("m", dtype))]).machines.first)
        let word = try #require(Dtype(dtype))
        let top = try #require(machine.roof(dtype: word)?.macsPerCycle)
        let slope = try #require(
          machine.roof(weights == "flash" ? .flash : .sram)?.bytesPerCycle)
        for one in placed {
          #expect(isClose(one.roof.macsPerCycle, min(top, slope * one.x)))
          // Two limits that add up are at worst half of the smaller.
          #expect(one.roof.noOverlap <= one.roof.macsPerCycle)
          #expect(one.roof.noOverlap >= one.roof.macsPerCycle / 2 * (1 - 1e-12))
        }
      }
    }
  }

  @Test func atTheRidgeNoOverlapIsHalfTheRoof() throws {
    // 12 MAC per byte of flash: SMLAD's ridge.
    let point = try point(
      makeTotals(onRP2350("m", "int8", "flash"), cycles: 1e6, macs: 120_000, bytes: 10_000))
    let roof = try #require(point.attainable.value)
    #expect(roof.limit == .compute)
    #expect(isClose(roof.macsPerCycle, 2))
    #expect(isClose(roof.noOverlap, 1))
    #expect(point.byteCounter == .weightsOnce)
  }

  @Test func twoCoresHaveTwoComputeRoofsAndOneFlash() throws {
    func roof(_ macs: UInt64) throws -> Attainable {
      try #require(
        try point(
          makeTotals(
            onRP2350("m", "int8", "flash", [.cores: "2"]), cycles: 1e6, macs: macs, bytes: 10_000)
        ).attainable.value)
    }
    #expect(isClose(try roof(1_000_000).macsPerCycle, 4))
    #expect(isClose(try roof(10_000).macsPerCycle, 1.0 / 6))
  }

  @Test func aTimeOfOneTickIsALowerBound() throws {
    let run = makeRun(
      onRP2350("ad", "int8", "sram"), times: [0.001, 0.001], quantum: 0.001)
    #expect(try point(run).isBelowTimerResolution)
    let fine = makeRun(onRP2350("ad", "int8", "sram"), times: [0.004, 0.004], quantum: 0.001)
    #expect(try !point(fine).isBelowTimerResolution)
    let zero = try roofline([makeRun(onRP2350("ad", "int8"), times: [0], quantum: 1e-3)])
    #expect(zero.points.isEmpty)
    #expect(zero.leftOut.map(\.reason) == ["its time is 0: shorter than the timer can tell"])
  }

  @Test func anAssumedPlacementIsSaidAndSimulatedByNothing() throws {
    let run = makeRun(onNucleo("ic", "int8"), times: [0.1095])
    let made = try roofline([run], misses: FixedMisses(whole: 1e6))
    #expect(made.points.count == 1)
    let point = try #require(made.points.first)
    #expect(point.weights == .flash)
    #expect(point.assumptions.count == 1)
    #expect(point.bound.value?.term == .compute)
  }
}
