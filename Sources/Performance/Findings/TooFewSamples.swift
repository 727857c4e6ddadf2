import Ingest
import OrderedCollections
import Statistics
import Support

/// Sampled times of which no interval can be given. Counts are exact and need none.
enum TooFewSamples: FindingRule {
  static func findings(in all: [AnalysedRun]) -> [Finding] {
    var runs: [String] = []
    var evidence: OrderedSet<String> = []
    for run in all {
      // Of identical samples more would not say more.
      guard let latency = run.run.latency, latency.kind == .inference || latency.kind == .window,
        !latency.samples.areIdentical,
        let reason = run.seconds.value?.interval.reason
      else { continue }
      runs.append(run.id)
      evidence.append(reason.prefix(1).uppercased() + reason.dropFirst() + ".")
    }
    guard !runs.isEmpty else { return [] }
    return [
      Finding(
        id: "too-few-samples", severity: .note,
        message:
          "\(counted(runs.count, "run")) \(runs.count == 1 ? "has" : "have") too few samples "
          + "for an interval.",
        evidence: evidence.elements,
        action: "Let the board run longer, or ask for less: --confidence 0.9.", runs: runs)
    ]
  }
}
