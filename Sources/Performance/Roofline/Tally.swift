import Core
import Statistics
import Support

/// Where a run's weights are, stated or assumed.
struct Placement: Sendable {
  /// nil where nothing says it and nothing can be assumed.
  var weights: WeightsPlace?
  var assumptions: [String] = []
  var isAssumed: Bool { !assumptions.isEmpty }

  static let unknown =
    "nothing says where the weights are; give it with --set weights=flash or weights=sram"

  init(_ run: AnalysedRun, machine: RooflineMachine) {
    weights = run.weights
    // Constants of a microcontroller with flash of its own are linked there unless somebody copies
    // them. On a board that executes from external flash copying is common, so nothing is assumed.
    if weights == nil, run.machine?.flashClockFollowsCPU == false {
      weights = .flash
      assumptions = ["the weights are in internal flash, which the source does not say"]
    }
  }
}

/// The bytes of one point by one counter.
struct Tally: Sendable {
  let counter: ByteCounter
  let placement: Placement
  /// Bytes of weights at the level that holds them: at least, and at most.
  let weights: Double?
  let mostWeights: Double?
  let activations: Double?
  let streamed: Int

  /// Weights and, where their shapes are known, activations once.
  init(eachOnce work: Work, _ placement: Placement) {
    counter =
      work.activationBytes == nil && work.weightBytes != nil ? .weightsOnce : .eachOnce
    self.placement = placement
    weights = work.weightBytes
    mostWeights = work.mostWeightBytes
    activations = work.activationBytes
    streamed = work.streamed
  }

  /// Flash by what the cache fetches, simulated or counted; activations once.
  init(fills: Double, _ counter: ByteCounter, of work: Work, _ placement: Placement) {
    self.counter = counter
    self.placement = placement
    weights = fills
    mostWeights = fills
    activations = work.activationBytes
    streamed = 0
  }

  private static let noBytes =
    "the bytes of its weights are not known; they need model and dtype, or a log that gives them"

  /// Bytes of flash and SRAM.
  private var bytes: Outcome<(flash: Double, sram: Double)> {
    guard let weights else { return .missing(reason: Self.noBytes) }
    switch placement.weights {
    case .flash: return .known((weights, activations ?? 0))
    case .sram: return .known((0, weights + (activations ?? 0)))
    default: return .missing(reason: Placement.unknown)
    }
  }

  func traffic(_ macs: UInt64) -> Outcome<[LevelTraffic]> {
    bytes.map { bytes in
      [(MemoryLevel.flash, bytes.flash), (.sram, bytes.sram)].filter { $0.1 > 0 }.map {
        LevelTraffic(
          level: $0.0, bytes: $0.1, intensity: macs > 0 ? Double(macs) / $0.1 : nil)
      }
    }
  }

  /// At the level that holds the weights.
  func intensity(_ macs: UInt64) -> Outcome<Double> {
    guard macs > 0 else { return .missing(reason: Self.noMACs) }
    switch bytes {
    case .missing(let reason): return .missing(reason: reason)
    case .known(let bytes):
      let own = placement.weights == .flash ? bytes.flash : bytes.sram
      guard own > 0 else {
        return .missing(
          reason: counter == .simulatedMisses
            ? "no weight misses the cache in the simulation"
            : counter == .countedMisses ? "no read missed the cache" : "it has no weights")
      }
      return .known(Double(macs) / own)
    }
  }

  static let noMACs = "it has no MACs, so it has no intensity and no roof"

  /// Cycles per core at the roofs of memory; `slowest` takes flash at its slowest line.
  private func memoryCycles(
    _ maker: PointMaker, slowest: Bool = false
  ) -> Outcome<(flash: Double, sram: Double)> {
    guard case .known(let bytes) = bytes else { return .missing(reason: bytes.reason ?? "") }
    var flash = 0.0
    if bytes.flash > 0 {
      let machine = maker.machine
      let isMeasured = machine.roof(.flash)?.provenance.isMeasured ?? false
      guard maker.run.hasDefaultFlash || isMeasured else {
        return .missing(
          reason: "the log states another flash mode than the bundled roofs assume")
      }
      guard let line = slowest ? machine.slowest(.flash) : machine.roof(.flash) else {
        return .missing(reason: "no bandwidth of the board's flash is known")
      }
      flash = (slowest ? mostWeights ?? bytes.flash : bytes.flash) / line.bytesPerCycle
    }
    guard let line = maker.machine.roof(.sram) else {
      return .missing(reason: "no bandwidth of the board's SRAM is known")
    }
    return .known((flash, bytes.sram / line.bytesPerCycle / maker.cores))
  }

