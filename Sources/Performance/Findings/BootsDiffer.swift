import Ingest
import Statistics
import Support

/// Boots of one log that differ by more than their inferences scatter: what changes from boot to boot is the
/// same for all inferences of one, so that more of them say nothing more.
enum BootsDiffer: FindingRule {
  static func findings(in runs: [AnalysedRun]) -> [Finding] {
    let found = runs.compactMap { run in
      run.boots.flatMap { $0.differ ? (run, $0) : nil }
    }
    guard !found.isEmpty else { return [] }
    var evidence = found.prefix(8).map { run, boots in "\(run.id): \(words(run, boots))" }
    if found.count > 8 { evidence.append("\(found.count - 8) more.") }
    let few = found.contains { $0.1.count < 5 }
    return [
      Finding(
        id: "boots-differ", severity: .warning,
        message:
          "In \(counted(found.count, "row")) boots differ by more than their inferences scatter, so boots are "
          + "the unit of the intervals.",
        evidence: evidence,
        action: (few ? "Boot the board five times at least. " : "")
          + "Look for what changes from boot to boot: clock, temperature, what else runs on the chip, where "
          + "data come to lie.",
        runs: found.map(\.0.id))
    ]
  }

  private static func words(_ run: AnalysedRun, _ boots: Boots) -> String {
    let range = [boots.medians.min(), boots.medians.max()].compactMap {
      $0.flatMap { run.run.latency?.words($0) }
    }
    let p = boots.pValue ?? 1
    return "the medians of \(boots.count) boots are from \(range.joined(separator: " to ")), "
      + "Kruskal-Wallis p " + (p < 1e-4 ? "< 0.0001" : "= \(Format.significant(p, digits: 2))")
      + "."
  }
}
