import Performance
import Statistics

extension AnalysisDocument {
  /// Roofs of the boards and what stands under them.
  struct RooflineEntry: Encodable {
    struct MemoryEntry: Encodable {
      let id: String
      let name: String
      let level: String
      let isRoof: Bool
      let bytesPerCycle: Double
      let bytesPerSecond: Double
      let provenance: String
      let isMeasured: Bool

      init(_ line: MemoryLine) {
        id = line.id
        name = line.name
        level = line.level.rawValue
        isRoof = line.isRoof
        bytesPerCycle = line.bytesPerCycle
        bytesPerSecond = line.bytesPerSecond
        provenance = line.provenance.words
        isMeasured = line.provenance.isMeasured
      }
    }

    struct ComputeEntry: Encodable {
      let id: String
      let name: String
      let dtype: String
      let isRoof: Bool
      let kinds: [String]
      let macsPerCycle: Double
      let macsPerSecond: Double
      let provenance: String
      let isMeasured: Bool

      init(_ line: ComputeLine) {
        id = line.id
        name = line.name
        dtype = line.dtype
        isRoof = line.isRoof
        kinds = line.kinds
        macsPerCycle = line.macsPerCycle
        macsPerSecond = line.macsPerSecond
        provenance = line.provenance.words
        isMeasured = line.provenance.isMeasured
      }
    }

    struct RidgeEntry: Encodable {
      let memory: String
      let compute: String
      let intensity: Double

      init(_ ridge: Ridge) {
        memory = ridge.memory
        compute = ridge.compute
        intensity = ridge.intensity
      }
    }

    struct MachineEntry: Encodable {
      let board: String
      let name: String
      let clockHz: Double
      let memory: [MemoryEntry]
      let compute: [ComputeEntry]
      let ridges: [RidgeEntry]

      init(_ machine: RooflineMachine) {
        board = machine.board
        name = machine.name
        clockHz = machine.clockHz
        memory = machine.memory.map(MemoryEntry.init)
        compute = machine.compute.map(ComputeEntry.init)
        ridges = machine.ridges.map(RidgeEntry.init)
      }
    }

    struct LeftOutEntry: Encodable {
      let run: String
      let operators: Int?
      let reason: String
    }

    let machines: [MachineEntry]
    let points: [PointEntry]
    let leftOut: [LeftOutEntry]

    init(_ roofline: Roofline) {
      machines = roofline.machines.map(MachineEntry.init)
      points = roofline.points.map(PointEntry.init)
      leftOut = roofline.leftOut.map {
        LeftOutEntry(run: $0.run, operators: $0.operators, reason: $0.reason)
      }
    }
  }
}

extension AnalysisDocument.RooflineEntry {
  /// One point; `roof` is in MAC/s, as `macs_per_second`, intensities in MAC/B.
  struct PointEntry: Encodable {
    struct TrafficEntry: Encodable {
      let level: String
      let bytes: Double
      let intensity: Double?
    }

    /// Cycles of each term.
    struct TermsEntry: Encodable {
      let compute: Double
      let flash: Double
      let sram: Double
      let overhead: Double
    }

    let run: String
    let board: String
    let model: String?
    let dtype: String?
    let weights: String?
    let origin: String
    let `operator`: String?
    let operatorPosition: Int?
    let kind: String?
    let macs: UInt64
    let byteCounter: String
    let traffic: [TrafficEntry]?
    let intensity: Double?
    let macsPerCycle: Double
    let macsPerCycleLow: Double?
    let macsPerCycleHigh: Double?
    let macsPerSecond: Double?
    let timeShare: Double?
    let roof: Double?
    let roofName: String?
    let limit: String?
    let share: Double?
    let noOverlapRoof: Double?
    let noOverlapShare: Double?
    let bound: String?
    let certainty: String?
    let isSure: Bool?
    let terms: TermsEntry?
    let assumptions: [String]
    let isBelowTimerResolution: Bool
    let isAboveRoof: Bool
    let reasons: [String: String]?

    init(_ point: RooflinePoint) {
      var reasons = Reasons()
      let unsaid = "neither the log nor an option, sidecar file or file name says so"
      let whole = "the point is of the whole model"
      run = point.run
      board = point.board
      model = reasons.value(point.model, "model", unsaid)
      dtype = reasons.value(point.dtype, "dtype", unsaid)
      weights = reasons.value(point.weights, "weights", unsaid)
      origin = point.origin
      self.operator = reasons.value(point.operatorWords, "operator", whole)
      operatorPosition = reasons.value(point.operatorPosition, "operator_position", whole)
      kind = reasons.value(point.kind, "kind", whole)
      macs = point.macs
      byteCounter = point.byteCounter.words
      traffic = reasons.value(point.traffic, "traffic")?.map {
        TrafficEntry(level: $0.level.rawValue, bytes: $0.bytes, intensity: $0.intensity)
      }
      intensity = reasons.value(point.intensity, "intensity")
      macsPerCycle = point.macsPerCycle.value
      let interval = reasons.value(point.macsPerCycle.interval, "macs_per_cycle_low")
      if let reason = point.macsPerCycle.interval.reason {
        _ = reasons.value(nil as Double?, "macs_per_cycle_high", reason)
      }
      macsPerCycleLow = interval?.low
      macsPerCycleHigh = interval?.high
      macsPerSecond = reasons.value(point.macsPerSecond, "macs_per_second")?.value
      timeShare = reasons.value(point.timeShare, "time_share")
      roof = reasons.value(point.roof, "roof")
      let attainable = point.attainable.value
      roofName = attainable?.roofName
      limit = attainable?.limit.rawValue
      share = reasons.value(point.share, "share")
      noOverlapRoof = reasons.value(
        point.attainable.map { $0.noOverlap * point.clockHz }, "no_overlap_roof")
      noOverlapShare = reasons.value(point.noOverlapShare, "no_overlap_share")
      let leading = reasons.value(point.bound, "bound")
      bound = leading?.term.rawValue
      certainty = leading?.certainty
      isSure = leading?.isSure
      terms = reasons.value(point.terms, "terms").map {
        TermsEntry(
          compute: $0.compute, flash: $0.flash, sram: $0.sram, overhead: $0.overhead)
      }
      assumptions = point.assumptions
      isBelowTimerResolution = point.isBelowTimerResolution
      isAboveRoof = !point.excesses.isEmpty
      self.reasons = reasons.orNil
    }
  }
}