  func attainable(_ work: Work, _ maker: PointMaker) -> Outcome<Attainable> {
    guard work.macs > 0 else { return .missing(reason: Self.noMACs) }
    guard let total = work.roofCycles, let dtype = maker.run.dtype,
      let roof = maker.machine.roof(dtype: dtype)
    else { return .missing(reason: noRoof(maker)) }
    let compute = total / maker.cores
    return memoryCycles(maker).map { memory in
      let cycles: [(BoundTerm, Double, String)] = [
        (.compute, compute, roof.name),
        (.flash, memory.flash, maker.machine.roof(.flash)?.name ?? ""),
        (.sram, memory.sram, maker.machine.roof(.sram)?.name ?? ""),
      ]
      // Of equal ones the first, so that the ridge itself belongs to compute.
      let limit = cycles.dropFirst().reduce(cycles[0]) { $1.1 > $0.1 ? $1 : $0 }
      let count = Double(work.macs)
      return Attainable(
        macsPerCycle: count / limit.1, noOverlap: count / cycles.reduce(0) { $0 + $1.1 },
        limit: limit.0, roofName: limit.2)
    }
  }

  private func noRoof(_ maker: PointMaker) -> String {
    maker.run.dtype.map { "no compute roof for \($0) is known" }
      ?? "nothing says the dtype; give it with --set dtype=int8 or dtype=fp32"
  }

  func terms(_ subject: PointMaker.Subject, _ maker: PointMaker) -> Outcome<BoundTerms> {
    guard let kernel = kernelCycles(subject, maker) else { return .missing(reason: noRoof(maker)) }
    // Without MACs and weights nothing is lost by not knowing where weights would be.
    if subject.work.macs == 0, weights ?? 0 == 0 {
      let line = maker.machine.roof(.sram)
      let sram = line.map { (activations ?? 0) / $0.bytesPerCycle / maker.cores } ?? 0
      return .known(
        BoundTerms(measured: subject.cycles.value, compute: 0, flash: 0, sram: sram))
    }
    return memoryCycles(maker).map {
      BoundTerms(
        measured: subject.cycles.value, compute: kernel, flash: $0.flash, sram: $0.sram)
    }
  }

  private func kernelCycles(_ subject: PointMaker.Subject, _ maker: PointMaker) -> Double? {
    subject.work.macs == 0 ? 0 : subject.work.kernelCycles.map { $0 / maker.cores }
  }

  /// The term that leads in every case that the unknowns leave: weights fetched once or for every
  /// MAC, flash at its fastest or slowest, an assumed placement otherwise. Where the same model was
  /// timed from SRAM nothing is left open.
  func bound(_ subject: PointMaker.Subject, _ maker: PointMaker) -> Outcome<Bound> {
    let measured = subject.cycles.value
    guard case .known(let terms) = terms(subject, maker) else {
      return .missing(reason: self.terms(subject, maker).reason ?? "")
    }
    if subject.position == nil, let waited = maker.waited {
      let pair = BoundTerms(
        measured: measured, compute: terms.compute, flash: waited, sram: terms.sram)
      if var bound = Bound.common([pair]).bound {
        bound.isFromPair = true
        return .known(bound)
      }
    }
    var cases = [terms]
    if case .known(let memory) = memoryCycles(maker, slowest: true) {
      // Flash takes at most what the other terms leave of the measured time.
      let room = max(terms.flash, measured - terms.compute - terms.sram)
      cases.append(
        BoundTerms(
          measured: measured, compute: terms.compute, flash: min(memory.flash, room),
          sram: terms.sram))
    }
    if placement.isAssumed, let line = maker.machine.roof(.sram), let weights {
      cases.append(
        BoundTerms(
          measured: measured, compute: terms.compute, flash: 0,
          sram: terms.sram + weights / line.bytesPerCycle / maker.cores))
    }
    let (bound, candidates) = Bound.common(cases)
    if let bound { return .known(bound) }
    return .missing(reason: maker.words(undecided(candidates)))
  }

  private func undecided(_ candidates: [BoundTerm]) -> String {
    let terms = candidates.map(\.words).joined(separator: " or ")
    if streamed > 0 {
      return
        "\(terms): weights of operators that exceed the cache may be fetched again, up to once for every "
        + "MAC; only a count of the cache's misses decides"
    }
    return "\(terms): it depends on the order in which flash is read"
      + (placement.isAssumed ? " and on where the weights are" : "")
  }
}
