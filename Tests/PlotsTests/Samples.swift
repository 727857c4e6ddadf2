import Plots

/// Rooflines like those of the report, with round numbers.
enum Samples {
  static func heading(_ name: String) -> Heading {
    Heading(
      name: name, title: "RP2350 at 150 MHz: operators under their roofs",
      summary: "Roofline of an RP2350 with ten operators.",
      caption: "Median of 31 inferences, bars: 95 % order-statistic intervals.")
  }

  static func board(_ name: String = "roofline-rp2350") -> RooflineChart {
    var chart = RooflineChart(
      heading(name), throughput: .perSecond(clockHertz: 150e6),
      byteCounter: "weights + activations, each once")
    chart.memoryRoofs = [
      .init("SRAM", bandwidth: 600e6, provenance: "data sheet", isMeasured: false),
      .init("XIP cache hit", bandwidth: 600e6, provenance: "data sheet", isMeasured: false),
      .init("flash, sequential", bandwidth: 25e6, provenance: "QMI registers", isMeasured: true),
      .init("flash, random", bandwidth: 11.1e6, provenance: "computed", isMeasured: false),
    ]
    chart.ceilings = [
      .init("int8, SMLAD", throughput: 300e6, provenance: "instructions", isMeasured: false),
      .init("int8 convolution", throughput: 120e6, provenance: "instructions", isMeasured: true),
      .init("fp32, VFMA", throughput: 50e6, provenance: "manual", isMeasured: false),
    ]
    chart.ridges = [.init(memory: 2, ceiling: 1), .init(memory: 0, ceiling: 1)]
    chart.zone = .init(
      ridge: .init(memory: 2, ceiling: 1), left: "bandwidth-bound: fully connected",
      right: "compute-bound: convolution")
    chart.noOverlap = .init(memory: 2, ceiling: 1)
    chart.series = [.init("weights in flash", .flash), .init("weights in SRAM", .sram)]
    chart.points = points
    chart.otherByteCounter = "XIP misses × 8 B"
    chart.moves = [.init(from: 0, to: 1, label: "6.0×")]
    chart.limits = .init(intensity: 0.1...100, throughput: 1e6...1e9)
    return chart
  }

  private static var points: [RooflineChart.DataPoint] {
    let shapes: [(String, MarkerShape)] = [
      ("FULLY_CONNECTED", .square), ("CONV_2D", .circle), ("DEPTHWISE_CONV_2D", .diamond),
    ]
    let table: [(kind: Int, series: Int, x: Double, y: Double, int8: Bool, share: Double)] = [
      (0, 0, 0.25, 4.5e6, false, 0.3), (0, 1, 0.25, 27e6, false, 0.3),
      (0, 0, 1, 18e6, true, 0.05), (1, 0, 8, 70e6, true, 0.2), (1, 0, 12, 75e6, true, 0.15),
      (1, 0, 20, 16e6, false, 0.3), (2, 0, 2, 30e6, true, 0.1), (2, 1, 2.5, 40e6, true, 0.1),
      (2, 0, 1.4, 22e6, true, 0.02), (1, 1, 6, 200e6, true, 0.01),
    ]
    var points = table.enumerated().map { index, row in
      var point = RooflineChart.DataPoint(
        "operator \(index)", series: row.series, kind: shapes[row.kind].0,
        shape: shapes[row.kind].1, intensity: row.x, throughput: row.y, isFilled: row.int8,
        share: row.share, priority: row.share)
      point.low = row.y * 0.9
      point.high = row.y * 1.1
      return point
    }
    points[1].isPredicted = true
    points[5].otherIntensity = 9
    points[8].isBelowQuantum = true
    points[9].isAboveRoof = true
    return points
  }

  /// Two boards per cycle.
  static func comparison() -> RooflineChart {
    var chart = RooflineChart(
      heading("roofline-both"), throughput: .perCycle, byteCounter: "weights, each once")
    chart.memoryRoofs = [
      .init("SRAM", bandwidth: 4, provenance: "data sheets", isMeasured: false),
      .init("RP2350 flash", bandwidth: 0.167, provenance: "registers", isMeasured: true),
    ]
    chart.ceilings = [
      .init("int8", throughput: 0.8, provenance: "instructions", isMeasured: false)
    ]
    chart.series = [.init("RP2350", .flash), .init("Nucleo", .nucleo)]
    chart.points = [
      .init(
        "AD RP2350", series: 0, kind: "model", shape: .circle, intensity: 0.25, throughput: 0.03,
        isFilled: false),
      .init(
        "AD Nucleo", series: 1, kind: "model", shape: .circle, intensity: 1, throughput: 0.514,
        isFilled: true),
    ]
    return chart
  }
}
