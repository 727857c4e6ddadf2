import Notebook
import Performance
import Plots
import Reference
import Support

/// The rooflines of a report: one per board, moves from flash to SRAM, and boards per cycle.
enum RooflineFigures {
  /// One figure per board (A), with arrows where a run has a twin in SRAM (B); then all boards (C).
  static func blocks(_ analysis: Analysis) -> [Block] {
    let roofline = analysis.roofline
    var blocks: [Block] = []
    var boards: [RooflineMachine] = []
    let limits = limits(roofline)
    for machine in roofline.machines {
      let points = BoardPoints(analysis, machine)
      guard !points.all.isEmpty else { continue }
      boards.append(machine)
      let chart = board(analysis, machine, points, limits)
      blocks.append(
        .chart(chart) { width, unicode in
          TextDrawing(
            TextRoofline(chart, columns: min(width, 100), ascii: !unicode).lines)
        })
    }
    if boards.count > 1, let chart = comparison(analysis, boards, limits) {
      blocks.append(.chart(chart))
    }
    return blocks
  }

  /// The intensity of a point is that of the level that holds its weights.
  private static let counterWords = "weights, each once (from SRAM: and activations)"

  /// The roofs and points of one board.
  private static func board(
    _ analysis: Analysis, _ machine: RooflineMachine, _ points: BoardPoints,
    _ limits: RooflineChart.Limits
  ) -> RooflineChart {
    var chart = RooflineChart(
      Heading(
        name: "roofline-\(machine.short)", title: title(analysis, machine, points),
        summary: summary(machine, points), caption: caption(machine, points)),
      throughput: .perSecond(clockHertz: machine.clockHz),
      byteCounter: counterWords)
    fill(&chart, machine, scale: machine.clockHz)
    chart.series = points.series.map { PointSeries($0.name, $0.role) }
    chart.points = points.all.map { $0.dataPoint(scale: machine.clockHz) }
    chart.moves = points.moves
    chart.otherByteCounter = points.all.otherCounterWords
    chart.limits = limits.perSecond(at: machine.clockHz)
    return chart
  }

  /// Roofs, ridges and the shaded side.
  private static func fill(
    _ chart: inout RooflineChart, _ machine: RooflineMachine, scale: Double
  ) {
    let (memory, compute) = (machine.memory.coinciding, machine.compute.coinciding)
    chart.memoryRoofs = memory.map { lines in
      RooflineChart.MemoryRoof(
        listed(lines.map { RoofNames.short($0) }), bandwidth: lines[0].bytesPerCycle * scale,
        provenance: RoofNames.provenance(lines[0].provenance),
        isMeasured: lines.allSatisfy(\.provenance.isMeasured))
    }
    chart.ceilings = compute.map { lines in
      RooflineChart.Ceiling(
        lines.map { RoofNames.short($0) }.joined(separator: "; "),
        throughput: lines[0].macsPerCycle * scale,
        provenance: RoofNames.provenance(lines[0].provenance),
        isMeasured: lines.allSatisfy(\.provenance.isMeasured))
    }
    func pair(_ memoryID: String, _ computeID: String) -> RooflineChart.Ridge? {
      guard let m = memory.firstIndex(where: { $0.contains { $0.id == memoryID } }),
        let c = compute.firstIndex(where: { $0.contains { $0.id == computeID } })
      else { return nil }
      return RooflineChart.Ridge(memory: m, ceiling: c)
    }
    chart.ridges = [
      pair("flash", "int8-conv"), pair("flash", "fp32"), pair("sram", "int8-conv"),
    ].compactMap { $0 }
    if let ridge = pair("flash", "int8-conv") ?? pair("flash", "int8") {
      chart.zone = RooflineChart.Zone(
        ridge: ridge, left: "int8 bandwidth-bound from flash: FC", right: "int8 compute-bound: CNN")
      chart.noOverlap = ridge
    }
  }

  /// The same for every board that is compared: whole decades over all points and ceilings, in MAC/cycle.
  private static func limits(_ roofline: Roofline) -> RooflineChart.Limits {
    var intensity = 0.1...100.0
    var throughput = 0.01...2.0
    for point in roofline.points {
      if let known = point.intensity.value { intensity = intensity.reaching(known) }
      throughput = throughput.reaching(point.macsPerCycle.value)
    }
    return RooflineChart.Limits(intensity: intensity, throughput: throughput)
  }

  // MARK: words

