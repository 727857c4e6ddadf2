import Ingest
import OrderedCollections
import Support

/// Operators that are slower in int8 than in fp32, by board and kind.
enum Int8SlowerThanFP32: FindingRule {
  /// The least ratio that does not print as 1.00.
  private static let least = 1.005
  /// Below this share of an inference an operator is a curiosity, not a problem.
  private static let share = 0.01

  static func findings(
    in subject: (comparison: Comparison, selection: Selection, confidence: Double)
  ) -> [Finding] {
    let comparison = subject.comparison
    let runs = Dictionary(
      subject.selection.all.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    let others = Dictionary(grouping: comparison.allPrecision, by: sameElsewhere)
    let groups = OrderedDictionary(
      grouping: comparison.precision.filter { isSlower($0, subject.confidence) }
    ) { [$0.board, $0.kind, $0.operatorWords == nil ? $0.model : nil] }.values
    let slowKinds = Dictionary(
      grouping: groups.joined().filter { $0.operatorWords != nil }, by: \.int8Run)
    let parts = Dictionary(grouping: comparison.precision.filter { $0.operatorWords != nil }) {
      [$0.int8Run, $0.fp32Run]
    }
    return groups.map { rows in
      let first = rows[0]
      let inside = slowKinds[first.int8Run] ?? []
      var made = finding(rows, others, runs, inside: inside.map(\.kind).uniqued())
      // An operator that is slower beyond doubt has a finding of its own.
      guard inside.isEmpty, first.operatorWords == nil, rows.count == 1,
        let most = most(of: first, in: parts[[first.int8Run, first.fp32Run]] ?? [])
      else { return made }
      made.evidence.append(most.words)
      made.action = "Check the kernel of \(most.kind), which takes most of it."
      return made
    }
  }

  /// The operator that takes more than half of what int8 takes more; nil where none does.
  private static func most(
    of whole: PrecisionRatio, in parts: [PrecisionRatio]
  ) -> (kind: String, words: String)? {
    let more = whole.int8 - whole.fp32
    guard more > 0, let most = parts.max(by: { $0.int8 - $0.fp32 < $1.int8 - $1.fp32 }),
      most.int8 - most.fp32 > more / 2
    else { return nil }
    let part = most.int8 - most.fp32
    return (
      most.kind,
      "Of the \(amount(whole, more, digits: 4)) more, \(most.operatorWords ?? most.kind) takes "
        + "\(amount(whole, part, digits: 4)) (\(Format.percent(part / more, digits: 3))): "
        + "\(Format.ratio(most.ratio.value)) times as much as in fp32."
    )
  }

  private static func isSlower(_ row: PrecisionRatio, _ confidence: Double) -> Bool {
    guard row.ratio.value >= least else { return false }
    // Counts of operators have a finding of their own.
    if row.ratio.basis == .instructions {
      return row.operatorWords == nil && row.ratio.value > Int8TakesMoreInstructions.least
    }
    // One of many operators is slower by chance; Holm's p-value allows for that.
    if let p = row.adjustedP.value, p >= 1 - confidence { return false }
    // Within its interval it may be no difference at all.
    return row.ratio.interval.value.map { $0.low > 1 } ?? (row.ratio.value > 1.05)
  }

  private static func finding(
    _ rows: [PrecisionRatio], _ others: [[String?]: [PrecisionRatio]],
    _ runs: [String: AnalysedRun], inside: [String]
  ) -> Finding {
    let first = rows[0]
    var evidence: [String] = []
    for row in rows.prefix(6) {
      let name =
        rows.count == 1 ? "" : "\(ModelName.words(row.model)), \(row.operatorWords ?? row.kind), "
      evidence.append(
        "\(name)\(row.boardWords): \(amount(row, row.int8)) int8, \(amount(row, row.fp32)) fp32.")
      for other in others[sameElsewhere(row)] ?? [] where other.board != row.board {
        evidence.append(
          "\(other.boardWords): \(amount(other, other.int8)) int8, \(amount(other, other.fp32)) fp32, "
            + (other.ratio.nullWords().map { "which shows no difference (\($0))." }
              ?? (other.ratio.value < 1
                ? "\(Format.significant(1 / other.ratio.value, digits: 3)) times faster in int8."
                : "\(Format.ratio(other.ratio.value)) times as much in int8."))
        )
      }
    }
    if rows.count > 6 { evidence.append("\(rows.count - 6) more of the kind.") }
    let isTable = first.kind == "TANH" || first.kind == "LOGISTIC"
    if isTable, runs[first.int8Run]?.runtime == "tflm" {
      evidence.append(
        "TFLM computes int8 \(first.kind) with its integer reference code; CMSIS-NN has no kernel for it."
      )
    }
    let matters = rows.contains { share(of: $0, in: runs).map { $0 >= share } ?? true }
    if !matters {
      evidence.append("It takes less than \(Format.number(share * 100)) % of the inference.")
    }
    return Finding(
      id: "int8-slower-than-fp32", severity: matters ? .warning : .note, message: message(rows),
      evidence: evidence,
      action:
        isTable
        ? "Compute int8 \(first.kind) by a table of 256 entries: an int8 input has no more values, and "
          + "the bits are the same."
        : first.operatorWords == nil
          ? (inside.isEmpty
            ? "Log the operators\(haveBothKinds(first, runs) ? " of both runs in the same way" : "") to find the "
              + "one that is slower in int8."
            : "See to \(listed(inside)), which \(inside.count == 1 ? "is" : "are") slower in int8.")
          : "Check that the optimised kernel is linked in for \(first.kind).",
      runs: rows.flatMap { [$0.int8Run, $0.fp32Run] }.uniqued())
  }

  /// One log gives single operators and the other sums over a kind.
  private static func haveBothKinds(
    _ row: PrecisionRatio, _ runs: [String: AnalysedRun]
  ) -> Bool {
    guard let int8 = runs[row.int8Run], let fp32 = runs[row.fp32Run], !int8.operators.isEmpty,
      !fp32.operators.isEmpty
    else { return false }
    return int8.hasSumsOfKinds != fp32.hasSumsOfKinds
  }

  private static func message(_ rows: [PrecisionRatio]) -> String {
    let first = rows[0]
    // Instructions are no time: more of them need not be slower.
    let tail =
      first.ratio.basis == .time
      ? "times slower in int8 than in fp32 on \(first.boardWords)"
      : "times as many instructions in int8 as in fp32 on \(first.boardWords)"
    let verb = first.ratio.basis == .time ? "is" : "takes"
    if rows.count == 1 {
      let what = first.operatorWords ?? "A whole inference"
      return "\(what) of '\(first.model)' \(verb) \(Format.ratio(first.ratio.value)) \(tail)."
    }
    let ratios = rows.map(\.ratio.value)
    let low = Format.ratio(ratios.min() ?? 0)
    let high = Format.ratio(ratios.max() ?? 0)
    let models = listed(rows.map { "'\($0.model)'" }.uniqued())
    return "\(first.kind) \(verb) \(low == high ? low : "\(low) to \(high)") \(tail): "
      + "\(counted(rows.count, rows.allSatisfy(\.isSumOfKind) ? "sum" : "operator")) of \(models)."
  }

  /// The operator's part of the int8 inference; nil where either is not known.
  private static func share(
    of row: PrecisionRatio, in runs: [String: AnalysedRun]
  ) -> Double? {
    guard let run = runs[row.int8Run],
      let whole = (row.ratio.basis == .time ? run.seconds : run.instructions).value?.value,
      whole > 0
    else { return nil }
    return row.int8 / whole
  }

  /// What the same operator has on every board.
  private static func sameElsewhere(_ row: PrecisionRatio) -> [String?] {
    [row.model, row.kind, row.operatorWords]
  }

  private static func amount(_ row: PrecisionRatio, _ value: Double, digits: Int = 3) -> String {
    row.ratio.basis == .time
      ? Format.seconds(value, digits: digits) : "\(Format.whole(value)) instructions"
  }
}
