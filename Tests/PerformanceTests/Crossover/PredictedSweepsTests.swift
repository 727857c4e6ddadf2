import Core
import Reference
import Statistics
import Testing

@testable import Performance

/// What the machine model predicts; nothing here is typed in but what the data sheet and the order of
/// the kernels' reads demand.
@Suite struct PredictedSweepsTests {
  private static let model = try? Examples.analysis([]).machine.model.value
  private static let found: [Crossover] = {
    guard let analysis = try? Examples.analysis([]) else { return [] }
    return Crossovers(analysis, predicting: Crossovers.Prediction()).predicted?.value ?? []
  }()

  private func one(
    _ kind: String, _ filter: String?, _ dtype: Dtype, _ weights: WeightsPlace
  ) throws -> Crossover {
    try #require(
      Self.found.first {
        let key = $0.sweep.key
        return key.kind == kind && key.filter == filter && key.dtype == dtype
          && key.weights == weights
      })
  }

  @Test func everyCombinationIsThere() {
    #expect(Self.found.count == 12)
    #expect(Set(Self.found.map(\.sweep.key)).count == 12)
    for one in Self.found {
      #expect((24...25).contains(one.sweep.points.count), "\(one.sweep.key.words)")
      #expect(one.sweep.key.origin == .predicted && one.cacheBytes == 16_384)
      #expect(one.sweep.range.map { $0.lowerBound < 2560 && $0.upperBound > 90_000 } == true)
      #expect(one.sweep.points.allSatisfy { $0.interval.value?.contains($0.cyclesPerMAC) == true })
    }
  }

  @Test(arguments: [("3x3", Dtype.int8), ("3x3", .fp32), ("1x1", .fp32)])
  func convolutionsOutgrowTheCache(filter: String, dtype: Dtype) throws {
    let made = try one("CONV_2D", filter, dtype, .flash)
    #expect(made.verdict == .rises && made.modelWords == "two breaks")
    // A little before the cache is full, for biases and code share it.
    let onset = try #require(made.onset.value)
    #expect((14.5 * 1024...16 * 1024).contains(onset.value))
    #expect(onset.interval.value.map { $0.high - $0.low < 1024 } == true)
    // The misses end to grow at twice the cache, or a little past it.
    let misses = try #require(made.missSaturation.value)
    #expect((32 * 1024.0...38 * 1024).contains(misses.value))
    #expect(misses.interval.value.map { $0.low <= 33 * 1024 + 512 } == true)
    // Time does so sooner where fills go on with the transfer before them once all miss, later else.
    let full = try #require(made.saturation.value?.value)
    #expect((24 * 1024.0...40 * 1024).contains(full))
    #expect((full < misses.value) == (dtype == .fp32))
    #expect(made.bounds.everywhere == nil)
    let even = try #require(made.bounds.even.value)
    #expect(even > onset.value && even < full)
    let (first, last) = (
      try #require(made.bounds.shares.first), try #require(made.bounds.shares.last)
    )
    #expect(first < 0.01 && last > 0.6)
    #expect(made.statement.contains("bandwidth-bound from"))
  }

  @Test func int8PointwiseFetchesEachWeightOnce() throws {
    let made = try one("CONV_2D", "1x1", .int8, .flash)
    #expect(made.verdict == .level && made.bounds.everywhere == .compute)
    #expect(made.sweep.points.allSatisfy { ($0.fetches ?? 9) < 1.1 })
    #expect(made.statement.contains("each weight is fetched once per inference"))
  }

  @Test(arguments: [Dtype.int8, .fp32]) func matricesAreBandwidthBoundFromFlash(dtype: Dtype) throws
  {
    let made = try one("FULLY_CONNECTED", nil, dtype, .flash)
    #expect(made.verdict == .level && made.bounds.everywhere == .flash)
    #expect(made.bounds.shares.allSatisfy { $0 > 0.6 })
    #expect(made.sweep.points.allSatisfy { (0.99...1.1).contains($0.fetches ?? 0) })
    #expect(made.onset.value == nil && made.statement.contains("bandwidth-bound at every size"))
  }

  @Test func nothingHappensFromSRAM() throws {
    for made in Self.found where made.sweep.key.weights == .sram {
      #expect(made.verdict == .level && made.modelWords == "no break")
      #expect(made.bounds.everywhere == .compute && made.bounds.shares.allSatisfy { $0 == 0 })
      #expect(made.statement.contains("compute-bound at every size"))
      // The same instructions as from flash.
      let key = made.sweep.key
      let flash = try one(key.kind, key.filter, key.dtype, .flash)
      #expect(
        made.sweep.points.map(\.cyclesPerMAC)
          == flash.sweep.points.compactMap(\.instructionCycles.value))
    }
  }

  /// "Work per MAC hardly changes": by less than a tenth over the convolutions of a sweep.
  @Test func instructionsPerMACHardlyChange() {
    for made in Self.found where made.sweep.key.kind == "CONV_2D" {
      let cycles = made.sweep.points.compactMap(\.instructionCycles.value)
      guard let low = cycles.min(), let high = cycles.max() else { continue }
      #expect(high / low < 1.1, "\(made.sweep.key.words)")
    }
  }

  @Test func fasterFlashWaitsLess() throws {
    let model = try #require(Self.model)
    let faster = try #require(model.predictedSweeps(flash: "quad/2").value)
    for (sweep, made) in zip(faster, Self.found) where sweep.key.weights == .flash {
      #expect(sweep.key.flash == "quad/2")
      for (a, b) in zip(sweep.points, made.sweep.points) {
        #expect(a.cyclesPerMAC < b.cyclesPerMAC && a.fetches == b.fetches)
      }
    }
    #expect(model.predictedSweeps(flash: "x").reason?.contains("known are quad/3, quad/2") == true)
  }

  @Test func predictionsAreTheSameEachTime() throws {
    let model = try #require(Self.model)
    #expect(model.predictedSweeps().value == Self.found.map(\.sweep))
  }

  @Test func withoutAModelThereIsAReason() throws {
    let analysis = Analysis(
      files: [], published: PublishedResults(runs: []), reference: try ReferenceData.bundled(),
      options: AnalysisOptions())
    let reason = try #require(analysis.machine.model.reason)
    let found = Crossovers(analysis, predicting: Crossovers.Prediction())
    #expect(found.predicted?.reason == reason && found.all.isEmpty)
  }
}
