import Notebook
import Performance
import Support

/// Runs that look like one result and are not, or have none, said at the top of the summary.
enum UnsettledRuns {
  /// Runs named one by one.
  private static let mostNamed = 3

  /// "run: 2 inferences of 41,090 and 902,400 ticks are 22.0 times apart, so there is no median.",
  /// "run: the log is cut off inside the only inference."
  static func sentences(_ runs: [AnalysedRun]) -> [String] {
    let open = runs.compactMap { run in
      (run.openReason ?? run.lostReason).map { "\(run.id): \($0)." }
    }
    let more = open.count - mostNamed
    return open.prefix(mostNamed)
      + (more > 0
        ? ["\(counted(more, "more run")) without a result; the findings name them."] : [])
  }
}
