/// The times of a run as they are drawn.
struct TimesModel {
  enum Shape {
    /// Nothing usable.
    case none
    /// All the same.
    case exact(Double)
    /// Few: every one a dot, in columns.
    case dots([Double])
    case bins([DistributionChart.Bin])
  }

  let shape: Shape
  /// Times and bins that are not usable.
  let leftOut: Int

  var isEmpty: Bool {
    if case .none = shape { return true }
    return false
  }

  static let dotLimit = 120
  static let binLimit = 400
  private static let ownBins = 60.0

  init(_ run: DistributionChart.Run) {
    switch run.times {
    case .samples(let samples):
      let good = samples.filter { $0.isFinite && abs($0) < 1e60 }
      leftOut = samples.count - good.count
      shape = Self.shape(good, quantum: run.quantum)
    case .bins(let bins):
      let good = bins.filter {
        $0.low.isFinite && $0.high.isFinite && abs($0.low) < 1e60 && abs($0.high) < 1e60
          && $0.low <= $0.high && $0.count > 0
      }
      leftOut = bins.lazy.filter { $0.count != 0 }.count - min(good.count, Self.binLimit)
      let shown = Array(good.prefix(Self.binLimit))
      if let first = shown.first, shown.allSatisfy({ $0.low == first.low && $0.high == first.low })
      {
        shape = .exact(first.low)
      } else {
        shape = shown.isEmpty ? .none : .bins(shown)
      }
    }
  }

  private static func shape(_ samples: [Double], quantum: Double?) -> Shape {
    guard let least = samples.min(), let most = samples.max() else { return .none }
    if least == most { return .exact(least) }
    guard samples.count > dotLimit else { return .dots(samples.sorted()) }
    // Bins of whole quanta, else some bins hold more ticks than others and the picture ripples.
    var width = (most - least) / ownBins
    var start = least
    if let quantum, quantum.isFinite, quantum > 0, quantum <= most - least {
      width = max(1, (width / quantum).rounded(.up)) * quantum
      start = least - quantum / 2
    }
    guard width > 0, width.isFinite else { return .dots(Array(samples.sorted().prefix(dotLimit))) }
    let last = min(max(1, ((most - start) / width).rounded(.down) + 1), 2 * ownBins)
    var counts = [Int](repeating: 0, count: Int(last))
    for sample in samples {
      let bin = ((sample - start) / width).rounded(.down)
      counts[Int(min(max(0, bin), last - 1))] += 1
    }
    return .bins(
      counts.enumerated().map { index, count in
        DistributionChart.Bin(
          low: start + Double(index) * width, high: start + Double(index + 1) * width,
          count: count)
      })
  }
}