  private static func title(
    _ analysis: Analysis, _ machine: RooflineMachine, _ points: BoardPoints
  ) -> String {
    let head = analysis.roofline.words(machine)
    // A point above its roof is an error and tells nothing of the time.
    let bounds = points.all.compactMap { $0.point }.filter(\.excesses.isEmpty).compactMap {
      $0.bound.value?.term.words
    }
    guard let first = bounds.first else { return head }
    let most = Set(bounds).map { word in (word, bounds.filter { $0 == word }.count) }
      .max { ($0.1, $1.0) < ($1.1, $0.0) }
    guard let most, most.1 > 1 || bounds.count == 1 else { return "\(head): \(first) and more" }
    return "\(head): most time goes to \(most.0)"
  }

  private static func summary(_ machine: RooflineMachine, _ points: BoardPoints) -> String {
    let words = points.all.prefix(12).map { point in
      "\(point.label) at \(Format.number(point.intensity, digits: 3)) MAC/B reaches "
        + "\(Format.number(point.rate, digits: 3)) MAC/cycle"
    }
    return "Roofline of \(machine.name) at \(Format.clock(machine.clockHz)). "
      + "\(words.joined(separator: "; ")).\(points.all.count > 12 ? " More in the table." : "")"
  }

  private static func caption(_ machine: RooflineMachine, _ points: BoardPoints) -> String {
    var text = "\(machine.name), \(Format.clock(machine.clockHz)). \(points.conditions) "
    text += "Biases are not counted as bytes."
    if points.all.contains(where: \.isPredicted) {
      text += " Predicted points come from the machine model; no board was used for them."
    }
    if !points.moves.isEmpty {
      text += " Arrows: the same model and dtype with its weights moved from flash to SRAM."
    }
    text += more(points.undrawn)
    return text
  }

  private static func more(_ count: Int) -> String {
    count > 0 ? " \(Format.grouped(count)) more points are in the table." : ""
  }

  /// All boards in MAC/cycle on the same axes.
  private static func comparison(
    _ analysis: Analysis, _ boards: [RooflineMachine], _ limits: RooflineChart.Limits
  ) -> RooflineChart? {
    let sets = boards.map { BoardPoints(analysis, $0, onlyModels: true, comparing: true) }
    let names = boards.map(\.short)
    var chart = RooflineChart(
      Heading(
        name: "roofline-boards", title: "\(listed(names)), per cycle of each clock",
        summary: "Rooflines of \(listed(names)) on the same axes, in MAC per cycle: the clocks are "
          + "divided out.",
        caption: boards.map { "\($0.name) at \(Format.clock($0.clockHz))" }.joined(separator: "; ")
          + ". \(sets[0].conditions) Biases are not counted as bytes."
          + more(sets.reduce(0) { $0 + $1.undrawn })),
      throughput: .perCycle, byteCounter: counterWords)
    for (machine, points) in zip(boards, sets) {
      var own = RooflineChart(chart.heading, throughput: .perCycle, byteCounter: "")
      fill(&own, machine, scale: 1)
      chart.memoryRoofs += own.memoryRoofs.map { roof in
        var roof = roof
        roof.name = "\(machine.short) \(roof.name)"
        return roof
      }
      chart.ceilings += own.ceilings
      let offset = chart.series.count
      chart.series += points.series.map {
        PointSeries("\(machine.short), \($0.name)", $0.role)
      }
      chart.points += points.all.filter { !$0.isPredicted }.map { point in
        var data = point.dataPoint(scale: 1)
        data.series += offset
        return data
      }
    }
    guard chart.points.count > 1 else { return nil }
    chart.memoryRoofs = chart.memoryRoofs.joined(within: 0)
    chart.ceilings = chart.ceilings.joined(within: 0)
    chart.otherByteCounter = sets.flatMap { $0.all.filter { !$0.isPredicted } }.otherCounterWords
    chart.limits = limits
    return chart
  }
}

extension ClosedRange<Double> {
  /// As far as `value`, where that has a place on a logarithmic axis.
  fileprivate func reaching(_ value: Double) -> Self {
    guard value > 0, value.isFinite else { return self }
    return Swift.min(lowerBound, value)...Swift.max(upperBound, value)
  }
}

extension RooflineChart.Limits {
  /// The same in MAC/s.
  fileprivate func perSecond(at clockHz: Double) -> Self {
    Self(
      intensity: intensityLow...intensityHigh,
      throughput: throughputLow * clockHz...throughputHigh * clockHz)
  }
}
