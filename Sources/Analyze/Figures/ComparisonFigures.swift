import Core
import Ingest
import Notebook
import OrderedCollections
import Performance
import Plots
import Statistics
import Support

/// Ratios of dtypes (E) and gaps as products (F).
enum ComparisonFigures {
  private static let most = 40

  /// int8 against fp32, by board; of times or of counts.
  static func precision(_ analysis: Analysis, _ basis: RatioBasis) -> [Block] {
    // Models that differ in their size alone say the same many times.
    let swept = Set(analysis.instructions.sweeps.flatMap(\.runs))
    let rows = analysis.comparison.allPrecision.filter {
      $0.ratio.basis == basis && $0.ratio.value > 0 && $0.ratio.value.isFinite
        && !swept.contains($0.int8Run)
    }
    guard rows.count > 1 else { return [] }
    let groups = OrderedDictionary(grouping: rows.prefix(most), by: \.boardWords)
      .map { board, rows in
        let isReference = !analysis.selection.runs.contains { $0.boardWords == board }
        return ForestChart.Group(
          board, isReference ? .nucleo : .sram,
          rows: rows.map { row in
            ForestChart.Row(
              row.operatorWords.map { "\(ModelName.words(row.model)): \($0)" }
                ?? "\(ModelName.words(row.model)): whole model",
              ratio: row.ratio.value, low: row.ratio.interval.value?.low,
              high: row.ratio.interval.value?.high,
              reason: row.ratio.interval.value == nil ? "no interval" : nil)
          })
      }
    let what = basis == .time ? "time" : "instructions"
    let chart = ForestChart(
      Heading(
        name: basis == .time ? "precision" : "precision-instructions",
        title: "What int8 costs against fp32, operator by operator"
          + (basis == .time ? "" : ", in instructions"),
        summary: "Ratios int8 / fp32: "
          + rows.prefix(12).map {
            "\(ModelName.words($0.model)) \($0.operatorWords ?? "whole model") on \($0.boardWords) "
              + "\(Format.ratio($0.ratio.value))"
          }.joined(separator: "; ") + ".",
        caption: (basis == .time
          ? intervals(rows, analysis.options.confidence)
          : "Instructions that an emulator counted, no times; counts are exact.")
          + (rows.count > most ? " \(rows.count - most) more rows are in the table." : "")),
      axisTitle: "\(what) in int8 / \(what) in fp32",
      below: basis == .time ? "int8 faster" : "int8 needs less",
      above: basis == .time ? "int8 slower" : "int8 needs more",
      level: kinds(rows) == [.confidence] ? analysis.options.confidence : nil, groups: groups)
    return [.chart(chart)]
  }

  private static func kinds(_ rows: [PrecisionRatio]) -> Set<IntervalKind> {
    Set(rows.compactMap { $0.ratio.interval.value?.kind })
  }

  /// What the bars are, by the kinds that there are.
  private static func intervals(_ rows: [PrecisionRatio], _ confidence: Double) -> String {
    let words = kinds(rows).sorted().map { kind in
      switch kind {
      case .rounding: "of published times, the rounding of their last digit"
      case .resolution: "of identical samples, the timer's resolution"
      case .confidence: "\(Format.confidence(confidence)) confidence"
      case .prediction, .model: "\(kind)"
      }
    }
    return words.isEmpty ? "" : "Intervals: \(words.joined(separator: "; "))."
  }

  /// Each gap as a waterfall.
  static func attribution(_ analysis: Analysis) -> [Block] {
    let gaps = analysis.comparison.attribution.filter { $0.total.isFinite && $0.total > 0 }
    guard !gaps.isEmpty else { return [] }
    let shown = Array(gaps.prefix(9))
    let titles = shown.map { title($0, analysis) }
    let chart = WaterfallChart(
      Heading(
        name: "attribution", title: "Each gap as a product of factors",
        summary: shown.map { gap in
          "\(ModelName.words(gap.model)): \(Format.ratio(gap.total)) = "
            + gap.factors.map { "\($0.name) \(Format.factor($0.ratio, isExact: $0.isExact))" }
            .joined(separator: " × ")
        }.joined(separator: "; ") + ".",
        caption: "Time of the run over time of the reference."
          + (gaps.count > shown.count ? " \(gaps.count - shown.count) more are in the table." : "")),
      axisTitle: "product of factors so far",
      gaps: shown.map { gap in
        WaterfallChart.Gap(
          titles.filter { $0 == title(gap, analysis) }.count > 1
            ? "\(gap.subject) / \(gap.reference)" : title(gap, analysis),
          factors: gap.factors.map { factor in
            WaterfallChart.Factor(
              factor.name, ratio: factor.ratio, origin: factor.origin.map { .runs($0) } ?? .exact,
              role: role(factor.name),
              confoundedBy: factor.origin == .predicted ? [] : factor.confoundedBy)
          }, total: gap.total,
          totalOrigin: .runs(
            analysis.selection.runs.first { $0.id == gap.subject }?.origin ?? .measured))
      })
    return [.chart(chart)]
  }

  /// "SWW fp32, flash / Nucleo int8".
  private static func title(_ gap: Attribution, _ analysis: Analysis) -> String {
    let subject = analysis.selection.runs.first { $0.id == gap.subject }
    let reference = analysis.selection.references.first { $0.id == gap.reference }
    let own = [subject?.dtype?.description, subject?.weights?.words].compactMap { $0 }.joined(
      separator: ", ")
    return [
      ModelName.words(gap.model), own, "/", reference?.boardWords ?? "reference",
      reference?.dtype?.description ?? "",
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func role(_ name: String) -> Role {
    switch name {
    case "clock": .doubtful
    case "placement": .flash
    case "dtype", "dtype and placement": .sram
    case "kernels": .fourth
    default: .roof
    }
  }
}
