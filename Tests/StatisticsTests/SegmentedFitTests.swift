import Support
import TestSupport
import Testing

@testable import Statistics

/// Points of a ramp from 16 to 32 between levels 2 and 8, with errors.
struct SegmentedSample {
  static let positions = [4.0, 8, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 64, 96]

  static func mean(_ x: Double, _ variable: RampVariable = .linear) -> Double {
    let start = variable.forward(16)
    let share = (variable.forward(x) - start) / (variable.forward(32) - start)
    return 2 + 6 * min(max(share, 0), 1)
  }

  static func points(
    deviation: Double, loss: FitLoss = .absolute, variable: RampVariable = .linear,
    _ random: inout SplitMix
  ) -> [(x: Double, y: Double)] {
    positions.map { x in
      let mean = mean(x, variable)
      return (x, mean + deviation * random.normal() * (loss.isRelative ? mean : 1))
    }
  }
}

/// What the closed forms must find: the least sum of squares on a fine grid of break pairs.
@Test(arguments: 0..<4) func noPairOfBreaksFitsBetter(seed: UInt64) throws {
  var random = SplitMix(seed)
  let points = (0..<9).map { _ in
    (x: Double.random(in: 1...10, using: &random), y: Double.random(in: 0...1, using: &random))
  }
  let data = try #require(
    SegmentedData.make(points, variable: .linear, loss: .absolute).value)
  let solution = RampSolution(data: data)
  let best = solution.squares(solution.ramp)
  #expect(isClose(best, solution.ramp.squares, within: 1e-9))
  let mean = solution.plain.all.mean
  for i in 0..<40 {
    for j in (i + 1)...40 {
      let (onset, saturation) = (Double(i) / 40, Double(j) / 40)
      let share = data.z.map { min(max(($0 - onset) / (saturation - onset), 0), 1) }
      let rows = share.map { [1, $0] }
      let fit = LinearFit.fit(rows: rows, values: data.scaled, loss: .absolute).value
      let coefficients = fit?.coefficients ?? [mean, 0]
      let squares = zip(rows, data.scaled).reduce(0) {
        let error = LinearFit.dot($1.0, coefficients) - $1.1
        return $0 + error * error
      }
      #expect(best <= squares * (1 + 1e-9))
    }
  }
}

