import Ingest

/// An operator is slower in int8 than in fp32.
enum Int8SlowerThanFP32: FindingRule {
  /// The least ratio that does not print as 1.00.
  private static let least = 1.005

  static func findings(in analysis: Analysis) -> [Finding] {
    let others = Dictionary(grouping: analysis.allPrecision, by: key)
    let runtimes = Dictionary(
      (analysis.runs + analysis.references).map { ($0.id, $0.runtime) },
      uniquingKeysWith: { first, _ in first })
    return analysis.precision.filter { row in
      guard row.ratio.value >= least else { return false }
      // One of many operators is slower by chance; Holm's p-value allows for that.
      if let p = row.adjustedP.value, p >= 1 - analysis.options.confidence { return false }
      // Within its interval it may be no difference at all.
      return row.ratio.interval.value.map { $0.low > 1 } ?? (row.ratio.value > 1.05)
    }.map { row in
      let what = row.operatorWords ?? "A whole inference"
      var evidence = [
        "\(row.boardWords): \(amount(row, row.int8)) int8, \(amount(row, row.fp32)) fp32."
      ]
      for other in others[key(row)] ?? [] where other.board != row.board {
        evidence.append(
          "\(other.boardWords): \(amount(other, other.int8)) int8, \(amount(other, other.fp32)) fp32, "
            + (other.ratio.value < 1
              ? "\(Format.significant(1 / other.ratio.value, digits: 3)) times faster in int8."
              : "\(Format.ratio(other.ratio.value)) times slower in int8."))
      }
      let isTable = row.kind == "TANH" || row.kind == "LOGISTIC"
      if isTable, runtimes[row.int8Run] == "tflm" {
        evidence.append(
          "TFLM computes int8 \(row.kind) with its integer reference code; CMSIS-NN has no kernel for it."
        )
      }
      return Finding(
        id: "int8-slower-than-fp32", severity: .warning,
        message:
          "\(what) of '\(row.model)' is \(Format.ratio(row.ratio.value)) times slower in int8 than in "
          + "fp32 on \(row.boardWords).",
        evidence: evidence,
        action:
          isTable
          ? "Use a table of 256 entries: an int8 input has no more values, and the bits are the same."
          : row.operatorWords == nil
            ? "Look for the operator that is slower in int8; the table of operators names it."
            : "Check that the optimised kernel is linked in for this operator.",
        runs: [row.int8Run, row.fp32Run])
    }
  }

  /// What the same operator has on every board.
  private static func key(_ row: PrecisionRatio) -> [String?] {
    [row.model, row.kind, row.operatorWords]
  }

  private static func amount(_ row: PrecisionRatio, _ value: Double) -> String {
    row.ratio.basis == .time
      ? Format.seconds(value, digits: 3) : "\(Format.whole(value)) instructions"
  }
}
