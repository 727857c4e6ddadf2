import Core
import Ingest
import Notebook
import Performance
import Plots
import Statistics
import Support

/// How the times of single inferences spread (H).
enum DistributionFigures {
  private static let mostRuns = 16
  private static let mostDots = 400

  static func blocks(_ analysis: Analysis) -> [Block] {
    let runs = analysis.selection.runs.filter { run in
      guard let latency = run.run.latency, run.seconds.value != nil else { return false }
      return latency.kind == .inference && latency.samples.count >= 5
    }
    guard !runs.isEmpty else { return [] }
    let rows = runs.prefix(mostRuns).compactMap(row)
    guard !rows.isEmpty else { return [] }
    let chart = DistributionChart(
      Heading(
        name: "distribution", title: "Times of single inferences",
        summary: rows.map {
          "\($0.label): \(counted($0.count, "inference"))"
            + ($0.median.map { ", median \(Format.number($0)) ms" } ?? "")
        }.joined(separator: "; ") + ".",
        caption: "Median with its interval by order statistics; the timer's quantum is drawn."
          + (runs.count > mostRuns ? " \(runs.count - mostRuns) more runs are in the table." : "")),
      unit: "ms", level: analysis.options.confidence, runs: rows)
    return [.chart(chart)]
  }

  private static func row(_ run: AnalysedRun) -> DistributionChart.Run? {
    guard let latency = run.run.latency, let known = run.seconds.value else { return nil }
    let entries = latency.samples.sorted
    // What turns a printed value into ms follows from the median, which is known in both units.
    guard let median = latency.samples.median, median > 0 else { return nil }
    let scale = known.value / median * 1e3
    let times: DistributionChart.Times
    if latency.samples.count <= UInt64(mostDots) {
      times = .samples(
        entries.flatMap { entry in
          Array(repeating: entry.value * scale, count: Int(min(entry.count, UInt64(mostDots))))
        })
    } else {
      times = .bins(bins(entries, scale))
    }
    return DistributionChart.Run(
      run.id, run.weights == .sram ? .sram : .flash, times,
      count: Int(clamping: latency.samples.count), median: known.value * 1e3,
      low: known.interval.value.map { $0.low * 1e3 },
      high: known.interval.value.map { $0.high * 1e3 }, reason: known.interval.reason,
      quantum: latency.quantum > 0 ? latency.quantum * scale : nil)
  }

  /// Equal bins over the range.
  private static func bins(
    _ entries: [(value: Double, count: UInt64)], _ scale: Double
  ) -> [DistributionChart.Bin] {
    guard let low = entries.map(\.value).min(), let high = entries.map(\.value).max() else {
      return []
    }
    let count = 40
    let width = (high - low) / Double(count)
    guard width > 0 else {
      let total = entries.reduce(UInt64(0)) { $0 &+ $1.count }
      return [
        DistributionChart.Bin(low: low * scale, high: low * scale, count: Int(clamping: total))
      ]
    }
    var counts = [UInt64](repeating: 0, count: count)
    for entry in entries {
      counts[min(Int((entry.value - low) / width), count - 1)] += entry.count
    }
    return counts.enumerated().map { i, number in
      DistributionChart.Bin(
        low: (low + Double(i) * width) * scale, high: (low + Double(i + 1) * width) * scale,
        count: Int(clamping: number))
    }
  }
}
