import Core
import Notebook
import Performance
import Plots
import Support

/// Cycles per MAC against the weights of a layer (D); convolutions and fully connected layers apart.
enum CrossoverFigures {
  static func blocks(_ crossovers: [Crossover], level: Double) -> [Block] {
    let data = CrossoverFigureData(crossovers)
    let kinds = [
      ("CONV_2D", "cnn", "CNN: where weights outgrow the cache"),
      ("FULLY_CONNECTED", "fc", "FC: cycles per MAC by size"),
    ]
    return kinds.compactMap { kind, name, title in
      let series = data.series.filter { $0.kind == kind && !$0.points.isEmpty }
      guard !series.isEmpty else { return nil }
      return .chart(chart(series, data.cacheBytes, level, name: name, title: title))
    }
  }

  private static func chart(
    _ series: [CrossoverFigureData.Series], _ cacheBytes: Double?, _ level: Double, name: String,
    title: String
  ) -> SweepChart {
    let isPredicted = series.allSatisfy { $0.origin == .predicted }
    let isFlat = series.allSatisfy { $0.onset == nil }
    let pieces =
      isFlat
      ? "Lines: no rise with the size of the weights"
      : "Curves: flat, a ramp straight in −1/bytes, plateau; bands: "
        + "\(Format.confidence(level)) intervals of onset and saturation"
    return SweepChart(
      Heading(
        name: "crossover-\(name)", title: title + (isPredicted ? " (predicted)" : ""),
        summary: series.map(words).joined(separator: "; ") + ".",
        caption: pieces
          + (isPredicted && !isFlat
            ? ", which tell how far the curve is from such pieces, for nothing here is noise."
            : ".")
          + (isPredicted ? " By the machine model; no board was used." : "")),
      isLogarithmic: true,
      capacities: cacheBytes.map { [SweepChart.Capacity("XIP cache", bytes: $0)] } ?? [],
      series: series.map(line))
  }

  private static func words(_ one: CrossoverFigureData.Series) -> String {
    let costs = one.points.map(\.cyclesPerMAC)
    var text =
      "\(one.name): \(Format.number(costs.min() ?? 0, digits: 3)) to "
      + "\(Format.number(costs.max() ?? 0, digits: 3)) cycles per MAC"
    if let onset = one.onset {
      text += ", rising from \(Format.capacity(onset.bytes, digits: 3))"
    }
    return text
  }

  private static func line(_ one: CrossoverFigureData.Series) -> SweepChart.Series {
    SweepChart.Series(
      one.name, one.weights == .sram ? .sram : .flash,
      one.kind == "FULLY_CONNECTED" ? .square : one.name.contains("1x1") ? .diamond : .circle,
      isFilled: one.dtype == .int8, isPredicted: one.origin == .predicted,
      points: one.points.map {
        SweepChart.DataPoint(bytes: $0.bytes, cost: $0.cyclesPerMAC, low: $0.low, high: $0.high)
      },
      fit: one.curve.isEmpty
        ? nil
        : SweepChart.Fit(
          curve: one.curve.map { SweepChart.DataPoint(bytes: $0.bytes, cost: $0.cyclesPerMAC) },
          onset: one.onset.map(mark), saturation: one.saturation.map(mark)))
  }

  private static func mark(_ mark: CrossoverFigureData.Mark) -> SweepChart.Break {
    SweepChart.Break(bytes: mark.bytes, low: mark.low, high: mark.high)
  }
}
