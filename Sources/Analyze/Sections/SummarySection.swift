import Ingest
import Notebook
import OrderedCollections
import Performance
import Support

/// The answer in a few sentences.
enum SummarySection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    var lines = UnsettledRuns.sentences(analysis.selection.runs) + gap(analysis)
    lines += labels(analysis) + analysis.labels.slowForCoreWords
    lines += waiting(analysis)
    lines += placement(analysis)
    lines += precision(analysis)
    lines += counts(analysis) + InstructionsSection.standings(analysis)
    if lines.isEmpty { lines = [nothing(analysis)] }
    return [bullets(lines)]
  }

  private static func nothing(_ analysis: Analysis) -> String {
    if analysis.selection.runs.isEmpty {
      let benches = analysis.files.reduce(0) { $0 + $1.microBenchmarks.count }
      if benches > 0, analysis.selection.filteredOut == 0 {
        return
          "The logs hold no run of a model but \(counted(benches, "micro-benchmark")), which measure the "
          + "roofs of the board."
      }
      return analysis.selection.filteredOut > 0
        ? "The filter matches none of \(counted(analysis.selection.filteredOut, "run")) of the logs."
        : "No run could be read; the diagnostics say why."
    }
    if analysis.selection.runs.count == 1, let run = analysis.selection.runs.first,
      let words = single(run)
    {
      return "\(words). No other run was read to compare it with."
    }
    return "\(counted(analysis.selection.runs.count, "run")) read; there is nothing to compare "
      + "\(analysis.selection.runs.count == 1 ? "it" : "them") with."
  }

  /// What one run takes, and the kinds of operators that take most of it; nil where it has no number.
  private static func single(_ run: AnalysedRun) -> String? {
    guard let measure = run.measure, let whole = run.quantity(measure).value?.value, whole > 0
    else { return nil }
    let name = run.model.map(ModelName.words) ?? "An inference"
    var text = "\(name) takes \(amount(whole, measure))"
    let kinds = OrderedDictionary(grouping: run.operators, by: \.kind).map { kind, all in
      (
        kind: kind, count: all.count,
        sum: all.reduce(0) { $0 + ($1.quantity(measure).value?.value ?? 0) }
      )
    }.sorted { $0.sum > $1.sum }
    let most = kinds.prefix(2).filter { $0.sum > 0.05 * whole }
    if !most.isEmpty {
      text +=
        ", most of it "
        + listed(
          most.map {
            "\($0.kind) (\(Format.percent($0.sum / whole, digits: 3))"
              + ($0.count > 1 ? " in \($0.count) operators)" : ")")
          })
    }
    return text
  }

  private static func amount(_ value: Double, _ measure: Measure) -> String {
    switch measure {
    case .time: Format.seconds(value)
    case .cycles: "\(Format.whole(value)) cycles"
    case .instructions: "\(Format.whole(value)) instructions"
    case .ticks: "\(Format.whole(value)) ticks"
    }
  }

  private static func gap(_ analysis: Analysis) -> [String] {
    let rows = analysis.comparison.speedups.filter { $0.ratio.basis == .time }
    guard !rows.isEmpty else { return [] }
    let fair = rows.filter(\.isLikeForLike)
    let names = SpeedupSection.sides(rows)
    var text =
      "As the logs stand, \(names.subject) takes \(SpeedupSection.range(rows.map(\.ratio.value))) times "
      + "as long as \(names.reference)"
    let clocks = rows.compactMap(\.perCycle.value)
    if !clocks.isEmpty { text += ", \(SpeedupSection.range(clocks)) per cycle" }
    text += SpeedupSection.unshown(rows) + "."
    if fair.isEmpty {
      return [
        text,
        rows.count == 1
          ? "As far as the logs say, it does not compare like with like."
          : "As far as the logs say, none of these \(rows.count) ratios compares like with like.",
      ]
    }
    guard fair.count < rows.count else { return [text] }
    return [
      text,
      "Only \(fair.count) of these \(rows.count) ratios "
        + "\(fair.count == 1 ? "compares" : "compare") like with like: "
        + "\(SpeedupSection.range(fair.map(\.ratio.value))).",
    ]
  }

  private static func labels(_ analysis: Analysis) -> [String] {
    LabelVerdict.all(analysis.labels.checks).map(\.headline) + fair(analysis)
  }

  /// What int8 would take, model by model.
  private static func fair(_ analysis: Analysis) -> [String] {
    let rows = analysis.labels.predictions.filter { $0.flash.ratio != nil && $0.sram.ratio != nil }
    let reference = analysis.selection.references.first?.boardWords ?? "the reference"
    return [rows.filter(\.isOfFloat32), rows.filter { !$0.isOfFloat32 }].compactMap { rows in
      guard !rows.isEmpty else { return nil }
      let words = rows.map {
        "\(ModelName.words($0.model)) \($0.flash.ratioWords ?? "") and "
          + "\(Format.ratio($0.sram.ratio ?? 0))"
      }
      let what = rows.subjectWords
      return
        "\(what.prefix(1).uppercased() + what.dropFirst()) is predicted to take, from flash and from SRAM, this many times "
        + "\(reference)'s time: \(listed(words)). No board was used."
    }
  }

  /// Who waits for flash, by the machine model.
  private static func waiting(_ analysis: Analysis) -> [String] {
    let rows = analysis.machine.explanations.filter {
      $0.parts.waiting > 0.1 * $0.parts.total && abs($0.error) < 0.1
    }
    guard !rows.isEmpty else { return [] }
    let words = rows.prefix(8).map {
      "\(Format.percent($0.parts.waiting / $0.parts.total)) of the time of \(ModelName.words($0.model)) "
        + "(\($0.dtype))"
    }
    var text = "Waiting for flash takes \(listed(words))"
    if let errors = analysis.machine.model.value?.heldOutErrors {
      text +=
        ", by a machine model fitted to \(analysis.machine.model.value?.points.count ?? 0) published times; "
        + "chosen and fitted without one of them, it misses that time by \(Format.percent(errors.worst)) at most"
    }
    return [text + "."]
  }

  private static func placement(_ analysis: Analysis) -> [String] {
    analysis.comparison.placement.filter {
      $0.ratio.value > 1.1 && $0.ratio.differsFromOne != false
    }.prefix(5).map {
      "Flash makes \(ModelName.words($0.model)) (\($0.dtype)) \(Format.ratio($0.ratio.value)) times slower than SRAM "
        + "on \($0.boardWords)."
    }
  }

  /// Whole inferences first; then the timed operators that int8 slows down.
  private static func precision(_ analysis: Analysis) -> [String] {
    let whole = analysis.comparison.precision.filter {
      $0.operatorWords == nil && $0.ratio.basis == .time
    }.prefix(5).map { row in
      row.ratio.nullWords().map {
        "\(ModelName.words(row.model)) on \(row.boardWords) shows no difference between int8 and fp32 (\($0))."
      }
        ?? "\(ModelName.words(row.model)) on \(row.boardWords) takes \(Format.ratio(row.ratio.value)) times as long in "
        + "int8 as in fp32."
    }
    let slower = analysis.comparison.precision.filter {
      $0.operatorWords != nil && $0.ratio.basis == .time && $0.ratio.value > 1
        && $0.ratio.differsFromOne != false
    }
    return whole
      + slower.prefix(3).map {
        "\($0.operatorWords ?? "") of '\($0.model)' is \(Format.ratio($0.ratio.value)) times slower in int8 "
          + "than in fp32 on \($0.boardWords)."
      }
  }

  /// int8 against fp32 in an emulator's counts, which say nothing of time.
  private static func counts(_ analysis: Analysis) -> [String] {
    let rows = analysis.comparison.precision.filter {
      $0.operatorWords == nil && $0.ratio.basis == .instructions
    }
    guard let first = rows.first else { return [] }
    let models = Set(rows.map(\.model)).count
    let what = models == 1 ? ModelName.words(first.model) : counted(models, "model")
    return [
      "Counted by an emulator, \(what) \(models == 1 ? "takes" : "take") "
        + "\(SpeedupSection.range(rows.map(\.ratio.value))) times as many instructions in int8 as in fp32."
    ]
  }
}
