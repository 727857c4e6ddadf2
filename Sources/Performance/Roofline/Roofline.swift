import Ingest
import Reference
import Statistics
import Support

/// Roofs of the boards and the runs and operators that stand under them.
///
/// Method: Williams, Waterman, Patterson, "Roofline: an insightful visual performance model for
/// multicore architectures", CACM 52(4), 2009, with one MAC for their two operations and a line per
/// level of memory.
public struct Roofline: Sendable, Encodable {
  private enum CodingKeys: CodingKey { case machines, points, leftOut }

  /// A run, or operators of it, without a place.
  public struct LeftOut: Sendable, Equatable, Encodable {
    /// Id of the run.
    public var run: String
    /// How many of its operators; nil for the whole model.
    public var operators: Int?
    /// Why it has no place.
    public var reason: String
  }

  /// One for every board and clock that a run has, in the order of the runs.
  public private(set) var machines: [RooflineMachine] = []
  /// Whole models and then their operators, in the order of the runs.
  public private(set) var points: [RooflinePoint] = []
  /// What has no point, with the reason.
  public private(set) var leftOut: [LeftOut] = []
  /// Where in `points` those of each machine are.
  private var places: [RooflineState: [Int]] = [:]
  /// On which side of its ridges the operators of a machine's models stand.
  private var sides: [RooflineState: [RidgeSides]] = [:]
  /// How many machines are one board at one clock.
  private var alike: [RooflineState: Int] = [:]

  /// No machine, no point.
  init() {}

  /// Places `runs`; ids must be unique among them.
  ///
  /// - Parameters:
  ///   - placement: pairs of flash and SRAM; the extra time of a run from flash is then its flash term
  ///     as measured, which decides its bound where a count of bytes does not.
  ///   - files: whose micro-benchmarks measure roofs; these stand in the place of the computed ones.
  ///   - misses: what simulates the cache in front of flash; where it is given, runs from flash get a
  ///     second point whose bytes it counts.
  public init(
    runs: [AnalysedRun], reference: ReferenceData, placement: [PlacementRatio] = [],
    misses: (any MissByteSource)? = nil, benchmarks files: [IngestedFile] = []
  ) {
    let measured = MeasuredRoofs.all(files)
    let pairs = Dictionary(
      placement.map { ($0.flashRun, $0) }, uniquingKeysWith: { first, _ in first })
    let words = Common<String>()
    var known: [RooflineState: RooflineMachine] = [:]
    for run in runs {
      guard let machine = machine(of: run, reference, measured, &known) else { continue }
      let pair = pairs[run.id]
      let maker = PointMaker(
        run: run, machine: machine, reference: reference, misses: misses,
        words: words,
        waited: pair.map { max(0, $0.flash - $0.sram) * machine.clockHz })
      let made = maker.make()
      points += made.points
      leftOut += made.leftOut
    }
    // A log may have micro-benchmarks alone.
    for one in measured where !machines.contains(where: { one.holds(for: $0) }) {
      guard let described = reference.machine(one.state.board) else { continue }
      let made = RooflineMachine(
        described, clockHz: one.state.clockHz, sources: reference.sources, measured: one)
      if let made { machines.append(made) }
    }
    for i in points.indices { places[points[i].state, default: []].append(i) }
    for machine in machines {
      sides[machine.state] = RidgeSides.all(machine, points(under: machine), reference)
      alike[machine.state.unconditional, default: 0] += 1
    }
  }

  /// The points of a machine, in their order.
  public func points(under machine: RooflineMachine) -> some Sequence<RooflinePoint> {
    (places[machine.state] ?? []).lazy.map { [points] in points[$0] }
  }

  /// On which side of its ridges the operators of the machine's models stand.
  public func sides(of machine: RooflineMachine) -> [RidgeSides] { sides[machine.state] ?? [] }

  /// The machine of a run, made at its first use; nil after saying why there is none.
  private mutating func machine(
    of run: AnalysedRun, _ reference: ReferenceData, _ measured: [MeasuredRoofs],
    _ known: inout [RooflineState: RooflineMachine]
  ) -> RooflineMachine? {
    let reason: String
    if run.instructions.value != nil {
      reason =
        "an emulator counted instructions: MAC per instruction is no rate in time, and every roof is one"
    } else if let described = run.machine,
      let objection = run.platformObjection(described, clock: false)
    {
      reason = "no roofs of \(described.name) hold: \(objection)"
    } else if let described = run.machine {
      if let clock = run.clockHz {
        let state = MeasuredRoofs.State(run.configuration)
        let roofs = state.flatMap { state in measured.first { $0.state.fits(state) } }
        let made = RooflineMachine(
          described, clockHz: clock, sources: reference.sources, measured: roofs)
        if let made {
          if let same = known[made.state] { return same }
          known[made.state] = made
          machines.append(made)
          return made
        }
        reason =
          clock > 0
          ? "no roofs of \(described.name) are known" : "a clock of \(Format.number(clock)) Hz"
      } else {
        reason = run.cycles.reason ?? "the CPU clock is not known; give it with --set clock=150MHz"
      }
    } else if let board = run.board {
      reason = "no roofs of the board '\(board)' are known"
    } else {
      reason = "nothing names the board; give it with --set board=pico2"
    }
    leftOut.append(LeftOut(run: run.id, operators: nil, reason: reason))
    return nil
  }

  /// "RP2350 at 150 MHz", with the state of the flash where another machine is told apart by it.
  public func words(_ machine: RooflineMachine) -> String {
    let head = "\(machine.short) at \(Format.clock(machine.clockHz))"
    guard alike[machine.state.unconditional] ?? 0 > 1 else { return head }
    return head + ", " + (machine.conditions ?? "nothing measured")
  }
}
