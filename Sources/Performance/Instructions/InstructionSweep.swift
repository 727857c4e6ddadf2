import Core
import Ingest

/// Operators of one kind and many sizes that an emulator counted: what a sweep shows where no cache is.
///
/// On a board the weights of such models outgrow the cache at some size. An emulator has none, so what
/// its counts do around that size is what the instructions alone do.
public struct InstructionSweep: Sendable, Equatable {
  /// One operator.
  public struct Point: Sendable, Equatable {
    /// Bytes of its weights.
    public var weightBytes: UInt64
    /// Instructions / MACs of one inference.
    public var perMAC: Double
  }

  /// TFLite name, as in `CONV_2D`.
  public var kind: String
  /// dtype of the runs.
  public var dtype: Dtype
  /// Inference runtime; nil where the log does not say.
  public var runtime: String?
  /// Ids of the runs, in the order of the logs.
  public var runs: [String]
  /// Its operators by size, then by count.
  public var points: [Point]

  /// Sizes below which it is no sweep.
  static let fewestSizes = 6

  /// Smallest and largest weights, bytes.
  public var sizes: ClosedRange<UInt64> {
    (points.first?.weightBytes ?? 0)...(points.last?.weightBytes ?? 0)
  }

  /// Least and most instructions per MAC of the operators with weights of that many bytes; nil where
  /// there are none.
  public func perMAC(_ isWanted: (UInt64) -> Bool = { _ in true }) -> ClosedRange<Double>? {
    let values = points.filter { isWanted($0.weightBytes) }.map(\.perMAC)
    guard let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }

  /// How much larger the mean per MAC is of the operators from `bytes` to twice that than of those down
  /// to half of it, as a fraction; nil where one side has none.
  public func change(at bytes: UInt64) -> Double? {
    func mean(_ isWanted: (UInt64) -> Bool) -> Double? {
      let values = points.filter { isWanted($0.weightBytes) }.map(\.perMAC)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    guard let below = mean({ Self.isBelow($0, bytes) }),
      let above = mean({ Self.isAbove($0, bytes) }), below > 0
    else { return nil }
    return above / below - 1
  }

  /// Whether every operator up to twice `bytes` takes more instructions per MAC than all of those down
  /// to half of it, as where something begins at that size; nil where one side has none.
  public func rises(at bytes: UInt64) -> Bool? {
    guard let below = perMAC({ Self.isBelow($0, bytes) }),
      let above = perMAC({ Self.isAbove($0, bytes) })
    else { return nil }
    return above.lowerBound > below.upperBound
  }

  /// More than half of `bytes` and not more than `bytes`.
  public static func isBelow(_ size: UInt64, _ bytes: UInt64) -> Bool {
    size > bytes / 2 && size <= bytes
  }

  /// More than `bytes` and not more than twice that.
  public static func isAbove(_ size: UInt64, _ bytes: UInt64) -> Bool {
    size > bytes && size / 2 <= bytes
  }

  /// The sweeps among `runs`: runs that are compared with nothing and whose MACs are all of one kind.
  static func all(_ runs: [AnalysedRun], _ counts: [InstructionCounts]) -> [InstructionSweep] {
    let alone = Set(counts.filter { $0.comparison.value == nil }.map(\.run))
    var result: [InstructionSweep] = []
    for run in runs where alone.contains(run.id) {
      guard let dtype = run.dtype, let made = points(run) else { continue }
      let i =
        result.firstIndex {
          $0.kind == made.kind && $0.dtype == dtype && $0.runtime == run.runtime
        } ?? result.count
      if i == result.count {
        result.append(
          InstructionSweep(
            kind: made.kind, dtype: dtype, runtime: run.runtime, runs: [], points: []))
      }
      result[i].runs.append(run.id)
      result[i].points += made.points
    }
    result.removeAll { Set($0.points.map(\.weightBytes)).count < fewestSizes }
    for i in result.indices {
      result[i].points.sort { ($0.weightBytes, $0.perMAC) < ($1.weightBytes, $1.perMAC) }
    }
    return result
  }

  private static func points(_ run: AnalysedRun) -> (kind: String, points: [Point])? {
    var kind: String?
    var points: [Point] = []
    for one in run.operators {
      guard let macs = one.macs, macs > 0 else { continue }
      guard SweepKey.kinds.contains(one.kind), kind ?? one.kind == one.kind,
        let bytes = one.weightBytes, bytes > 0, let count = one.instructions.value?.value
      else { return nil }
      kind = one.kind
      points.append(Point(weightBytes: bytes, perMAC: count / Double(macs)))
    }
    return kind.map { ($0, points) }
  }
}
