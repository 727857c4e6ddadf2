import Ingest
import Statistics
import Support

/// Inferences whose times resemble those just before: drift, or work that goes on beside them.
enum SamplesDepend: FindingRule {
  static func findings(in runs: [AnalysedRun]) -> [Finding] {
    let found = runs.compactMap { run in
      (run.dependence ?? run.boots?.dependence).flatMap { $0.isEvident ? (run, $0) : nil }
    }
    guard !found.isEmpty else { return [] }
    var evidence = found.prefix(8).map { run, dependence in "\(run.id): \(words(run, dependence))" }
    if found.count > 8 { evidence.append("\(found.count - 8) more.") }
    if found.contains(where: { !$0.0.operators.isEmpty }) {
      evidence.append("Intervals of single operators were not widened.")
    }
    return [
      Finding(
        id: "samples-depend", severity: .warning,
        message:
          "In \(counted(found.count, "run")) the samples depend on each other: each time resembles the one "
          + "before it, so they say less than their number suggests.",
        evidence: evidence,
        action:
          "Pause between inferences, or boot the board five times and more and compare boots; look for what "
          + "drifts: temperature, clock, other work on the chip.",
        runs: found.map(\.0.id))
    ]
  }

  private static func words(_ run: AnalysedRun, _ dependence: SerialDependence) -> String {
    let p = dependence.pValue
    let effect =
      run.dependence == nil
      ? "in one boot; boots are the unit of the interval"
      : dependence.leavesNoInterval
        ? "too few for an interval"
        : "intervals are \(Format.significant(dependence.widening, digits: 2)) times as wide"
    return "von Neumann ratio \(Format.significant(dependence.vonNeumannRatio, digits: 2)) "
      + "(independent samples: about 2), p "
      + (p <= 0.001 ? "<= 0.001" : "= \(Format.significant(p, digits: 2))")
      + "; \(Format.grouped(dependence.count)) samples count as \(dependence.countWords), \(effect)."
  }
}
