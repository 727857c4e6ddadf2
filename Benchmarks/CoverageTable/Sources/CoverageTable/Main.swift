import Core
import Quantiles
import Statistics
import Support

/// How often intervals were given, and held the truth.
struct Share {
  var given = 0
  var held = 0
  /// Intervals of a ratio that lie above 1, where both sides are the same.
  var slower = 0

  mutating func take(_ interval: Interval?, _ truth: Double) {
    guard let interval else { return }
    given += 1
    if interval.contains(truth) { held += 1 }
    if interval.low > truth { slower += 1 }
  }

  func cells(of trials: Int) -> [String] {
    [
      Format.fixed(Double(given) / Double(trials), places: 2),
      given == 0 ? "" : Format.fixed(Double(held) / Double(given), places: 3),
    ]
  }
}

@main
struct CoverageTable {
  static let level = 0.95

  static func main() {
    let trials = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
    print(
      "Nominal coverage 0.95, \(trials) trials a row. Given: share of trials with an interval; "
        + "covered: share of these that hold the truth.\n")
    line([
      "times", "n", "found dependent", "median given", "covered", "ratio given", "covered",
      "false slower",
    ])
    line([String](repeating: "---", count: 8))
    for times in Times.allCases {
      for count in [6, 10, 30, 100, 300, 1000] { row(times, count, trials) }
    }
    print(
      "\nBoots: each with an offset of its own, 20 inferences of sd 200 in each. Found: share of rows whose "
        + "boots are shown to differ; mean and ratio have the unit that `analyze` chooses.\n")
    line([
      "boots", "sd of offsets", "found", "pooled ratio covered", "mean covered", "ratio covered",
      "false slower",
    ])
    line([String](repeating: "---", count: 7))
    for offset in [0.0, 100, 400] {
      for boots in [2, 3, 5, 10] { bootRow(boots, offset, trials) }
    }
  }

  private static func row(_ times: Times, _ count: Int, _ trials: Int) {
    var random = SplitMix64(seed: UInt64(count))
    var (median, ratio, dependent) = (Share(), Share(), 0)
    for trial in 0..<trials {
      let (a, b) = (Side(times.series(count, &random)), Side(times.series(count, &random)))
      if a.dependence?.isEvident == true { dependent += 1 }
      median.take(
        a.samples.medianEstimate(level: level, quantum: 1, dependence: a.dependence).value?
          .interval.value, times.median)
      ratio.take(a.ratio(to: b, seed: UInt64(trial)), 1)
    }
    line(
      [times.name, "\(count)", Format.fixed(Double(dependent) / Double(trials), places: 3)]
        + median.cells(of: trials) + ratio.cells(of: trials)
        + [Format.fixed(Double(ratio.slower) / Double(trials), places: 3)])
  }

  private static func bootRow(_ boots: Int, _ deviation: Double, _ trials: Int) {
    var random = SplitMix64(seed: UInt64(boots))
    var (pooled, means, ratios, found) = (Share(), Share(), Share(), 0)
    for trial in 0..<trials {
      func row() -> BootRow {
        BootRow(
          (0..<boots).map { _ in
            let offset = deviation * random.normal()
            return Times.gaussian.series(20, &random).map { UInt64(Double($0) + offset) }
          })
      }
      let (a, b) = (row(), row())
      if a.differs { found += 1 }
      pooled.take(a.pooled.ratio(to: b.pooled, seed: UInt64(trial)), 1)
      means.take(a.interval, 60_000)
      ratios.take(a.ratio(to: b, seed: UInt64(trial)), 1)
    }
    line([
      "\(boots)", Format.fixed(deviation, places: 0),
      Format.fixed(Double(found) / Double(trials), places: 3), pooled.cells(of: trials)[1],
      means.cells(of: trials)[1], ratios.cells(of: trials)[1],
      Format.fixed(Double(ratios.slower) / Double(trials), places: 3),
    ])
  }

  private static func line(_ cells: [String]) {
    print("| " + cells.joined(separator: " | ") + " |")
  }
}

/// Samples of one side and what their order says.
struct Side {
  var samples: Samples
  var dependence: SerialDependence?

  init(_ ticks: [UInt64]) {
    samples = Samples(ticks.map { Double($0) })
    dependence = samples.dependence(SuccessiveDifferences(ticks))
  }

  /// All boots as if they were one series, their order not looked at.
  init(pooled boots: [[UInt64]]) { samples = Samples(boots.joined().map { Double($0) }) }

  var median: Double { samples.median ?? 0 }

  func ratio(to reference: Side, seed: UInt64) -> Interval? {
    ratioOfMedians(
      samples, over: reference.samples, level: CoverageTable.level, subjectQuantum: 1,
      referenceQuantum: 1, subjectDependence: dependence,
      referenceDependence: reference.dependence, resamples: 999, seed: seed
    ).value?.interval.value
  }
}

/// A row of boots: where these are found to differ they are the unit of its intervals.
struct BootRow {
  var pooled: Side
  var differs: Bool
  var isOfBoots: Bool
  var summary: MeanSummary

  init(_ boots: [[UInt64]]) {
    pooled = Side(pooled: boots)
    let sides = boots.map { Side($0) }
    let p = kruskalWallis(sides.map(\.samples)).value?.pValue ?? 1
    differs = p <= 0.01
    isOfBoots = p <= 0.25
    summary =
      MeanSummary(bootMedians: sides.map(\.median))
      ?? MeanSummary(mean: 0, standardDeviation: 0, count: 0)
  }

  var interval: Interval? {
    isOfBoots
      ? summary.estimate(level: CoverageTable.level, quantum: 1).interval.value
      : pooled.samples.medianEstimate(level: CoverageTable.level, quantum: 1).value?.interval.value
  }

  func ratio(to reference: BootRow, seed: UInt64) -> Interval? {
    switch (isOfBoots, reference.isOfBoots) {
    case (false, false): pooled.ratio(to: reference.pooled, seed: seed)
    case (true, true):
      ratioOfMeans(summary, over: reference.summary, level: CoverageTable.level).value?.interval
        .value
    default: interval.flatMap { a in reference.interval.flatMap { a.divided(by: $0).value } }
    }
  }
}
