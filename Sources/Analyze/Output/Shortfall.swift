import Core
import Ingest
import Notebook
import Performance
import Support

/// What was asked for by name and came to nothing: what was looked for, what there was, what to do.
/// It is an error, exit status 1, and no file is written for it.
enum Shortfall: String, DiagnosticRule {
  case filter = "filter-without-run"
  case baseline = "baseline-without-run"
  case comparison = "nothing-compared"
  case roofline = "roofline-without-point"
  case reading = "nothing-read"

  /// What the analysis was asked for and does not hold; nil where it holds all.
  ///
  /// - Parameters:
  ///   - section: the section that was asked for by name, as in "speedup"; nil for a whole report,
  ///     where a section without a comparison is no error.
  ///   - draws: whether its figure was asked for.
  static func of(
    _ analysis: Analysis, in session: Session, section: String? = nil, draws: Bool = false
  ) -> Diagnostic? {
    ofSelection(analysis) ?? ofComparison(analysis, in: session, section: section)
      ?? (draws && section == Section.roofline.name ? ofRoofline(analysis) : nil)
  }

  /// A filter or a baseline that matches no run.
  static func ofSelection(_ analysis: Analysis) -> Diagnostic? {
    guard !analysis.options.filter.isEmpty || !analysis.options.baseline.isEmpty else { return nil }
    let all = analysis.files.flatMap(\.runs)
    let hasBenches = analysis.files.contains { !$0.microBenchmarks.isEmpty }
    let kept = all.count - analysis.selection.filteredOut
    if !analysis.options.filter.isEmpty, kept == 0, !all.isEmpty || hasBenches {
      return Shortfall.filter.broken(
        noMatch("--filter", analysis.options.filter, all),
        remedy: "Filter by what the runs have, which 'analyze runs' lists, or leave --filter out.")
    }
    if !analysis.options.baseline.isEmpty, analysis.selection.references.isEmpty, kept > 0 {
      return Shortfall.baseline.broken(
        noMatch("--baseline", analysis.options.baseline, analysis.selection.runs.map(\.run)),
        remedy: "Choose the baseline by what the runs have, which 'analyze runs' lists.")
    }
    if !analysis.options.baseline.isEmpty, analysis.selection.runs.isEmpty, kept > 0 {
      return Shortfall.baseline.broken(
        "--baseline \(words(analysis.options.baseline)) takes \(counted(kept, "run")) and leaves none "
          + "to compare",
        remedy: "Narrow it, as in --baseline weights=sram,dtype=fp32.")
    }
    return nil
  }

  /// A comparison by name, or with a reference that is named, without a pair.
  private static func ofComparison(
    _ analysis: Analysis, in session: Session, section: String?
  ) -> Diagnostic? {
    // Where nothing was read, the diagnostics say so.
    guard !analysis.selection.runs.isEmpty else { return nil }
    let isNamed = section.map { Section.comparisons.contains($0) } ?? false
    let what = isNamed ? "'\(section ?? "")'" : "--reference \(listed(session.external.paths))"
    guard isNamed || !session.external.paths.isEmpty else { return nil }
    if section == Section.attribute.name, analysis.comparison.attribution.isEmpty,
      !analysis.comparison.speedups.isEmpty
    {
      let areCounts = analysis.comparison.speedups.allSatisfy { $0.ratio.basis == .instructions }
      return Shortfall.comparison.broken(
        "\(what) split no gap: "
          + (analysis.comparison.speedups.lazy.compactMap(\.perCycle.reason).first
            ?? "no gap is one of times"),
        remedy: areCounts
          ? "Compare logs of times; 'analyze instructions' compares counts."
          : "Give the clocks: --set clock=150MHz for the logs, --set-reference clock=160MHz for the "
            + "reference.")
    }
    guard analysis.comparison.speedups.isEmpty else { return nil }
    if !isNamed,
      !analysis.comparison.referencePrecision.isEmpty
        || section == Section.roofline.name && holdsReference(analysis)
    {
      return nil
    }
    let reasons = analysis.comparison.unpaired.map { $0.reason }.uniqued()
    return Shortfall.comparison.broken(
      session.external.isNone
        ? "\(what) compared nothing: no reference was asked for (--reference none)"
        : "\(what) compared nothing"
          + (isNamed ? " with \(analysis.selection.referenceWords): " : ": ")
          + reasons.prefix(3).joined(separator: "; ") + there(analysis.selection.references),
      remedy: analysis.selection.references.isEmpty
        ? "Name results with --reference FILE, or runs of the logs with --baseline key=value."
        : "Name results of the same model with --reference FILE, or runs of the logs with --baseline "
          + "key=value. --set model=, dtype= and tick= complete both sides, --set-reference key=value the "
          + "reference.")
  }