@Test(arguments: RampVariable.allCases) func exactDataGiveTheirBreaks(variable: RampVariable) throws
{
  let points = SegmentedSample.positions.map { (x: $0, y: SegmentedSample.mean($0, variable)) }
  for loss in FitLoss.allCases {
    let fit = try #require(SegmentedFit.fit(points, variable: variable, loss: loss).value)
    #expect(fit.preferred.kind == .twoBreaks && fit.preferred.isExact)
    #expect(fit.statement == "two breaks: fits exactly and no simpler model does")
    let onset = try #require(fit.onset.value)
    let saturation = try #require(fit.saturation.value)
    #expect(isClose(onset.value, 16, within: 1e-6) && isClose(saturation.value, 32, within: 1e-6))
    #expect(isClose(fit.preferred.before, 2) && isClose(fit.preferred.after, 8))
    // The breaks are on points, so the resolution reaches to their neighbours.
    let (a, b) = (try #require(onset.interval.value), try #require(saturation.interval.value))
    #expect(isClose(a.low, 14) && isClose(a.high, 18) && isClose(b.low, 28) && isClose(b.high, 36))
    #expect(a.method == "exact fit, widened to the neighbouring x")
    #expect(fit.preferred.aicc.reason?.contains("exact") == true)
    for (x, y) in points { #expect(isClose(fit.preferred.value(at: x), y, within: 1e-6)) }
  }
}

/// The truth must lie in 95 % intervals in 90 to 99 % of the cases. 200 trials at 95 % have a
/// standard error of 1.5 %.
@Test(arguments: [FitLoss.absolute, .relative], [RampVariable.linear, .reciprocal])
func intervalsOfBreaksCover(loss: FitLoss, variable: RampVariable) throws {
  var random = SplitMix(4)
  let trials = 200
  var onsets = 0
  var saturations = 0
  for _ in 0..<trials {
    let points = SegmentedSample.points(deviation: 0.1, loss: loss, variable: variable, &random)
    let fit = try #require(SegmentedFit.fit(points, variable: variable, loss: loss).value)
    let model = try #require(fit.twoBreaks.value)
    let onset = try #require(model.onset)
    let saturation = try #require(model.saturation)
    let (a, b) = (try #require(onset.interval.value), try #require(saturation.interval.value))
    #expect(a.contains(onset.value) && b.contains(saturation.value))
    if a.contains(16) { onsets += 1 }
    if b.contains(32) { saturations += 1 }
  }
  for covered in [onsets, saturations] {
    let share = Double(covered) / Double(trials)
    #expect(share > 0.9 && share < 0.99, "onset \(onsets), saturation \(saturations) of \(trials)")
  }
}

/// The preferred model is the true one in nearly all cases, and flat data show no break in most.
@Test func preferenceFindsTheTrueModel() throws {
  var random = SplitMix(6)
  let trials = 100
  var right = [0, 0, 0]
  for _ in 0..<trials {
    let noise = SegmentedSample.positions.map { _ in 0.2 * random.normal() }
    let means: [(Double) -> Double] = [
      { _ in 5 }, { 2 + max($0 - 20, 0) / 10 }, { SegmentedSample.mean($0) },
    ]
    for (kind, mean) in means.enumerated() {
      let points = zip(SegmentedSample.positions, noise).map { (x: $0, y: mean($0) + $1) }
      let fit = try #require(SegmentedFit.fit(points).value)
      #expect(fit.comparisons.count == 3)
      if fit.preferred.kind.rawValue == kind { right[kind] += 1 }
      #expect((fit.onset.value == nil) == (fit.preferred.kind == .constant))
      #expect((fit.saturation.value == nil) == (fit.preferred.kind != .twoBreaks))
    }
  }
  #expect(right.allSatisfy { $0 >= 88 }, "\(right)")
}

@Test func hingeByHand() throws {
  // Flat at 1, then slope 2 from 4.5 on: the line through 5, 6, 7, 8 meets the level there.
  let points = (1...8).map { (x: Double($0), y: 1 + 2 * max(Double($0) - 4.5, 0)) }
  let fit = try #require(SegmentedFit.fit(points).value)
  #expect(fit.preferred.kind == .oneBreak)
  let onset = try #require(fit.onset.value)
  #expect(isClose(onset.value, 4.5, within: 1e-9))
  let interval = try #require(onset.interval.value)
  #expect(isClose(interval.low, 4) && isClose(interval.high, 5))
  #expect(
    isClose(fit.preferred.value(at: 12), 16, within: 1e-9) && isClose(fit.preferred.value(at: 2), 1)
  )
  #expect(fit.saturation.reason?.contains("one break") == true)
}

/// A constant model's squares are those about the mean, and F follows from them.
@Test func comparisonByHand() throws {
  var random = SplitMix(2)
  let points = SegmentedSample.points(deviation: 0.5, &random)
  let fit = try #require(SegmentedFit.fit(points).value)
  let n = Double(points.count)
  let mean = points.reduce(0) { $0 + $1.y } / n
  let flat = points.reduce(0) { $0 + ($1.y - mean) * ($1.y - mean) }
  #expect(isClose(fit.constant.residualSquares, flat, within: 1e-9))
  let model = try #require(fit.twoBreaks.value)
  let squares = points.reduce(0) {
    let error = model.value(at: $1.x) - $1.y
    return $0 + error * error
  }
  #expect(isClose(model.residualSquares, squares, within: 1e-9))
  #expect(isClose(model.residualScale, (squares / (n - 4)).squareRoot(), within: 1e-9))
  let last = try #require(
    fit.comparisons.first { $0.simpler == .constant && $0.richer == .twoBreaks })
  let f = try #require(last.fStatistic.value)
  #expect(isClose(f, (flat - squares) / 3 / (squares / (n - 4)), within: 1e-9))
  // At the ends of the interval the best fit's squares exceed the least by t^2 s^2.
  let interval = try #require(model.onset?.interval.value)
  let data = try #require(SegmentedData.make(points, variable: .linear, loss: .absolute).value)
  let t = GSL.studentT(level: 0.95, degreesOfFreedom: n - 4)
  for end in [interval.low, interval.high] {
    let z = (end - data.x[0]) / (data.x[data.count - 1] - data.x[0])
    let profile = RampSolution(data: data).plain.best(onset: z).squares * data.squaresUnit
    #expect(isClose(profile, squares * (1 + t * t / (n - 4)), within: 1e-6))
  }
}

@Test func endsBeyondTheDataAreOpen() throws {
  var random = SplitMix(12)
  let points = SegmentedSample.points(deviation: 0.2, &random)
  let early = try #require(SegmentedFit.fit(points.filter { $0.x < 30 }).value?.twoBreaks.value)
  #expect(
    early.saturation?.openAbove == "a saturation at or above 28, the end of the data, fits as well")
  #expect(early.saturation?.interval.value?.high == 28 && early.saturation?.openBelow == nil)
  #expect(early.onset?.openBelow == nil)
  let late = try #require(SegmentedFit.fit(points.filter { $0.x > 15 }).value?.twoBreaks.value)
  #expect(late.onset?.openBelow == "an onset at or below 16, the end of the data, fits as well")
  #expect(late.onset?.interval.value?.low == 16)
}

