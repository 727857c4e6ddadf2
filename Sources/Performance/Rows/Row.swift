import Ingest
import OrderedCollections
import Quantiles

/// Runs of equal configuration in the boots of one log, and what they say together.
struct Row {
  /// One of each boot, in the order of the log; empty where there is only one, which is `pooled`.
  private(set) var boots: [Run] = []
  /// All their samples as those of one run.
  private(set) var pooled: Run

  /// A run by itself.
  init(_ run: Run) { pooled = run }

  /// The rows of `runs`, in the order of their first runs.
  static func all(of runs: some Sequence<Run>) -> [Row] {
    var rows: [Row] = []
    var peers: [Key: Peers] = [:]
    for run in runs {
      guard let key = Key(run) else {
        rows.append(Row(run))
        continue
      }
      if let at = peers[key, default: Peers()].place(run, else: rows.count) {
        rows[at].append(run)
      } else {
        rows.append(Row(run))
      }
    }
    return rows
  }

  private mutating func append(_ run: Run) {
    if boots.isEmpty { boots = [pooled] }
    boots.append(run)
    pooled.append(run)
  }

  /// The rows of one key, and which of them may take another run. Runs come in the order of their boots, and
  /// thousands of one boot may have the same key, so rows that have one of this boot are not asked again.
  private struct Peers {
    private struct Peer {
      let row: Int
      /// Of its last run.
      var boot: Int
      var median: Double
    }

    private var all: [Peer] = []
    private var boot = 0
    /// Before it all have a run of this boot.
    private var firstOpen = 0

    /// The row that takes `run`; nil where that is a new one, which gets the number `new`.
    mutating func place(_ run: Run, else new: Int) -> Int? {
      guard let median = run.latency?.samples.median else { return nil }
      if run.source.boot != boot { (boot, firstOpen) = (run.source.boot, 0) }
      while firstOpen < all.count, all[firstOpen].boot >= boot { firstOpen += 1 }
      // Within twofold: further apart they are two builds or two inputs.
      let fitting = all[firstOpen...].firstIndex {
        $0.boot < boot
          && max($0.median, median) <= Consensus.factor * min($0.median, median)
      }
      guard let fitting else {
        all.append(Peer(row: new, boot: boot, median: median))
        return nil
      }
      all[fitting].boot = boot
      all[fitting].median = median
      return all[fitting].row
    }
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