  /// "; there are results of AD and KWS in int8 and of KWS in fp32", what the reference holds instead.
  private static func there(_ references: [AnalysedRun]) -> String {
    let named = references.filter { $0.model != nil }
    let dtypes = named.map(\.dtype).uniqued()
    guard !dtypes.isEmpty else { return "" }
    let parts = dtypes.map { dtype in
      let models = named.filter { $0.dtype == dtype }.compactMap(\.model).uniqued()
      return "of \(few(models.map(ModelName.words))) "
        + (dtype.map { "in \($0)" } ?? "whose dtype nothing says")
    }
    return "; there are results \(listed(parts))"
  }

  /// A figure with the reference alone, which would pass for one of the logs.
  private static func ofRoofline(_ analysis: Analysis) -> Diagnostic? {
    let runs = Set(analysis.selection.runs.map(\.id))
    let hasBenches = analysis.files.contains { !$0.microBenchmarks.isEmpty }
    guard !runs.isEmpty, !hasBenches,
      !analysis.roofline.points.contains(where: { runs.contains($0.run) })
    else { return nil }
    let reasons = analysis.roofline.leftOut.filter { runs.contains($0.run) }.map(\.reason).uniqued()
    return Shortfall.roofline.broken(
      "'roofline' has no point of the logs to draw: "
        + reasons.prefix(3).joined(separator: "; "),
      remedy: "Say what is missing, as in --set board=pico2 --set model=kws --set dtype=int8 --set "
        + "weights=flash.")
  }

  /// Why no file may be written, where what was read is not what was named; nil where it is.
  static func ofReading(_ session: Session, path: String) -> Diagnostic? {
    let absent = session.unreadable
    if !absent.isEmpty {
      return Shortfall.reading.broken(
        "'\(path)' is not written: \(few(absent.map { "'\($0)'" })) could not be read",
        remedy: "Correct the name, or leave it out.")
    }
    guard !session.files.isEmpty,
      session.files.allSatisfy({ $0.runs.isEmpty && $0.microBenchmarks.isEmpty })
    else { return nil }
    return Shortfall.reading.broken(
      "'\(path)' is not written: no run was read from "
        + few(session.files.map { "'\($0.path)'" }),
      remedy: "The diagnostics say why; 'analyze runs' shows what the files were taken for.")
  }

  /// Whether a roofline has a point of the reference.
  private static func holdsReference(_ analysis: Analysis) -> Bool {
    let references = Set(analysis.selection.references.map(\.id))
    return analysis.roofline.points.contains { references.contains($0.run) }
  }

  private static func words(_ criteria: [Criterion]) -> String {
    criteria.map { "\($0.key.rawValue)=\($0.text)" }.joined(separator: ",")
  }

  private static func noMatch(_ option: String, _ criteria: [Criterion], _ runs: [Run]) -> String {
    let unmatched = criteria.filter { one in !runs.contains { one.matches($0.configuration) } }
    let there = unmatched.map { one in
      let values = runs.compactMap { $0.configuration.text(one.key) }.uniqued()
      return values.isEmpty
        ? "nothing says their \(one.key.rawValue)"
        : "their \(one.key.rawValue) is \(few(values, "or"))"
    }
    return "\(option) \(words(criteria)) matches none of \(counted(runs.count, "run")); "
      + (there.isEmpty ? "each part matches some, but no run matches all" : listed(there))
  }

  private static func few(_ words: [String], _ conjunction: String = "and") -> String {
    let most = 8
    guard words.count > most else { return listed(words, conjunction) }
    return listed(Array(words.prefix(most)) + ["\(words.count - most) more"], conjunction)
  }
}

extension Diagnostic {
  /// False where a filter left no run to show anything of.
  var leavesResults: Bool { rule != Shortfall.filter.rawValue }
}
