import Ingest
import OrderedCollections
import Quantiles

/// Runs of equal configuration in the boots of one log, and what they say together.
struct Row {
  /// One of each boot, in the order of the log.
  private(set) var runs: [Run]
  /// All their samples as those of one run.
  private(set) var pooled: Run

  /// A run by itself.
  init(_ run: Run) { (runs, pooled) = ([run], run) }

  /// The rows of `runs`, in the order of their first runs.
  static func all(of runs: [Run]) -> [Row] {
    var rows: [Row] = []
    var known: [Key: [Int]] = [:]
    for run in runs {
      guard let key = Key(run) else {
        rows.append(Row(run))
        continue
      }
      if let at = known[key]?.first(where: { rows[$0].accepts(run) }) {
        rows[at].append(run)
      } else {
        known[key, default: []].append(rows.count)
        rows.append(Row(run))
      }
    }
    return rows
  }

  /// Another boot, and within twofold: further apart they are two builds or two inputs.
  private func accepts(_ run: Run) -> Bool {
    guard let last = runs.last, run.source.boot > last.source.boot,
      let a = last.latency?.samples.median, let b = run.latency?.samples.median
    else { return false }
    return max(a, b) <= Consensus.factor * min(a, b)
  }

  private mutating func append(_ run: Run) {
    runs.append(run)
    pooled.append(run)
  }

  /// All that runs of one row have in common.
  private struct Key: Hashable {
    let file: String
    let label: String?
    let configuration: Configuration
    let operators: [String]
    let unit: TimeUnit
    let operatorUnit: TimeUnit
    let kind: LatencyKind
    let quantum: Double
    let isWhole: Bool

    /// Nil for a run that was not timed or failed.
    init?(_ run: Run) {
      guard let latency = run.latency, latency.kind != .published, latency.kind != .dutyCycle,
        !run.observations.contains(where: { $0.kind == .failedRun })
      else { return nil }
      (file, label, configuration) = (run.source.file, run.label, run.configuration)
      operators = run.operators.map { "\($0.index ?? -1) \($0.kind) \($0.name ?? "")" }
      (unit, kind, quantum) = (latency.unit, latency.kind, latency.quantum)
      operatorUnit = run.operatorUnit
      isWhole = !run.isOpenEnded
    }
  }
}
