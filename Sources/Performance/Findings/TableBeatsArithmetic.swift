import Ingest

/// An int8 function of one argument that TFLM computes and another runtime looks up.
///
/// TFLM computes int8 TANH and LOGISTIC with its integer reference code, for CMSIS-NN has no kernel of
/// them. An int8 input has 256 values, so a table of as many bytes holds all results.
enum TableBeatsArithmetic: FindingRule {
  private static let kinds: Set<String> = ["TANH", "LOGISTIC"]
  /// Fewer times as many instructions are no reason to change anything.
  private static let least = 1.5
  /// Operators named in the evidence.
  private static let mostNamed = 5

  private struct Row {
    var run: AnalysedRun
    var one: AnalysedOperator
    var own: Double
    var other: InstructionComparison.Baseline
    var tflm: Double
  }

  static func findings(in analysis: Analysis) -> [Finding] {
    let runs = Dictionary(
      analysis.runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [(kind: String, rows: [Row])] = []
    for counts in analysis.instructionCounts {
      guard let run = runs[counts.run], run.dtype == "int8", run.runtime != "tflm",
        let comparison = counts.comparison.value
      else { continue }
      for one in run.operators where kinds.contains(one.kind) {
        guard let pair = comparison.operators.first(where: { $0.words == one.words }),
          pair.own > 0, pair.baseline >= least * pair.own
        else { continue }
        let row = Row(
          run: run, one: one, own: pair.own, other: comparison.baseline, tflm: pair.baseline)
        if let i = groups.firstIndex(where: { $0.kind == one.kind }) {
          groups[i].rows.append(row)
        } else {
          groups.append((one.kind, [row]))
        }
      }
    }
    return groups.map { finding($0.kind, $0.rows, analysis) }
  }

  private static func finding(_ kind: String, _ rows: [Row], _ analysis: Analysis) -> Finding {
    let ratios = rows.map { $0.tflm / $0.own }
    let ends = [ratios.min() ?? 0, ratios.max() ?? 0].map { Format.significant($0, digits: 3) }
    let range = ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
    var evidence = rows.prefix(mostNamed).map { row in
      "\(row.one.words) of \(row.run.id): \(amount(row.tflm, row.one)) in TFLM, "
        + "\(amount(row.own, row.one)) in \(row.run.runtime ?? "this run")."
    }
    if rows.count > mostNamed { evidence.append("\(rows.count - mostNamed) more of the kind.") }
    evidence += float(kind, rows, analysis)
    evidence.append(
      "TFLM computes int8 \(kind) with its integer reference code; CMSIS-NN has no kernel for it. An int8 "
        + "input has 256 values, so a table holds every result and an element takes one load.")
    let runtimes = rows.compactMap(\.run.runtime).uniqued()
    return Finding(
      id: "table-beats-arithmetic", severity: .note,
      message: "int8 \(kind) takes \(range) times as many instructions in TFLM as by table in "
        + "\(runtimes.isEmpty ? "the logs" : listed(runtimes)).",
      evidence: evidence,
      action:
        "Compute int8 \(kind) by a table of 256 entries; the bits are the same. Only a board says how "
        + "much time it saves.",
      runs: rows.flatMap { row -> [String] in
        if case .run(let other) = row.other { [row.run.id, other] } else { [row.run.id] }
      }.uniqued())
  }

  /// The same kind in fp32, in the TFLM runs of the same models.
  private static func float(_ kind: String, _ rows: [Row], _ analysis: Analysis) -> [String] {
    let models = rows.compactMap(\.run.model).uniqued()
    return models.prefix(mostNamed).compactMap { model in
      let run = analysis.runs.first {
        $0.model == model && $0.dtype == "fp32" && $0.runtime == "tflm"
      }
      guard let run, let one = run.operators.first(where: { $0.kind == kind }),
        let count = one.instructions.value?.value
      else { return nil }
      return "\(one.words) of \(run.id), in fp32: \(amount(count, one)) in TFLM."
    }
  }

  /// "62,104 instructions (97 for each element)", the latter where the shape is known.
  private static func amount(_ count: Double, _ one: AnalysedOperator) -> String {
    let text = "\(Format.whole(count)) instructions"
    guard let output = one.cost?.output, !output.isEmpty else { return text }
    let elements = output.reduce(1.0) { $0 * Double($1) }
    guard elements > 0 else { return text }
    return text + " (\(Format.number(count / elements, digits: 3)) for each element)"
  }
}
