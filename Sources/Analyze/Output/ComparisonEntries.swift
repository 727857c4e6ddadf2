import Ingest
import Performance
import Statistics

extension AnalysisDocument {
  /// One side of a ratio.
  struct SideEntry: Encodable {
    let run: String
    let dtype: String?
    let weights: String?
    let origin: String
    let reasons: [String: String]?

    init(_ run: AnalysedRun) {
      var reasons = Reasons()
      self.run = run.id
      dtype = reasons.value(run.dtype, "dtype", "nothing says it")
      weights = reasons.value(run.weights, "weights", "nothing says where they are")
      origin = run.origin
      self.reasons = reasons.orNil
    }
  }

  struct SpeedupEntry: Encodable {
    let model: String
    let ratio: Double
    let low: Double?
    let high: Double?
    let perCycle: Double?
    let basis: String
    let likeForLike: Bool
    let differences: [String]
    let subject: SideEntry
    let reference: SideEntry
    let reasons: [String: String]?

    init(_ row: Speedup) {
      var reasons = Reasons()
      let interval = reasons.interval(row.ratio.interval)
      model = row.model
      ratio = row.ratio.value
      low = interval?.low
      high = interval?.high
      perCycle = reasons.value(row.perCycle, "per_cycle")
      basis = row.ratio.basis.rawValue
      likeForLike = row.isLikeForLike
      differences = row.differences
      subject = SideEntry(row.subject)
      reference = SideEntry(row.reference)
      self.reasons = reasons.orNil
    }
  }

  struct PrecisionEntry: Encodable {
    let board: String
    let model: String
    let `operator`: String?
    let kind: String
    let int8Seconds: Double?
    let fp32Seconds: Double?
    let int8Instructions: Double?
    let fp32Instructions: Double?
    let ratio: Double
    let low: Double?
    let high: Double?
    let adjustedP: Double?
    let weights: String?
    let origin: String
    let int8Run: String
    let fp32Run: String
    let reasons: [String: String]?

    init(_ row: PrecisionRatio) {
      var reasons = Reasons()
      let interval = reasons.interval(row.ratio.interval)
      let timed = row.ratio.basis == .time
      board = row.board
      model = row.model
      self.operator = row.operatorWords
      kind = row.kind
      int8Seconds = timed ? row.int8 : nil
      fp32Seconds = timed ? row.fp32 : nil
      int8Instructions = timed ? nil : row.int8
      fp32Instructions = timed ? nil : row.fp32
      if !timed {
        for key in ["int8_seconds", "fp32_seconds"] {
          _ = reasons.value(
            nil as Double?, key, "an emulator counted instructions; it has no time")
        }
      }
      _ = reasons.value(row.operatorWords, "operator", "the row is of the whole inference")
      ratio = row.ratio.value
      low = interval?.low
      high = interval?.high
      adjustedP = reasons.value(row.adjustedP, "adjusted_p")
      weights = row.weights
      origin = row.origin
      int8Run = row.int8Run
      fp32Run = row.fp32Run
      self.reasons = reasons.orNil
    }
  }

  struct PlacementEntry: Encodable {
    let board: String
    let model: String
    let dtype: String
    let flashSeconds: Double
    let sramSeconds: Double
    let ratio: Double
    let low: Double?
    let high: Double?
    let flashBytes: Double?
    let bytesPerSecond: Double?
    let flashBytesLow: UInt64?
    let flashBytesHigh: UInt64?
    let bytesPerSecondLow: Double?
    let bytesPerSecondHigh: Double?
    let roofBytesPerSecond: Double?
    let origin: String
    let flashRun: String
    let sramRun: String
    let reasons: [String: String]?

    init(_ row: PlacementRatio) {
      var reasons = Reasons()
      let interval = reasons.interval(row.ratio.interval)
      let traffic = reasons.value(row.traffic, "flash_bytes_low")
      board = row.board
      model = row.model
      dtype = row.dtype
      flashSeconds = row.flash
      sramSeconds = row.sram
      ratio = row.ratio.value
      low = interval?.low
      high = interval?.high
      let none = "the cache cannot be simulated for this run; bounds are given instead"
      flashBytes = reasons.value(traffic?.simulatedBytes, "flash_bytes", none)
      bytesPerSecond = reasons.value(traffic?.simulatedBandwidth, "bytes_per_second", none)
      flashBytesLow = traffic?.leastBytes
      flashBytesHigh = traffic?.mostBytes
      bytesPerSecondLow = traffic?.bandwidth.lowerBound
      bytesPerSecondHigh = traffic?.bandwidth.upperBound
      roofBytesPerSecond = traffic?.roof
      origin = row.origin
      flashRun = row.flashRun
      sramRun = row.sramRun
      self.reasons = reasons.orNil
    }
  }

  struct AttributionEntry: Encodable {
    struct FactorEntry: Encodable {
      let name: String
      let ratio: Double
      let origin: String
      let confoundedBy: [String]
      let words: String
    }

    let model: String
    let total: Double
    let subject: String
    let reference: String
    let factors: [FactorEntry]

    init(_ gap: Attribution) {
      model = gap.model
      total = gap.total
      subject = gap.subject
      reference = gap.reference
      factors = gap.factors.map {
        FactorEntry(
          name: $0.name, ratio: $0.ratio, origin: $0.origin, confoundedBy: $0.confoundedBy,
          words: $0.words)
      }
    }
  }

  /// What true int8 would take, beside a run that is not what its label says; one per placement.
  struct PredictionEntry: Encodable {
    let model: String
    let dtype: String
    let weights: String
    let origin: String
    let besideRun: String
    let seconds: Double
    let low: Double?
    let high: Double?
    let instructions: UInt64
    let ratio: Double?
    let ratioLow: Double?
    let ratioHigh: Double?
    let perCycle: Double?
    let referenceRun: String?
    let reasons: [String: String]?

    init(_ prediction: FairPrediction, _ placed: FairPrediction.Placed, weights: String) {
      var reasons = Reasons()
      let interval = reasons.interval(placed.interval)
      model = prediction.model
      dtype = "int8"
      self.weights = weights
      origin = "predicted"
      besideRun = prediction.besideRun
      seconds = placed.seconds
      low = interval?.low
      high = interval?.high
      instructions = prediction.instructions
      ratio = reasons.value(placed.ratio, "ratio", "the reference has no int8 result")
      ratioLow = placed.ratioInterval.value?.low
      ratioHigh = placed.ratioInterval.value?.high
      perCycle = placed.perCycle
      referenceRun = prediction.referenceRun
      self.reasons = reasons.orNil
    }

    static func entries(_ prediction: FairPrediction) -> [PredictionEntry] {
      [
        PredictionEntry(prediction, prediction.flash, weights: "flash"),
        PredictionEntry(prediction, prediction.sram, weights: "sram"),
      ]
    }
  }
}
