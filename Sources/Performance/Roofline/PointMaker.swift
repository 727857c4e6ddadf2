import Core
import Ingest
import Models
import OrderedCollections
import Quantiles
import Reference
import Statistics
import Support

/// Makes the points of one run.
struct PointMaker {
  let run: AnalysedRun
  let machine: RooflineMachine
  let reference: ReferenceData
  let misses: (any MissByteSource)?
  /// What bounds of thousands of points say alike.
  let words: Common<String>
  /// Cycles that the whole inference takes longer than the same from SRAM; nil without such a run.
  var waited: Double?

  /// What a point is of: the whole model or an operator.
  struct Subject {
    var position: Int?
    /// Position in the cost table's graph.
    var graphIndex: Int?
    var work: Work
    var cycles: Quantity
    var timeShare: Outcome<Double>
    var isBelowTimerResolution: Bool
  }

  func make() -> (points: [RooflinePoint], leftOut: [Roofline.LeftOut]) {
    var subjects: [Subject] = []
    var leftOut: [Roofline.LeftOut] = []
    switch whole() {
    case .known(let subject): subjects.append(subject)
    case .missing(let reason):
      leftOut.append(.init(run: run.id, operators: nil, reason: reason))
    }
    var reasons: OrderedDictionary<String, Int> = [:]
    for position in run.operators.indices {
      switch part(position) {
      case .known(let subject): subjects.append(subject)
      case .missing(let reason): reasons[reason, default: 0] += 1
      }
    }
    leftOut += reasons.map { .init(run: run.id, operators: $1, reason: $0) }
    return (subjects.flatMap(points), leftOut)
  }

  private func whole() -> Outcome<Subject> {
    guard let macs = run.macs else { return .missing(reason: run.costsReason) }
    guard case .known(let cycles) = run.cycles else {
      return .missing(reason: run.cycles.reason ?? "")
    }
    guard cycles.value > 0 else { return .missing(reason: Self.noTime) }
    let latency = run.run.latency
    return .known(
      Subject(
        work: wholeWork(macs), cycles: cycles, timeShare: .known(1),
        isBelowTimerResolution: latency.map {
          Self.isBelow($0.quantum, $0.samples) && $0.kind != .published
        } ?? false))
  }

  /// From the cost table where the run says the same of its MACs and bytes, else from the totals.
  private func wholeWork(_ macs: UInt64) -> Work {
    if let model = run.model, let dtype = run.dtype,
      let cost = reference.cost(model: model, dtype: dtype), cost.macs == macs,
      cost.weightBytes == run.weightBytes
    {
      return Work(cost, machine: machine)
    }
    return Work(
      macs: macs, weightBytes: run.weightBytes, cost: nil, kind: nil, dtype: run.dtype,
      machine: machine)
  }

  private func part(_ position: Int) -> Outcome<Subject> {
    let one = run.operators[position]
    guard !one.isSumOfKind else { return .missing(reason: one.costsReason) }
    let hasNone = OperatorCost.kindsWithoutMACs.contains(one.kind)
    guard let macs = one.macs ?? (hasNone ? 0 : nil) else {
      return .missing(reason: "the costs of this operator are not known")
    }
    guard case .known(let cycles) = one.cycles else {
      return .missing(reason: one.cycles.reason ?? "")
    }
    guard cycles.value > 0 else { return .missing(reason: Self.noTime) }
    // A table row that says otherwise than the log describes another operator.
    let cost = one.cost.flatMap {
      $0.macs == macs && $0.weightBytes == one.weightBytes ? $0 : nil
    }
    let total = run.cycles.value?.value ?? 0
    return .known(
      Subject(
        position: position, graphIndex: cost?.index ?? one.index,
        work: Work(
          macs: macs, weightBytes: one.weightBytes, cost: cost, kind: one.kind, dtype: run.dtype,
          machine: machine),
        cycles: cycles,
        timeShare: total > 0
          ? .known(cycles.value / total)
          : .missing(reason: run.cycles.reason ?? Self.noTime),
        isBelowTimerResolution: run.run.latency?.kind != .published
          && Self.isBelow(one.quantum, one.samples)))
  }

  private static let noTime = "its time is 0: shorter than the timer can tell"

  private static func isBelow(_ quantum: Double, _ samples: Samples) -> Bool {
    guard quantum > 0, let median = samples.median else { return false }
    return median <= quantum
  }

  private func points(_ subject: Subject) -> [RooflinePoint] {
    let excesses = excesses(subject)
    let placement = Placement(run, machine: machine)
    return tallies(subject, placement).map { tally in
      RooflinePoint(
        analysed: run, operatorPosition: subject.position, state: machine.state, tally: tally,
        macs: subject.work.macs,
        macsPerCycle: subject.cycles.rate(of: Double(subject.work.macs)),
        timeShare: subject.timeShare, attainable: tally.attainable(subject.work, self),
        terms: tally.terms(subject, self), bound: tally.bound(subject, self),
        isBelowTimerResolution: subject.isBelowTimerResolution, excesses: excesses)
    }
  }

  /// Cores that the run used; each has the compute and SRAM roofs for itself.
  var cores: Double { max(run.configuration.number(.cores) ?? 1, 1) }

  private func tallies(_ subject: Subject, _ placement: Placement) -> [Tally] {
    var tallies = [Tally(eachOnce: subject.work, placement)]
    // Of an assumed placement nothing is simulated.
    guard run.weights == .flash else { return tallies }
    if run.hasDefaultFlash,
      let bytes = misses?.missBytes(run: run, operatorIndex: subject.graphIndex),
      subject.position == nil || subject.graphIndex != nil, bytes >= 0, bytes.isFinite
    {
      tallies.append(Tally(fills: bytes, .simulatedMisses, of: subject.work, placement))
    }
    let counters = subject.position.map { run.run.operators[$0].cache } ?? run.run.cache
    if let bytes = counters.missBytesPerInference {
      tallies.append(Tally(fills: bytes, .countedMisses, of: subject.work, placement))
    }
    return tallies
  }
}
