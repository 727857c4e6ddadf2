import Core
import Ingest
import MachineModel
import OrderedCollections
import Reference
import Statistics
import Support

/// Sweeps from the operators of runs.
struct LoggedSweeps {
  private(set) var sweeps: [Sweep] = []
  private(set) var unused: [UnusedOperators] = []

  /// Different sizes above which a sweep is not fitted: the time grows with their square.
  static let mostSizes = 1000

  /// - Parameters:
  ///   - doubted: ids of runs whose dtype is in doubt.
  ///   - model: where instruction cycles come from; nil for nowhere.
  init(_ runs: [AnalysedRun], doubted: Set<String> = [], model: MachineModel?) {
    var groups: OrderedDictionary<SweepKey, [SweepPoint]> = [:]
    for run in runs {
      for one in run.operators where SweepKey.kinds.contains(one.kind) {
        guard !run.isEmulated else {
          leaveOut(1, "those of emulated runs", Self.emulated)
          continue
        }
        guard !doubted.contains(run.id) else {
          leaveOut(1, "\(one.kind) of \(run.id)", "the dtype is in doubt; see the findings")
          continue
        }
        guard !one.isSumOfKind else {
          leaveOut(1, "\(one.kind) of \(run.id)", one.costsReason)
          continue
        }
        switch Self.key(of: one, in: run) {
        case .missing(let reason): leaveOut(1, "\(one.kind) of \(run.id)", reason)
        case .known(let key):
          switch Self.point(one, run, model) {
          case .missing(let reason): leaveOut(1, "\(one.kind) of \(run.id)", reason)
          case .known(let point): groups[key, default: []].append(point)
          }
        }
      }
    }
    for (key, points) in groups {
      if let reason = Self.objection(to: points) {
        leaveOut(points.count, "\(key.words) on \(key.boardWords) (\(key.origin))", reason)
      } else {
        sweeps.append(Sweep(key: key, points: points, remarks: Self.remarks(points)))
      }
    }
  }

  private static let emulated =
    "an emulator counts instructions; it knows nothing of flash, so its counts are never taken for "
    + "time"

  private mutating func leaveOut(_ count: Int, _ words: String, _ reason: String) {
    if let i = unused.lastIndex(where: { $0.words == words && $0.reason == reason }) {
      unused[i].count += count
    } else {
      unused.append(UnusedOperators(count: count, words: words, reason: reason))
    }
  }

  private static func key(of one: AnalysedOperator, in run: AnalysedRun) -> Outcome<SweepKey> {
    guard let board = run.board ?? run.mcu else {
      return .missing(reason: "nothing says which board it is; give it with --set board=...")
    }
    guard let dtype = run.dtype else {
      return .missing(
        reason: "nothing says the dtype; give it with --set dtype=int8 or dtype=fp32")
    }
    guard let weights = run.weights else { return .missing(reason: Placement.unknown) }
    let filter = one.cost.flatMap { cost in
      cost.weights.count == 4 ? "\(cost.weights[1])x\(cost.weights[2])" : nil
    }
    return .known(
      SweepKey(
        board: board, boardWords: run.boardWords, kind: one.kind,
        filter: one.kind == "CONV_2D" ? filter ?? generatedFilter(run.model) : nil, dtype: dtype,
        weights: weights, origin: run.origin, setup: setup(run), flash: flash(run)))
  }

  /// The filter in the name of a generated model, `cnn_l4_c8_k5_m4915200`; nil in any other.
  static func generatedFilter(_ model: String?) -> String? {
    guard let model, model.hasPrefix("cnn_") else { return nil }
    for part in model.split(separator: "_") where part.first == "k" {
      if let size = Int(part.dropFirst()), (1...64).contains(size) { return "\(size)x\(size)" }
    }
    return nil
  }

  private static func setup(_ run: AnalysedRun) -> String {
    var parts = [run.runtime, run.configuration.text(.kernels)].compactMap(\.self)
    if let clock = run.clockHz { parts.append(Format.clock(clock)) }
    if let cores = run.configuration.text(.cores) {
      parts.append("\(cores) core\(cores == "1" ? "" : "s")")
    }
    return parts.joined(separator: ", ")
  }

  private static func flash(_ run: AnalysedRun) -> String? {
    guard run.weights == .flash else { return nil }
    let isOff = run.configuration.text(.xipCache) == "off"
    let parts = [run.configuration.text(.flash), isOff ? Crossovers.cacheOff : nil].compactMap(
      \.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func point(
    _ one: AnalysedOperator, _ run: AnalysedRun, _ model: MachineModel?
  ) -> Outcome<SweepPoint> {
    guard let macs = one.macs.map({ Double($0) }), macs > 0 else {
      return .missing(reason: "the MACs are not known")
    }
    guard let bytes = one.weightBytes, bytes > 0 else {
      return .missing(reason: "the bytes of the weights are not known")
    }
    guard case .known(let cycles) = one.cycles else {
      return .missing(reason: one.cycles.reason ?? "")
    }
    guard cycles.value > 0, cycles.value.isFinite, (one.samples.median ?? 0) > one.quantum
    else {
      return .missing(reason: "the time is not above one tick of the timer")
    }
    return .known(
      SweepPoint(
        weightBytes: Double(bytes), cyclesPerMAC: cycles.value / macs,
        interval: cycles.interval.map { $0.scaled(by: 1 / macs) },
        instructionCycles: instructionCycles(one, run, model).map { $0 / macs }, run: run.id,
        operatorWords: one.words))
  }

  /// Cycles of one operator's instructions, by the machine model.
  private static func instructionCycles(
    _ one: AnalysedOperator, _ run: AnalysedRun, _ model: MachineModel?
  ) -> Outcome<Double> {
    guard let model, run.mcu == model.machine.mcu, run.isModelled(on: model.machine),
      let dtype = run.dtype
    else {
      return .missing(reason: "the machine model does not cover its board or its configuration")
    }
    guard let cost = one.cost, cost.macs == one.macs, cost.weightBytes == one.weightBytes,
      let count = model.reads.kernels.instructions(cost, dtype: dtype), count > 0
    else { return .missing(reason: "no table gives its shapes") }
    return .known(model.cyclesPerInstruction.value * count)
  }

  /// What a fit with one break needs; without it nothing could be said of a crossover.
  private static func objection(to points: [SweepPoint]) -> String? {
    let least = SegmentedModel.Kind.oneBreak
    let sizes = Set(points.map(\.weightBytes)).count
    if points.count < least.minimumPoints || sizes < least.minimumPositions {
      return "a crossover needs at least \(least.minimumPoints) operators of "
        + "\(least.minimumPositions) different sizes; there \(points.count == 1 ? "is" : "are") "
        + "\(points.count) of \(sizes)"
    }
    if sizes > mostSizes {
      return
        "\(Format.grouped(sizes)) different sizes are more than the \(Format.grouped(mostSizes)) that "
        + "are fitted; choose some with --filter"
    }
    return nil
  }

  /// Operators of any models differ in more than their size.
  private static func remarks(_ points: [SweepPoint]) -> [String] {
    let known = points.compactMap(\.instructionCycles.value)
    guard known.count == points.count, let low = known.min(), let high = known.max(), low > 0,
      high > 1.1 * low
    else { return [] }
    return [
      "these operators differ in more than their size: by their shapes alone the instructions of one MAC "
        + "take from \(Format.number(low, digits: 3)) to \(Format.number(high, digits: 3)) cycles"
    ]
  }
}
