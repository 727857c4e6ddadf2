/// What follows from a chart's numbers, for the figure and for the terminal alike: roofs joined and
/// clipped, axes, ridges, and the points that have a place.
struct RooflineModel {
  /// A straight piece of roof between two pairs (intensity, throughput).
  struct Line: Equatable {
    var name: String
    var value: Double
    var provenance: String
    var isMeasured: Bool
    var from: (x: Double, y: Double)
    var to: (x: Double, y: Double)

    static func == (a: Line, b: Line) -> Bool {
      a.name == b.name && a.value == b.value && a.from == b.from && a.to == b.to
    }
  }

  struct Ridge {
    var number: Int
    var x: Double
    var y: Double
  }

  let x: Scale
  /// In MAC/s or MAC/cycle, not yet in the unit of the axis.
  let y: Scale
  let memory: [Line]
  let ceilings: [Line]
  let ridges: [Ridge]
  /// Indices of the chart's points that have a place.
  let shown: [Int]
  private let chart: RooflineChart
  private let leftOut: Int
  private let badRoofs: Int

  init(_ chart: RooflineChart) {
    self.chart = chart
    let memory = chart.memoryRoofs.filter { Self.isGood($0.bandwidth) }
    let ceilings = chart.ceilings.filter { Self.isGood($0.throughput) }
    badRoofs = chart.memoryRoofs.count + chart.ceilings.count - memory.count - ceilings.count
    let good = chart.points.indices.filter { index in
      let point = chart.points[index]
      return Self.isGood(point.intensity) && Self.isGood(point.throughput)
        && chart.series.indices.contains(point.series)
    }
    let corners = chart.ridges.map { Self.corner($0, in: chart) }
    let axes = Self.axes(chart, points: good.map { chart.points[$0] }, corners: corners)
    (x, y) = axes
    shown = good.filter {
      axes.x.contains(chart.points[$0].intensity) && axes.y.contains(chart.points[$0].throughput)
    }
    leftOut = chart.points.count - shown.count
    ridges = corners.enumerated().compactMap { index, corner in
      guard let corner, axes.x.contains(corner.x), axes.y.contains(corner.y) else { return nil }
      return Ridge(number: index + 1, x: corner.x, y: corner.y)
    }
    let top = ceilings.map(\.throughput).max() ?? axes.y.high
    self.memory = memory.joined(within: Self.indistinct).compactMap {
      Self.slanted($0, top: top, axes)
    }
    let fastest = memory.map(\.bandwidth).max()
    self.ceilings = ceilings.compactMap { Self.level($0, fastest: fastest, axes) }
  }

  /// Roofs whose bandwidths differ by no more than this share cannot be told apart in a figure.
  private static let indistinct = 0.005

  static func isGood(_ value: Double) -> Bool { value.isFinite && value > 1e-60 && value < 1e60 }

  /// Where the two lines of a ridge meet.
  static func corner(
    _ ridge: RooflineChart.Ridge, in chart: RooflineChart
  ) -> (x: Double, y: Double)? {
    guard chart.memoryRoofs.indices.contains(ridge.memory),
      chart.ceilings.indices.contains(ridge.ceiling)
    else { return nil }
    let y = chart.ceilings[ridge.ceiling].throughput
    let x = y / chart.memoryRoofs[ridge.memory].bandwidth
    return isGood(x) && isGood(y) ? (x, y) : nil
  }

  private static func axes(
    _ chart: RooflineChart, points: [RooflineChart.DataPoint], corners: [(x: Double, y: Double)?]
  ) -> (x: Scale, y: Scale) {
    if let limits = chart.limits {
      return (
        .decades(covering: [limits.intensityLow, limits.intensityHigh]),
        .decades(covering: [limits.throughputLow, limits.throughputHigh])
      )
    }
    let xs =
      points.flatMap { [$0.intensity, $0.intensityLow, $0.intensityHigh, $0.otherIntensity] }
      .compactMap { $0 } + corners.compactMap { $0?.x } + bends(chart)
    let ys =
      points.flatMap { [$0.throughput, $0.low, $0.high] }.compactMap { $0 }
      + chart.ceilings.map(\.throughput)
    return (
      .decades(covering: xs.filter(isGood)),
      // Whole decades in the unit of the axis, MMAC/s, are whole decades here.
      .decades(covering: ys.filter(isGood))
    )
  }

  /// Where the memory roofs meet the highest ceiling: a roof should be seen to bend.
  private static func bends(_ chart: RooflineChart) -> [Double] {
    guard let top = chart.ceilings.map(\.throughput).filter(isGood).max() else { return [] }
    return chart.memoryRoofs.map(\.bandwidth).filter(isGood).map { top / $0 }
  }

  private static func slanted(
    _ roof: RooflineChart.MemoryRoof, top: Double, _ axes: (x: Scale, y: Scale)
  ) -> Line? {
    let start = max(axes.x.low, axes.y.low / roof.bandwidth)
    let end = min(axes.x.high, min(top, axes.y.high) / roof.bandwidth)
    guard start < end else { return nil }
    return Line(
      name: roof.name, value: roof.bandwidth, provenance: roof.provenance,
      isMeasured: roof.isMeasured, from: (start, start * roof.bandwidth),
      to: (end, end * roof.bandwidth))
  }

  private static func level(
    _ ceiling: RooflineChart.Ceiling, fastest: Double?, _ axes: (x: Scale, y: Scale)
  ) -> Line? {
    let y = ceiling.throughput
    let start = max(axes.x.low, fastest.map { y / $0 } ?? 0)
    guard axes.y.contains(y), start < axes.x.high else { return nil }
    return Line(
      name: ceiling.name, value: y, provenance: ceiling.provenance,
      isMeasured: ceiling.isMeasured, from: (start, y), to: (axes.x.high, y))
  }

  /// Points (intensity, throughput) of the curve of no overlap.
  var noOverlapCurve: [(x: Double, y: Double)] {
    guard let ridge = chart.noOverlap, let corner = Self.corner(ridge, in: chart) else { return [] }
    let bandwidth = chart.memoryRoofs[ridge.memory].bandwidth
    let steps = 96
    return (0...steps).compactMap { step in
      let intensity = x.placed(from: 0, to: 1).value(at: Double(step) / Double(steps))
      let reached = 1 / (1 / corner.y + 1 / (bandwidth * intensity))
      return y.contains(reached) ? (intensity, reached) : nil
    }
  }

  var notes: [String] {
    var notes = ["1 MAC = 2 operations."]
    if leftOut > 0 {
      notes.append(
        leftOut == 1
          ? "One point has no place on these axes and is left out."
          : "\(leftOut) points have no place on these axes and are left out.")
    }
    if badRoofs > 0 {
      notes.append(
        badRoofs == 1
          ? "One roof is not a positive number and is left out."
          : "\(badRoofs) roofs are not positive numbers and are left out.")
    }
    let above = shown.count { chart.points[$0].isAboveRoof }
    if above > 0 {
      notes.append(
        above == 1
          ? "One point lies above its roof (crossed out): an error, see the findings."
          : "\(above) points lie above their roof (crossed out): an error, see the findings.")
    }
    return notes
  }
}
