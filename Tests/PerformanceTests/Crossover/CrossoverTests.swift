import Core
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct CrossoverTests {
  @Test func exactRampGivesItsBreaksAndBounds() throws {
    let made = Crossover(Made.sweep { Made.ramp($0) }, cacheBytes: Made.cache)
    #expect(made.verdict == .rises)
    #expect(made.modelWords == "two breaks")
    let onset = try #require(made.onset.value)
    let saturation = try #require(made.saturation.value)
    #expect(isClose(onset.value, Made.cache, within: 1e-6))
    #expect(isClose(saturation.value, 2 * Made.cache, within: 1e-6))
    #expect(made.onsetComparison?.isWithin == true)
    #expect(made.saturationComparison?.isWithin == true)
    #expect(made.bounds.basis.value == .flat)
    #expect(made.bounds.everywhere == nil)
    // Waiting equals the instructions' 2 cycles where the ramp reaches 4, a third of its way.
    let even = try #require(made.bounds.even.value)
    #expect(isClose(Made.ramp(even), 4, within: 5e-3))
    #expect(
      made.statement.hasPrefix(
        "CNN 5x5 fp32 from flash: compute-bound (2.00 cycles/MAC) up to 16.0 KiB"))
    #expect(made.statement.contains("saturated from 32.0 KiB"))
    #expect(made.statement.contains("(8.00 cycles/MAC, 75 % of them waiting for flash)"))
    #expect(
      made.statement.hasSuffix(
        "The cache holds 16 KiB, within the interval of the onset; twice that is within the interval of the "
          + "saturation"))
  }

  /// The truth must lie in 95 % intervals in about 95 % of the cases: 120 trials have a standard
  /// error of 2 %.
  @Test func intervalsCover() throws {
    var random = SplitMix(7)
    let trials = 120
    var (onsets, saturations, rising) = (0, 0, 0)
    for _ in 0..<trials {
      let runs = Made.runs { Made.ramp($0) * (1 + 0.02 * random.normal()) }
      let sweep = try #require(try Made.logged(runs).sweeps.first)
      let made = Crossover(sweep, cacheBytes: Made.cache)
      rising += made.verdict == .rises ? 1 : 0
      onsets += made.onsetComparison?.isWithin == true ? 1 : 0
      saturations += made.saturationComparison?.isWithin == true ? 1 : 0
    }
    #expect(rising == trials)
    for count in [onsets, saturations] {
      #expect((0.88...1).contains(Double(count) / Double(trials)), "\(count) of \(trials)")
    }
  }

  @Test func noiseAloneIsNoCrossover() {
    var random = SplitMix(3)
    for _ in 0..<40 {
      let sweep = Made.sweep(instructions: 5) { _ in 5 * (1 + 0.01 * random.normal()) }
      let made = Crossover(sweep, cacheBytes: Made.cache)
      #expect(made.verdict == .level)
      #expect(made.model?.kind == .constant)
      #expect(made.onset.reason != nil && made.saturation.reason != nil)
      #expect(made.bounds.everywhere == .compute)
    }
  }

  @Test func aFallIsNoCrossover() {
    let sweep = Made.sweep(instructions: 2) { 2 + 3000 / $0 }
    let made = Crossover(sweep, cacheBytes: Made.cache)
    #expect(made.fit.value?.preferred.kind != .constant)
    #expect(made.verdict == .level)
    #expect(made.modelWords == "no break")
    #expect(
      made.statement
        == "CNN 5x5 fp32 from flash: no crossover, compute-bound at every size "
        + "(falling from 3.46 to 2.03 cycles/MAC)")
  }

  @Test func aRiseBelowFivePercentIsNone() {
    func verdict(_ rise: Double) -> Crossover.Verdict {
      let sweep = Made.sweep(instructions: 2) { Made.ramp($0, from: 2, to: 2 * (1 + rise)) }
      return Crossover(sweep, cacheBytes: Made.cache).verdict
    }
    #expect(verdict(0.049) == .level)
    #expect(verdict(0.051) == .rises)
  }

  @Test func boundsUseTheSweepFromSRAM() throws {
    let sram = Made.sweep(Made.key(weights: .sram)) { _ in 5 }
    let made = Crossover(Made.sweep { Made.ramp($0) }, cacheBytes: Made.cache, sram: sram)
    #expect(made.bounds.basis.value == .sram)
    #expect(made.bounds.everywhere == .compute)
    #expect(made.bounds.even.reason?.contains("does not exceed") == true)
    #expect(made.statement.contains("compute-bound at every size, though cycles per MAC rise"))
    let alone = Crossover(sram, cacheBytes: Made.cache)
    #expect(alone.verdict == .level && alone.bounds.everywhere == .compute)
    #expect(alone.onsetComparison == nil)
  }

  @Test func bandwidthBoundEverywhereNeedsNoWideSweep() {
    let sizes: [Double] = [20, 24, 30, 40, 50, 60, 80]
    let sweep = Made.sweep(Made.key("FULLY_CONNECTED"), sizes: sizes, instructions: 6) { _ in 34 }
    let made = Crossover(sweep, cacheBytes: Made.cache)
    #expect(made.verdict == .level)
    #expect(
      made.statement
        == "FC fp32 from flash: bandwidth-bound at every size of this sweep: 82 % of the time waits for flash "
        + "(34.0 cycles/MAC)")
  }

  @Test(arguments: [[2.0, 3, 4, 6, 8, 10, 12], [20.0, 24, 30, 40, 50, 60, 80]])
  func aNarrowSweepDecidesNothing(sizes: [Double]) {
    let sweep = Made.sweep(sizes: sizes, instructions: 5) { _ in 5 }
    let made = Crossover(sweep, cacheBytes: Made.cache)
    guard case .undecided(let reason) = made.verdict else {
      Issue.record("\(made.verdict)")
      return
    }
    #expect(reason.contains("has to reach from the cache of 16.0 KiB to its double"))
    #expect(made.onset.reason == reason)
  }

  @Test func aSweepThatEndsOnTheRampHasNoSaturation() {
    let sizes = Made.sizes.filter { $0 <= 24 }
    let made = Crossover(Made.sweep(sizes: sizes) { Made.ramp($0) }, cacheBytes: Made.cache)
    #expect(made.verdict == .rises)
    #expect(isClose(made.onset.value?.value, Made.cache, within: 1e-6))
    #expect(made.saturation.reason?.contains("does not end") == true)
    #expect(made.statement.contains("no saturation"))
  }

  @Test func tooFewPointsHaveAReason() {
    for count in 0...5 {
      let made = Crossover(
        Made.sweep(sizes: Array(Made.sizes.prefix(count))) { Made.ramp($0) },
        cacheBytes: Made.cache)
      guard case .undecided(let reason) = made.verdict else {
        Issue.record("\(count): \(made.verdict)")
        continue
      }
      #expect(!reason.isEmpty && made.onset.value == nil && made.bounds.even.value == nil)
    }
  }

  @Test(arguments: [Double.nan, .infinity, 0, -1, 1e308, .leastNonzeroMagnitude])
  func hostileCostsHaveAReasonOrAnAnswer(value: Double) {
    for i in Made.sizes.indices {
      var costs = Made.sizes.map { Made.ramp($0 * 1024) }
      costs[i] = value
      var next = 0
      let sweep = Made.sweep { _ in
        defer { next += 1 }
        return costs[next]
      }
      let made = Crossover(sweep, cacheBytes: Made.cache)
      #expect(made.onset.value != nil || made.onset.reason?.isEmpty == false)
      #expect(!made.statement.isEmpty)
      _ = CrossoverFigureData([made])
    }
  }

  @Test func figureDataHoldCurveAndBreaks() throws {
    var random = SplitMix(5)
    let made = Crossover(
      Made.sweep { Made.ramp($0) * (1 + 0.01 * random.normal()) }, cacheBytes: Made.cache)
    let level = Crossover(Made.sweep(Made.key("FULLY_CONNECTED")) { _ in 3 }, cacheBytes: nil)
    let one = CrossoverFigureData([made])
    #expect(one.cacheBytes == Made.cache)
    let series = try #require(one.series.first)
    #expect(series.name == "CNN 5x5 fp32 from flash")
    #expect(series.points.count == Made.sizes.count)
    let onset = try #require(series.onset)
    let low = try #require(onset.low)
    #expect(low <= onset.bytes && series.curve.contains { $0.bytes == onset.bytes })
    #expect(series.curve.map(\.bytes) == series.curve.map(\.bytes).sorted())
    #expect(series.curve.first?.bytes == 2048 && series.curve.last?.bytes == 98_304)
    for point in series.curve {
      #expect(isClose(point.cyclesPerMAC, Made.ramp(point.bytes), within: 0.1))
    }
    let both = CrossoverFigureData([made, level])
    #expect(both.cacheBytes == nil)
    #expect(both.series[1].onset == nil)
    #expect(both.series[1].curve.allSatisfy { $0.cyclesPerMAC == 3 })
  }
}
