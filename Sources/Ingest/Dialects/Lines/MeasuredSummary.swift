import Quantiles
import Support

/// What a log says of many inferences together, perhaps on several lines.
struct MeasuredSummary: Sendable {
  var name: String
  var unit: TimeUnit
  private(set) var rank: TimeWords.Rank
  private(set) var figures: [TimeWords.Statistic: LineFigure] = [:]
  private(set) var inferences: UInt64?
  private(set) var first: TextPlace
  private(set) var last: TextPlace
  let example: String

  init(_ figure: LineFigure, unit: TimeUnit, rank: TimeWords.Rank, example: String) {
    (name, self.unit, self.rank, self.example) = (figure.name, unit, rank, example)
    first = figure.number.place
    last = first
  }

  /// Adds a statistic; false where it has that one already, so that the figure begins another summary.
  mutating func add(
    _ statistic: TimeWords.Statistic, _ figure: LineFigure, of rank: TimeWords.Rank?
  ) -> Bool {
    guard figures[statistic] == nil else { return false }
    figures[statistic] = figure
    last = figure.number.place
    if let rank { self.rank = min(self.rank, rank) }
    return true
  }

  /// Over so many inferences.
  mutating func take(count: Double) {
    if count >= 1, count < 1e18 { inferences = inferences ?? UInt64(count) }
  }

  /// The time that stands for all; nil where the summary gives neither median nor mean.
  var latency: Latency? {
    let kind: LatencyKind = figures[.median] == nil ? .mean : .median
    guard let figure = figures[.median] ?? figures[.mean] else { return nil }
    var latency = Latency(
      samples: Samples([figure.value]), unit: unit, kind: kind, quantum: figure.quantum,
      inferences: inferences ?? 0)
    let spread = PrintedSpread(
      low: figures[.minimum]?.value, high: figures[.maximum]?.value,
      standardDeviation: figures[.deviation]?.value)
    if spread != PrintedSpread() { latency.spread = spread }
    return latency
  }

  /// Whether this is a later state of a running summary: its range holds the other's.
  func continues(_ other: MeasuredSummary) -> Bool {
    guard name == other.name, unit == other.unit, let low = figures[.minimum],
      let high = figures[.maximum],
      let otherLow = other.figures[.minimum], let otherHigh = other.figures[.maximum],
      latency != nil
    else { return false }
    return low.value <= otherLow.value && high.value >= otherHigh.value
  }

  /// Shortest, longest and all together, where they are printed.
  var statistics: TimeStatistics? {
    guard let inferences, let low = figures[.minimum]?.value, let high = figures[.maximum]?.value,
      let mean = figures[.mean]?.value, low <= mean, mean <= high
    else { return nil }
    return TimeStatistics(
      count: inferences, minimum: low, maximum: high, total: mean * Double(inferences))
  }
}
