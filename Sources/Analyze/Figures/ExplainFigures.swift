import Core
import Ingest
import MachineModel
import Notebook
import Performance
import Plots
import Reference
import Statistics
import Support

/// Where the time goes, and predicted against measured (G).
enum ExplainFigures {
  /// More rows than these make no figure clearer.
  private static let most = 24

  static func blocks(_ analysis: Analysis, _ model: MachineModel) -> [Block] {
    let rows = Array(analysis.machine.explanations.prefix(most))
    guard !rows.isEmpty else { return [] }
    return [
      .chart(breakdown(rows)) { bars(rows, width: $0, unicode: $1) },
      .chart(predictions(analysis, model, rows)),
    ]
  }

  /// The breakdown as bars of characters.
  private static func bars(
    _ rows: [Explanation], width: Int, unicode: Bool
  ) -> TextDrawing {
    // ASCII has no shades; three characters that differ stand for them.
    let fills = unicode ? ["█", "▒", "░"] : ["#", "=", "."]
    let labels = rows.map(label)
    let longest = labels.map(\.count).max() ?? 0
    let columns = max(min(width, 100) - longest - 12, 10)
    var lines: [[TextDrawing.Run]] = [[.init("Where the time of an inference goes")]]
    for (row, label) in zip(rows, labels) {
      let total = row.parts.total
      let first = Int((row.parts.instructions / total * Double(columns)).rounded())
      let both = Int(
        ((row.parts.instructions + row.parts.data) / total * Double(columns)).rounded())
      lines.append([
        .init(label + String(repeating: " ", count: longest - label.count + 1)),
        .init(String(repeating: fills[0], count: first), .yellow),
        .init(String(repeating: fills[1], count: max(both - first, 0)), .blue),
        .init(String(repeating: fills[2], count: max(columns - both, 0)), .magenta),
        .init(" " + Format.seconds(total / row.clockHz, digits: 3)),
      ])
    }
    lines.append([
      .init(fills[0], .yellow), .init(" instructions  "), .init(fills[1], .blue),
      .init(" waiting for data from flash  "), .init(fills[2], .magenta),
      .init(" starting transfers"),
    ])
    return TextDrawing(lines: lines)
  }

  private static func label(_ row: Explanation) -> String {
    "\(ModelName.words(row.model)) \(row.dtype), \(row.weights.words)"
  }

  private static func breakdown(_ rows: [Explanation]) -> BreakdownChart {
    BreakdownChart(
      Heading(
        name: "explain-breakdown", title: "Where the time of an inference goes",
        summary: "Share of each run's predicted cycles: "
          + rows.map {
            "\(label($0)) \(Format.percent($0.parts.instructions / $0.parts.total)) instructions, "
              + "\(Format.percent($0.parts.waiting / $0.parts.total)) waiting for flash"
          }.joined(separator: "; ") + ".",
        caption: "By the machine model: instructions counted by an emulator, line fills simulated. "
          + "RP2350, flash as the boot ROM leaves it."),
      unit: "ms",
      parts: [
        BreakdownChart.Part("instructions", .sram, .solid),
        BreakdownChart.Part("waiting for data from flash", .flash, .hatched),
        BreakdownChart.Part("starting transfers from flash", .fourth, .crossed),
      ],
      rows: rows.map { row in
        let scale = 1e3 / row.clockHz
        return BreakdownChart.Row(
          label(row),
          values: [
            row.parts.instructions * scale, row.parts.data * scale, row.parts.transfers * scale,
          ])
      })
  }

  private static func predictions(
    _ analysis: Analysis, _ model: MachineModel, _ rows: [Explanation]
  ) -> PredictionChart {
    func series(_ weights: WeightsPlace) -> Int { weights == .sram ? 1 : 0 }
    var chart = PredictionChart(
      Heading(
        name: "explain-prediction",
        title: "The machine model against "
          + (rows.contains { $0.isFitted } ? "the published times it is fitted to" : "these times"),
        summary: "Predicted against measured times: "
          + rows.map { "\(label($0)) \(ExplainSection.signed($0.error))" }.joined(separator: ", ")
          + ".", caption: caption(model)),
      unit: "ms",
      series: [
        PointSeries("weights in flash", .flash),
        PointSeries("weights in SRAM", .sram),
      ],
      points: rows.map { row in
        PredictionChart.DataPoint(
          label(row), series: series(row.weights), isFilled: row.dtype == .int8,
          measured: row.measuredCycles / row.clockHz * 1e3,
          predicted: row.parts.total / row.clockHz * 1e3, leftOutError: row.heldOutError)
      })
    for prediction in analysis.labels.predictions {
      for (placed, weights) in [(prediction.flash, WeightsPlace.flash), (prediction.sram, .sram)] {
        chart.predictions.append(
          PredictionChart.Prediction(
            "\(ModelName.words(prediction.model)) int8, \(weights.words)",
            series: series(weights), isFilled: true, predicted: placed.seconds * 1e3,
            low: placed.interval.value.map { $0.low * 1e3 },
            high: placed.interval.value.map { $0.high * 1e3 }))
      }
    }
    return chart
  }

  private static func caption(_ model: MachineModel) -> String {
    var text =
      "cycles = \(Format.significant(model.cyclesPerInstruction.value, digits: 4)) × instructions + "
      + "\(Format.significant(model.cyclesPerLine.value, digits: 3)) × line fills + "
      + "\(Format.number(model.mode.setupCycles)) × new transfers; two numbers fitted to "
      + "\(counted(model.points.count, "published time")), \(model.loss)."
    if let errors = model.heldOutErrors {
      text +=
        " Left out: a model chosen and fitted without a time misses it by "
        + "\(Format.percent(errors.worst)) at worst, \(Format.percent(errors.median)) in the median."
    }
    return text
      + " Intervals: where one new time would lie by any account that fits the published times. No board was "
      + "used for predictions."
  }
}
