import Plots

/// Figures with realistic numbers: the published times of the original, the miss shares of the
/// cache simulation, and seeded noise where no numbers were published.
enum ChartExamples {
  /// A small generator, so that examples never change (Knuth's MMIX constants).
  struct Noise: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 31)
    }
    mutating func unit() -> Double { Double(next() >> 40) / Double(1 << 24) }
  }

  static let kibibyte = 1024.0

  /// Share of weight reads that miss a cache of 16 KiB.
  static func missShare(_ kib: Double) -> Double {
    let table: [(Double, Double)] = [
      (0, 0), (16, 0), (17, 0.12), (18, 0.22), (20, 0.40), (24, 0.67), (28, 0.78), (32, 0.86),
      (48, 0.97), (96, 1), (4_096, 1),
    ]
    for (a, b) in zip(table, table.dropFirst()) where kib <= b.0 {
      return a.1 + (b.1 - a.1) * (kib - a.0) / (b.0 - a.0)
    }
    return 1
  }

  static func heading(_ name: String, _ title: String, _ caption: String, _ layout: Layout)
    -> Heading
  {
    Heading(name: name, title: title, summary: title, caption: caption, layout: layout)
  }

  static func sweep(_ layout: Layout = .wide, isLogarithmic: Bool = false) -> SweepChart {
    var noise = Noise(seed: 7)
    let sizes: [Double] = [4, 6, 8, 10, 12, 14, 15, 16, 17, 18, 20, 22, 24, 28, 32, 40, 48, 64, 96]
    func points(_ base: Double, _ perMiss: Double) -> [SweepChart.DataPoint] {
      sizes.map { size in
        let cost = (base + perMiss * missShare(size)) * (0.985 + 0.03 * noise.unit())
        return SweepChart.DataPoint(
          bytes: size * kibibyte, cost: cost, low: cost * 0.98, high: cost * 1.025)
      }
    }
    func fit(_ base: Double, _ perMiss: Double, _ onset: Double, _ full: Double) -> SweepChart.Fit {
      SweepChart.Fit(
        over: 4_096...98_304,
        onset: .init(
          bytes: onset * kibibyte, low: (onset - 0.7) * kibibyte, high: (onset + 0.5) * kibibyte),
        saturation: .init(
          bytes: full * kibibyte, low: (full - 3.1) * kibibyte, high: (full + 4.2) * kibibyte)
      ) { bytes in
        let share = (bytes / kibibyte - onset) / (full - onset) * full * kibibyte / bytes
        return base + perMiss * min(max(share, 0), 1)
      }
    }
    return SweepChart(
      heading(
        "sweep", "Above 16 KiB of weights per operator the cache no longer holds them",
        "RP2350 at 150 MHz, TFLM -O3, flash quad at clk_sys/3. Medians of 31 inferences, bars and "
          + "bands: 95 %. Segmented regression, intervals by profile.", layout),
      isLogarithmic: isLogarithmic, capacities: [.init("XIP cache", bytes: 16_384)],
      series: [
        .init(
          "CNN int8, flash", .flash, .circle, isFilled: true, points: points(1.6, 3.4),
          fit: fit(1.6, 3.4, 16.1, 33.4)),
        .init(
          "CNN fp32, flash", .flash, .circle, isFilled: false, points: points(9.4, 13.6),
          fit: fit(9.4, 13.6, 15.8, 34.9)),
        .init("CNN int8, SRAM", .sram, .circle, isFilled: true, points: points(1.55, 0)),
        .init("CNN fp32, SRAM", .sram, .circle, isFilled: false, points: points(9.3, 0)),
        .init("FC int8, flash", .flash, .square, isFilled: true, points: points(8.6, 0)),
        .init("FC fp32, flash", .flash, .square, isFilled: false, points: points(33.6, 0)),
        .init("FC int8, SRAM", .sram, .square, isFilled: true, points: points(2.1, 0)),
        .init(
          "FC fp32, SRAM", .sram, .square, isFilled: false, isPredicted: true,
          points: points(9.1, 0)),
      ])
  }

  static func smallSweep(_ layout: Layout = .wide) -> SweepChart {
    var chart = sweep(layout)
    chart.heading.name = "sweep-cnn"
    chart.series = [chart.series[0], chart.series[2]]
    return chart
  }

  static func forest(_ layout: Layout = .wide) -> ForestChart {
    func row(_ label: String, _ ratio: Double, _ spread: Double, _ n: Int) -> ForestChart.Row {
      .init(label, ratio: ratio, low: ratio / spread, high: ratio * spread, count: n)
    }
    return ForestChart(
      heading(
        "forest", "On the RP2350 int8 is slower than fp32 because of one operator: TANH",
        "Ratio of medians, bars: 95 % percentile bootstrap, 2,000 resamples, Holm-corrected.",
        layout), axisTitle: "time int8 / time fp32", below: "int8 faster", above: "int8 slower",
      groups: [
        .init(
          "RP2350 at 150 MHz, SRAM", .sram,
          rows: [
            row("whole model (proprietary)", 1.65, 1.012, 31), row("TANH", 6.03, 1.03, 31),
            row("FULLY_CONNECTED 64 × 256", 0.669, 1.01, 31),
            row("FULLY_CONNECTED 256 × 64", 0.702, 1.02, 31), row("RELU", 0.52, 1.35, 31),
            .init("MINIMUM", ratio: 1.08, count: 3, reason: "3 samples; 6 are needed"),
            .init("QUANTIZE", ratio: .nan, count: 31, reason: "only in the int8 graph"),
          ]),
        .init(
          "Nucleo U575 at 160 MHz", .nucleo,
          rows: [
            .init(
              "whole model (proprietary)", ratio: 0.371, count: 1,
              reason: "published without spread"
            ), .init("TANH", ratio: 0.0754, count: 1, reason: "published without spread"),
            .init(
              "FULLY_CONNECTED 64 × 256", ratio: 0.362, count: 1, reason: "published without spread"
            ),
            .init("RELU", ratio: 0.8, low: 0.55, high: 1.15, isPredicted: true),
          ]),
      ])
  }

  static func gap(
    _ title: String, _ total: Double, placement: Double, dtype: Double, predicted: Bool
  ) -> WaterfallChart.Gap {
    let clock = 160.0 / 150
    return WaterfallChart.Gap(
      title,
      factors: [
        .init("clock 160 / 150 MHz", ratio: clock, origin: .exact, role: .doubtful),
        .init(
          "weights flash → SRAM", ratio: placement,
          origin: .runs(predicted ? .predicted : .published),
          role: .flash),
        .init(
          "fp32 → int8", ratio: dtype, origin: .runs(predicted ? .predicted : .published),
          role: .fourth,
          confoundedBy: predicted ? [] : ["author", "method", "placement"]),
        .init(
          "kernels, the rest", ratio: total / clock / placement / dtype,
          origin: .runs(predicted ? .predicted : .published), role: .sram),
      ], total: total, totalOrigin: .runs(.published))
  }

  static func waterfall(_ layout: Layout = .wide) -> WaterfallChart {
    WaterfallChart(
      heading(
        "waterfall", "What the gaps between RP2350 and Nucleo are made of",
        "Published times; the factors' logarithms add up to the gap's.", layout),
      axisTitle: "time RP2350 / time Nucleo",
      gaps: [
        gap("Streaming Wake Word: 16.5×", 16.51, placement: 3.733, dtype: 4.101, predicted: false),
        gap("Anomaly Detection: 18.4×", 18.37, placement: 3.49, dtype: 3.84, predicted: true),
        gap("Image Classification: 15.6×", 15.62, placement: 1.284, dtype: 5.83, predicted: true),
        gap("Keyword Spotting: 2.08×", 2.083, placement: 1.017, dtype: 1, predicted: true),
      ])
  }

  static func oneGap(_ layout: Layout = .wide) -> WaterfallChart {
    var chart = waterfall(layout)
    chart.heading.name = "waterfall-sww"
    chart.gaps = [chart.gaps[0]]
    return chart
  }

  static func prediction(_ layout: Layout = .wide) -> PredictionChart {
    func point(
      _ label: String, _ series: Int, _ isFilled: Bool, _ measured: Double, _ predicted: Double,
      _ leftOut: Double
    ) -> PredictionChart.DataPoint {
      var point = PredictionChart.DataPoint(
        label, series: series, isFilled: isFilled, measured: measured, predicted: predicted,
        leftOutError: leftOut / 100)
      point.predictedLow = predicted * 0.97
      point.predictedHigh = predicted * 1.03
      return point
    }
    func only(_ label: String, _ series: Int, _ value: Double, _ spread: Double)
      -> PredictionChart.Prediction
    {
      .init(
        label, series: series, isFilled: true, predicted: value, low: value / spread,
        high: value * spread)
    }
    return PredictionChart(
      heading(
        "prediction", "Two parameters explain six runs to within one percent",
        "cycles = CPI × instructions + L × line fills + 60 × fills that are not sequential; least "
          + "squares of the relative error. Intervals: 95 % prediction.", layout), unit: "ms",
      series: [.init("weights in flash", .flash), .init("weights in SRAM", .sram)],
      points: [
        point("AD fp32", 0, false, 58.95, 59.06, 0.30),
        point("IC fp32", 0, false, 1_709.93, 1_702.1, -0.57),
        point("VWW fp32", 0, false, 1_375.02, 1_377.9, 0.25),
        point("KWS int8", 0, true, 60.40, 60.68, 0.86),
        point("SWW fp32", 0, false, 192.41, 192.38, -0.02),
        point("SWW fp32, SRAM", 1, false, 51.542, 51.34, -0.76),
      ],
      predictions: [
        only("AD int8, flash", 0, 16.9, 1.04), only("AD int8, SRAM", 1, 4.4, 1.03),
        only("IC int8, flash", 0, 293, 1.12), only("IC int8, SRAM", 1, 228, 1.1),
        only("SWW int8, flash", 0, 20.2, 1.05), only("SWW int8, SRAM", 1, 16.9, 1.04),
        only("VWW int8, flash", 0, 223, 1.15), only("VWW int8, SRAM", 1, 187, 1.13),
      ])
  }

  static func distribution(_ layout: Layout = .wide) -> DistributionChart {
    var noise = Noise(seed: 3)
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + noise.unit() } }
    func microseconds(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
    let few: [Double] = (0..<31).map { _ in microseconds(192.41 + 0.004 * normal()) }
    let many: [Double] = (0..<20_000).map { index in
      let late: Double = index % 9 == 0 ? 0.06 : 0
      return microseconds(60.4 + 0.01 * normal() + late)
    }
    let bins: [DistributionChart.Bin] = (0..<80).map { index in
      let low = 51.5 + Double(index) * 0.002
      let far = Double((index - 30) * (index - 30))
      return DistributionChart.Bin(low: low, high: low + 0.002, count: Int(4e6 / (1 + far / 20)))
    }
    return DistributionChart(
      heading(
        "distribution", "Inference times scatter by a few microseconds",
        "Lines: medians; bands: 95 % order-statistic intervals.", layout), unit: "ms",
      runs: [
        .init(
          "SWW fp32, flash", .flash, .samples(few), median: 192.41, low: 192.408, high: 192.412,
          quantum: 0.001),
        .init(
          "KWS int8, flash", .flash, .samples(many), median: 60.402, low: 60.401, high: 60.403,
          quantum: 0.001),
        .init(
          "AD, Nucleo", .nucleo, .samples([3.2095, 3.2095, 3.2095, 3.2095, 3.2095]),
          median: 3.2095, reason: "5 samples; 6 are needed", quantum: 0.001),
        .init(
          "SWW fp32, SRAM", .sram, .bins(bins), median: 51.561, low: 51.5605, high: 51.5615,
          quantum: 0.001),
        .init(
          "IC int8", .flash, .samples([1_709.1, 1_709.93, 1_711.2]), median: 1_709.93,
          reason: "3 samples; 6 are needed", quantum: 0.001),
        .init("VWW fp32", .flash, .samples([]), reason: "no times in the log"),
      ])
  }

  static func breakdown(_ layout: Layout = .wide) -> BreakdownChart {
    BreakdownChart(
      heading(
        "breakdown", "Most of the float models' time is waiting for flash",
        "Cycles by the fitted model; not explained: measured less fitted.", layout),
      quantity: "cycles", unit: "Mcycles",
      parts: [
        .init("instructions", .nucleo, .solid), .init("waiting for data", .flash, .hatched),
        .init("starting transfers", .sram, .dotted), .init("not explained", .doubtful, .open),
      ],
      rows: [
        .init("AD fp32, flash", values: [1.34, 7.45, 0.07, -0.018], total: 8.8425),
        .init("IC fp32, flash", values: [133.6, 98.2, 23.5, 1.17], total: 256.49),
        .init("VWW fp32, flash", values: [92.4, 91.7, 22.6, -0.43], total: 206.25),
        .init("KWS int8, flash", values: [8.71, 0.25, 0.14, -0.042], total: 9.06),
        .init("SWW fp32, flash", values: [7.7, 17.9, 3.26, 0.004], total: 28.86),
        .init("SWW fp32, SRAM", values: [7.7, 0, 0, 0.03], total: 7.73),
      ])
  }
}