@Test func robustLossResistsAWildPoint() throws {
  var random = SplitMix(21)
  var onsets = 0
  var saturations = 0
  for wild in SegmentedSample.positions.indices {
    var points = SegmentedSample.points(deviation: 0.01, loss: .relative, &random)
    points[wild].y *= 2
    let robust = try #require(SegmentedFit.fit(points, loss: .robust).value?.twoBreaks.value)
    #expect(abs((robust.onset?.value ?? 0) - 16) < 0.5, "\(wild)")
    #expect(abs((robust.saturation?.value ?? 0) - 32) < 1.5, "\(wild)")
    if robust.onset?.interval.value?.contains(16) == true { onsets += 1 }
    if robust.saturation?.interval.value?.contains(32) == true { saturations += 1 }
    let plain = try #require(SegmentedFit.fit(points, loss: .relative).value?.twoBreaks.value)
    #expect(plain.residualScale > 3 * robust.residualScale, "\(wild)")
  }
  // At 95 % less than 13 of 16 would come about once in a hundred.
  #expect(onsets >= 13 && saturations >= 13, "\(onsets), \(saturations)")
}

@Test(arguments: FitLoss.allCases, RampVariable.allCases)
func segmentsFollowOrderAndUnits(loss: FitLoss, variable: RampVariable) throws {
  var random = SplitMix(17)
  let points = SegmentedSample.points(deviation: 0.05, loss: loss, &random)
  let fit = try #require(SegmentedFit.fit(points, variable: variable, loss: loss).value)
  let shuffled = SegmentedFit.fit(
    points.shuffled(using: &random), variable: variable, loss: loss)
  #expect(shuffled.value == fit)

  let scaled = try #require(
    SegmentedFit.fit(
      points.map { (x: $0.x * 1024, y: $0.y * 1e-9) }, variable: variable, loss: loss
    ).value)
  #expect(scaled.preferred.kind == fit.preferred.kind && scaled.preferred.kind == .twoBreaks)
  let (a, b) = (try #require(fit.onset.value), try #require(scaled.onset.value))
  #expect(isClose(b.value, a.value * 1024, within: 1e-5))
  #expect(isClose(b.interval.value?.low, a.interval.value.map { $0.low * 1024 }, within: 1e-5))
  #expect(isClose(scaled.preferred.after, fit.preferred.after * 1e-9, within: 1e-5))
}

