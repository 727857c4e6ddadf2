import Core
import Ingest
import Support

/// Ratios between runs that are not alike, and the fair ones beside them.
enum UnlikeRunsCompared: FindingRule {
  static func findings(
    in subject: (speedups: [Speedup], predictions: [FairPrediction])
  ) -> [Finding] {
    let unlike = subject.speedups.filter { !$0.isLikeForLike }
    let isKnown = unlike.contains { $0.likeness == .unlike }
    guard !unlike.isEmpty else { return [] }
    var evidence = unlike.prefix(8).map { row in
      "\(ModelName.words(row.model)) \(Format.ratio(row.ratio.value)): \(row.subject.words) against "
        + "\(row.reference.words)"
        + (row.distinctions.isEmpty ? "." : "; differing: \(listed(row.distinctions)).")
    }
    if unlike.count > 8 { evidence.append("\(unlike.count - 8) more of the kind.") }
    let fair = subject.speedups.filter(\.isLikeForLike)
    if !fair.isEmpty {
      evidence.append(
        "Like with like: "
          + fair.prefix(8).map {
            "\(ModelName.words($0.model)) \(Format.ratio($0.ratio.value)) (\($0.subject.words))"
          }.joined(separator: "; ") + (fair.count > 8 ? "; and \(fair.count - 8) more." : "."))
    }
    let predicted = subject.predictions.compactMap { row in
      row.flash.ratio.flatMap { flash in
        row.sram.ratio.map {
          "\(ModelName.words(row.model)) \(Format.ratio(flash)) / \(Format.ratio($0))"
        }
      }
    }
    if !predicted.isEmpty {
      evidence.append(
        "Predicted for \(subject.predictions.subjectWords) from flash / from SRAM, no board used: "
          + predicted.joined(separator: ", ") + ".")
    }
    let floats = unlike.filter { $0.subject.dtype == .fp32 && $0.reference.dtype == .int8 }
    let pooled = 2 * floats.count > unlike.count
    return [
      Finding(
        id: "unlike-runs-compared", severity: .warning,
        message:
          "\(unlike.count) of \(counted(subject.speedups.count, "ratio")) "
          + "\(isKnown ? unlike.count == 1 ? "sets" : "set" : "may set") unlike runs against each other"
          + (pooled ? ", most of all float32 against int8" : "")
          + "; they say nothing of the boards alone.",
        evidence: evidence,
        action: fair.isEmpty
          ? "Say what is not known (the table's last column) with --set, then compare again; quote none."
          : "Quote the like-for-like rows; measure the missing ones with the same dtype on both boards.",
        runs: unlike.map(\.subject.id).uniqued())
    ]
  }
}
