import Ingest
import OrderedCollections
import Support

/// Operators of an emulator's runs that take more instructions in int8 than in fp32, all in one finding:
/// a count is no time, so none of them needs a box of its own.
enum Int8TakesMoreInstructions: FindingRule {
  /// The least ratio worth a word; counts are exact.
  static let least = 1.05
  /// Kinds named.
  private static let mostNamed = 8

  static func findings(
    in subject: (
      precision: [PrecisionRatio], runs: [AnalysedRun], counts: [InstructionCounts]
    )
  ) -> [Finding] {
    let rows = subject.precision.filter {
      $0.ratio.basis == .instructions && $0.operatorWords != nil && $0.ratio.value > least
    }
    guard !rows.isEmpty else { return [] }
    let runs = Dictionary(
      subject.runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let counts = Dictionary(
      subject.counts.map { ($0.run, $0) }, uniquingKeysWith: { first, _ in first })
    let groups = OrderedDictionary(grouping: rows, by: \.kind)
    var evidence = groups.elements.prefix(mostNamed).map { kind, rows in
      words(kind, rows) + share(rows, runs) + againstTFLM(rows, counts) + "."
    }
    if groups.count > mostNamed { evidence.append("\(groups.count - mostNamed) more kinds.") }
    let verb = rows.count == 1 ? "takes" : "take"
    return [
      Finding(
        id: "int8-more-instructions", severity: .note,
        message: "By an emulator's counts \(counted(rows.count, "operator")) \(verb) "
          + "\(range(rows.map(\.ratio.value))) times as many instructions in int8 as in fp32.",
        evidence: evidence,
        action:
          "Look at a kernel that takes more than TFLM's; else int8 itself costs it, for every result is "
          + "rescaled and rounded. Only a board says how much time it is.",
        runs: rows.flatMap { [$0.int8Run, $0.fp32Run] }.uniqued())
    ]
  }

  /// "ADD of 'ic': 6.40 to 6.43 times".
  private static func words(_ kind: String, _ rows: [PrecisionRatio]) -> String {
    let models = rows.map { "'\($0.model)'" }.uniqued()
    let named =
      models.count > 6 ? "\(models.count) models" : listed(models)
    return "\(kind) of \(named): \(range(rows.map(\.ratio.value))) times"
  }

  private static func share(_ rows: [PrecisionRatio], _ runs: [String: AnalysedRun]) -> String {
    let shares = rows.compactMap { row -> Double? in
      guard let whole = runs[row.int8Run]?.instructions.value?.value, whole > 0 else { return nil }
      return row.int8 / whole
    }
    return shares.max().map { ", at most \(Format.percent($0)) of an inference" } ?? ""
  }

  /// What tells int8 itself from a kernel that could do better.
  private static func againstTFLM(
    _ rows: [PrecisionRatio], _ counts: [String: InstructionCounts]
  ) -> String {
    let ratios = rows.compactMap { row -> Double? in
      let pair = counts[row.int8Run]?.comparison.value?.operators.first {
        $0.words == row.operatorWords
      }
      return pair.flatMap { $0.baseline > 0 ? $0.own / $0.baseline : nil }
    }
    return ratios.isEmpty ? "" : "; \(range(ratios)) times TFLM's int8 count"
  }

  private static func range(_ values: [Double]) -> String {
    let ends = [values.min() ?? 0, values.max() ?? 0].map(Format.ratio)
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
  }
}