/// The predicted share of weight reads that miss the RP2350's cache bends down (2-way, random
/// replacement; a simulation). Its rise begins at 16 KiB and follows (x - 16) / x at first, so
/// the reciprocal ramp is the one that fits.
@Test func bentRampIsFittedBestInTheReciprocal() throws {
  let misses = [
    (4.0, 0.0), (8, 0), (12, 0), (16, 0), (17, 0.12), (18, 0.22), (20, 0.40), (24, 0.67),
    (28, 0.78), (32, 0.86), (48, 0.97), (64, 0.99), (96, 1), (128, 1),
  ]
  let points = misses.map { (x: $0.0 * 1024, y: 1.2 + 7 * $0.1) }
  var scales: [Double] = []
  var saturations: [Double] = []
  for variable in RampVariable.allCases {
    let fit = try #require(SegmentedFit.fit(points, variable: variable, loss: .relative).value)
    #expect(fit.preferred.kind == .twoBreaks)
    #expect(fit.onset.value?.interval.value?.contains(16384) == true)
    scales.append(fit.preferred.residualScale)
    saturations.append(try #require(fit.saturation.value).value / 1024)
    if variable == .reciprocal {
      #expect(fit.saturation.value?.interval.value?.contains(32768) == true)
    }
  }
  #expect(scales[2] < scales[1] && scales[1] < scales[0])
  // The straighter the ramp the later its end.
  #expect(saturations[0] < saturations[1] && saturations[1] < saturations[2])
}

@Test func segmentsThatCannotBeFittedHaveAReason() throws {
  func fit(_ x: [Double], _ y: [Double], _ loss: FitLoss = .absolute) -> Outcome<SegmentedFit> {
    SegmentedFit.fit(zip(x, y).map { (x: $0, y: $1) }, loss: loss)
  }
  #expect(
    fit([1, 2, 3], [1, 2, 3]).reason
      == "a segmented fit needs at least 4 points, 6 for one break and 7 for two; there are 3")
  #expect(fit([1, 0, 3, 4], [1, 2, 3, 4]).reason?.contains("point 2 has 0") == true)
  #expect(fit([1, 2, 3, 4], [1, .nan, 3, 4]).reason == "value 2 is not a finite number")
  #expect(fit([1, 2, 3, 4], [1, 0, 3, 4], .relative).reason?.contains("positive") == true)
  let five = try #require(fit([1, 2, 3, 4, 5], [1, 1, 2, 3, 3]).value)
  #expect(five.preferred.kind == .constant)
  #expect(
    five.twoBreaks.reason
      == "two breaks: needs at least 7 points at 5 different x; there are 5 at 5")
  #expect(five.statement == "no break: the only model that the points allow")
  let repeated = try #require(fit([1, 1, 1, 2, 2, 2, 3], [1, 1, 2, 3, 3, 4, 5]).value)
  #expect(repeated.oneBreak.reason?.hasSuffix("there are 7 at 3") == true)
  let single = try #require(fit([2, 2, 2, 2, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7]).value)
  #expect(single.constant.before == 4 && single.preferred.kind == .constant)
  let flat = try #require(fit([1, 2, 3, 4, 5, 6, 7, 8], Array(repeating: 0.1, count: 8)).value)
  #expect(flat.preferred.kind == .constant && flat.preferred.isExact)
  #expect(flat.comparisons.allSatisfy { $0.pValue.value == nil })
  let zero = try #require(fit([1, 2, 3, 4, 5, 6, 7, 8], Array(repeating: 0, count: 8)).value)
  #expect(zero.preferred.kind == .constant && zero.preferred.before == 0)
  let level = SegmentedFit.fit(
    SegmentedSample.positions.map { ($0, SegmentedSample.mean($0)) }, level: 1)
  #expect(level.value?.onset.value?.interval.reason?.contains("level") == true)
  #expect(fit([1, 2, 3, 4, 5, 6, 7], [1e300, -1e300, 1e300, 1, 2, 3, 4]).value == nil)
}

/// Any finite points give finite figures or a reason, and breaks within the data.
@Test(arguments: 0..<150) func anyPointsAreSurvived(seed: UInt64) throws {
  var random = SplitMix(seed)
  let count = Int.random(in: 4...14, using: &random)
  let few = Bool.random(using: &random)
  let points = (0..<count).map { _ in
    (
      x: few
        ? Double(Int.random(in: 1...6, using: &random))
        : Double.random(in: 1e-3...1e6, using: &random),
      y: few
        ? Double(Int.random(in: 1...3, using: &random)) : Double.random(in: 0.1...9, using: &random)
    )
  }
  let range = (points.map(\.x).min() ?? 0)...(points.map(\.x).max() ?? 0)
  for loss in FitLoss.allCases {
    let fit = try #require(SegmentedFit.fit(points, variable: .logarithmic, loss: loss).value)
    for model in [.known(fit.constant), fit.oneBreak, fit.twoBreaks].compactMap(\.value) {
      #expect(model.before.isFinite && model.after.isFinite && model.residualScale.isFinite)
      for found in [model.onset, model.saturation].compactMap({ $0 }) {
        let interval = try #require(found.interval.value)
        #expect(range.contains(found.value) && range.contains(interval.low))
        #expect(range.contains(interval.high) && interval.contains(found.value))
      }
    }
  }
}
