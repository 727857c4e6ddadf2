import Core
import Ingest
import Statistics

/// What must be equal in two runs before they are compared.
struct PairKey: Hashable {
  var model: String
  /// nil where runs of different dtypes are compared.
  var dtype: Dtype?
  /// nil where runs of different placements are compared, or where it is not stated.
  var weights: WeightsPlace?
  var board: String?
  var runtime: String?
  var origin: Origin
  var clock: String?
  var cores: String
  var latency: LatencyKind?

  /// Runs alike in all but the placement of their weights.
  static func placement(_ run: AnalysedRun) -> PairKey? {
    guard let dtype = run.dtype else { return nil }
    return PairKey(run, dtype: dtype, weights: nil, latency: nil)
  }

  /// Runs alike in all but their dtype.
  static func precision(_ run: AnalysedRun) -> PairKey? {
    PairKey(run, dtype: nil, weights: run.weights, latency: run.run.latency?.kind)
  }

  private init?(_ run: AnalysedRun, dtype: Dtype?, weights: WeightsPlace?, latency: LatencyKind?) {
    guard let model = run.model else { return nil }
    self.model = model
    self.dtype = dtype
    self.weights = weights
    board = run.board
    runtime = run.runtime
    origin = run.origin
    clock = run.configuration.text(.clock)
    cores = run.configuration.text(.cores) ?? "1"
    self.latency = latency
  }
}

/// Finds the runs that are compared with each other, in time that grows with the number of runs.
enum Pairing {
  /// Largest number of pairs of one key that are all made. Past it the side with fewer runs is
  /// represented by the one with the middle time, or thousands of repeats would make millions of
  /// ratios that say the same.
  static let limit = 64

  /// Pairs of a left and a right run with equal keys, in the order of the left runs.
  static func pairs(
    _ left: [AnalysedRun], _ right: [AnalysedRun], by key: (AnalysedRun) -> PairKey?
  ) -> [(AnalysedRun, AnalysedRun)] {
    let lefts = grouped(left, by: key)
    let rights = grouped(right, by: key)
    let crowded = lefts.filter { $0.value.count * (rights[$0.key]?.count ?? 0) > limit }
    let middleLeft = crowded.compactMapValues { middle($0).first }
    let middleRight = rights.filter { crowded[$0.key] != nil }.compactMapValues {
      middle($0).first
    }
    var result: [(AnalysedRun, AnalysedRun)] = []
    for run in left {
      guard let key = key(run), var partners = rights[key], let peers = lefts[key] else { continue }
      if let one = middleRight[key] {
        if partners.count <= peers.count {
          partners = [one]
        } else if middleLeft[key]?.id != run.id {
          continue
        }
      }
      for partner in partners where agree(run, partner) { result.append((run, partner)) }
    }
    return result
  }

  /// Runs by their key; those without one are left out.
  static func grouped<Key: Hashable>(
    _ runs: [AnalysedRun], by key: (AnalysedRun) -> Key?
  ) -> [Key: [AnalysedRun]] {
    var result: [Key: [AnalysedRun]] = [:]
    for run in runs { if let key = key(run) { result[key, default: []].append(run) } }
    return result
  }

  /// Of many runs the one with the middle time; it does not depend on their order.
  static func middle(_ runs: [AnalysedRun]) -> [AnalysedRun] {
    let times = runs.map(time)
    let order = runs.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    return order.isEmpty ? [] : [runs[order[(order.count - 1) / 2]]]
  }

  /// All of them, or past the limit the one with the middle time.
  static func few(_ runs: [AnalysedRun]) -> [AnalysedRun] {
    runs.count > limit ? middle(runs) : runs
  }

  private static func time(_ run: AnalysedRun) -> Double {
    (run.seconds.value ?? run.instructions.value)?.value ?? .infinity
  }

  /// The candidate that differs in the fewest things from `run`; of equals the fastest.
  static func nearest(to run: AnalysedRun, in candidates: [AnalysedRun]) -> AnalysedRun? {
    candidates.min { a, b in
      let (left, right) = (Differences(run, a).count, Differences(run, b).count)
      return left == right ? time(a) < time(b) : left < right
    }
  }

  /// False when both runs state one of these and not the same: compiler flags alone can cost a
  /// factor of six, so such runs do not differ in one thing only.
  static func agree(_ a: AnalysedRun, _ b: AnalysedRun) -> Bool {
    Differences(a, b).different.isDisjoint(with: [
      .kernels, .compiler, .flags, .xipCache, .flash, .flashClock, .modelFile,
    ])
  }

  /// False when both runs state what file the model is, and not the same.
  static func sameFile(_ a: AnalysedRun, _ b: AnalysedRun) -> Bool {
    guard let left = a.configuration.text(.modelCRC32),
      let right = b.configuration.text(.modelCRC32)
    else { return true }
    return left == right
  }
}
