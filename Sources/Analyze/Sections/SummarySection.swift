import Ingest
import Notebook
import Performance

/// The answer in a few sentences.
enum SummarySection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    var lines: [String] = []
    lines += gap(analysis)
    lines += labels(analysis)
    lines += placement(analysis)
    lines += precision(analysis)
    if lines.isEmpty {
      lines = [
        analysis.runs.isEmpty
          ? "No run could be read; the diagnostics say why."
          : "\(counted(analysis.runs.count, "run")) read; nothing to compare them with."
      ]
    }
    return [bullets(lines)]
  }

  private static func gap(_ analysis: Analysis) -> [String] {
    let rows = analysis.speedups.filter { $0.ratio.basis == .time }
    guard !rows.isEmpty else { return [] }
    let subject = common(rows.map(\.subject.boardWords)) ?? "The subject"
    let reference = common(rows.map(\.reference.boardWords)) ?? "the reference"
    let fair = rows.filter(\.isLikeForLike)
    let values = rows.map(\.ratio.value)
    var text =
      "As the logs stand, \(subject) takes \(Format.ratio(values.min() ?? 0)) to "
      + "\(Format.ratio(values.max() ?? 0)) times as long as \(reference)"
    let clocks = rows.compactMap(\.perCycle.value)
    if let low = clocks.min(), let high = clocks.max() {
      text += ", \(Format.ratio(low)) to \(Format.ratio(high)) per cycle"
    }
    text += "."
    guard !fair.isEmpty, fair.count < rows.count else { return [text] }
    let fairValues = fair.map(\.ratio.value)
    return [
      text,
      "Only \(fair.count) of these \(rows.count) ratios compare like with like; those are "
        + "\(Format.ratio(fairValues.min() ?? 0)) to \(Format.ratio(fairValues.max() ?? 0)).",
    ]
  }

  private static func labels(_ analysis: Analysis) -> [String] {
    let wrong = analysis.labelChecks.filter(\.isContradicted)
    guard !wrong.isEmpty else { return [] }
    var text =
      "\(listed(wrong.map { modelWords($0.model) })) \(wrong.count == 1 ? "is" : "are") labelled int8 but "
      + "ran in float32: no int8 model could be so slow"
    let ratios = analysis.predictions.compactMap(\.ratio)
    if let low = ratios.min(), let high = ratios.max() {
      text +=
        "; true int8 from SRAM is predicted at \(Format.ratio(low)) to \(Format.ratio(high)) times the "
        + "reference's time"
    }
    return [text + "."]
  }

  private static func placement(_ analysis: Analysis) -> [String] {
    analysis.placement.filter { $0.ratio.basis == .time && $0.ratio.value > 1.1 }.map {
      "Flash makes \(modelWords($0.model)) (\($0.dtype)) \(Format.ratio($0.ratio.value)) times slower than SRAM "
        + "on \($0.boardWords)."
    }
  }

  private static func precision(_ analysis: Analysis) -> [String] {
    analysis.precision.filter {
      $0.operatorWords != nil && $0.ratio.value > 1
        && $0.ratio.interval.value.map { $0.low > 1 } ?? true
    }.prefix(3).map {
      "\($0.operatorWords ?? "") is \(Format.ratio($0.ratio.value)) times slower in int8 than in fp32 on "
        + "\($0.boardWords)."
    }
  }
}
