import Ingest
import Support

/// Single inferences more than twofold away from most others: a first one with cold caches, one that was
/// interrupted.
enum OutlierInferences: FindingRule {
  static func findings(in all: [AnalysedRun]) -> [Finding] {
    var evidence: [String] = []
    var runs: [String] = []
    for run in all {
      guard let latency = run.run.latency, let consensus = run.consensus, !consensus.isOpen,
        !consensus.outliers.isEmpty, let median = latency.samples.median
      else { continue }
      runs.append(run.id)
      let count = consensus.outliers.reduce(0) { $0 + $1.count }
      let values = [consensus.outliers.first, consensus.outliers.last].compactMap(\.self)
        .map { latency.words($0.value) }.uniqued()
      evidence.append(
        "\(run.id): \(Format.grouped(count)) of \(Format.grouped(consensus.count)), "
          + "\(values.joined(separator: " to ")); the median is \(latency.words(median)).")
    }
    guard !runs.isEmpty else { return [] }
    return [
      Finding(
        id: "outlier-inferences", severity: .note,
        message:
          "In \(counted(runs.count, "run")) single inferences are more than twofold away from the others.",
        evidence: evidence.prefix(8) + (evidence.count > 8 ? ["\(evidence.count - 8) more."] : []),
        action:
          "Look for a first inference with cold caches or for an interrupt; the median hardly feels them.",
        runs: runs)
    ]
  }
}
