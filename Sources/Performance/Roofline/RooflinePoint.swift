import Core
import Statistics
import Support

/// Bytes that pass one level of memory in one inference.
public struct LevelTraffic: Sendable, Equatable, Encodable {
  /// The level.
  public var level: MemoryLevel
  /// Bytes by the point's counter.
  public var bytes: Double
  /// MAC per byte of this level; nil where nothing passes or nothing is computed.
  public var intensity: Double?
}

/// What the roofs allow at a point's intensities, for as many cores as the run used.
public struct Attainable: Sendable, Equatable {
  /// MAC/cycle: the smallest of compute roof and bandwidth x intensity of every level.
  public var macsPerCycle: Double
  /// MAC/cycle where nothing overlaps: 1 / (1/compute + the sum of 1/(bandwidth x intensity)).
  public var noOverlap: Double
  /// The roof that is the smallest: on which side of the ridge the point stands.
  public var limit: BoundTerm
  /// Name of that roof.
  var roofName: String
}

/// One run, or one operator of it, on the roofline of its board.
public struct RooflinePoint: Sendable {
  /// The run.
  public let analysed: AnalysedRun
  /// Position in the run's list of operators; nil for the whole model.
  public let operatorPosition: Int?
  /// The machine it stands under.
  public let state: RooflineState
  /// The bytes that it moves.
  let tally: Tally
  /// MACs of one inference.
  public let macs: UInt64
  /// MAC/cycle with its interval.
  public let macsPerCycle: Quantity
  /// Share of the time of one inference; 1 for the whole model.
  public let timeShare: Outcome<Double>
  /// The roofs at this intensity.
  public let attainable: Outcome<Attainable>
  /// What explains the time.
  public let terms: Outcome<BoundTerms>
  /// The term that leads, whatever is unknown of the bytes.
  public let bound: Outcome<Bound>
  /// Whether the time is not above one tick of the timer: the rate is then a lower bound.
  public let isBelowTimerResolution: Bool
  /// Roofs that it exceeds whatever the cache kept; empty where all is well.
  public let excesses: [RoofExcess]

  private var one: AnalysedOperator? { operatorPosition.map { analysed.operators[$0] } }

  /// Id of the run.
  public var run: String { analysed.id }
  /// Id of the board; with the clock it names the `RooflineMachine`.
  public var board: String { state.board }
  /// CPU clock, Hz.
  public var clockHz: Double { state.clockHz }
  /// "3 CONV_2D"; nil for the whole model.
  public var operatorWords: String? { one?.words }
  /// TFLite name; nil for the whole model.
  public var kind: String? { one?.kind }
  /// Model id; nil where nothing names it.
  public var model: String? { analysed.model }
  /// `int8` or `fp32`; nil where nothing says it.
  public var dtype: Dtype? { analysed.dtype }
  /// `flash` or `sram`, stated or assumed; nil where neither.
  public var weights: WeightsPlace? { tally.placement.weights }
  /// What was assumed to place the point; empty where everything was stated.
  public var assumptions: [String] { tally.placement.assumptions }
  /// Measured, published or predicted.
  public var origin: Origin { analysed.origin }
  /// How the bytes were counted.
  public var byteCounter: ByteCounter { tally.counter }
  /// Bytes by level.
  public var traffic: Outcome<[LevelTraffic]> { tally.traffic(macs) }
  /// MAC per byte of the level that holds the weights, so that this level's line is the roof above
  /// the point: from flash weights only, from SRAM weights and activations.
  public var intensity: Outcome<Double> { tally.intensity(macs) }
  /// MAC/s with its interval.
  public var macsPerSecond: Outcome<Quantity> {
    (one?.seconds ?? analysed.seconds).map { $0.rate(of: Double(macs)) }
  }
  /// Rate / roof.
  public var share: Outcome<Double> { attainable.map { macsPerCycle.value / $0.macsPerCycle } }
  /// Rate / what can be reached when nothing overlaps.
  public var noOverlapShare: Outcome<Double> {
    attainable.map { macsPerCycle.value / $0.noOverlap }
  }
  /// The roof in MAC/s.
  public var roof: Outcome<Double> { attainable.map { $0.macsPerCycle * clockHz } }
}

extension RooflinePoint: FieldsEncodable {
  /// Where it stands, and what bounds it. `roof` is in MAC/s, as `macs_per_second`.
  public var fields: Fields {
    let unsaid = AnalysedRun.unsaid
    let whole = "the point is of the whole model"
    return [
      "run": run, "board": board, "model": Outcome(model, or: unsaid),
      "dtype": Outcome(dtype, or: unsaid), "weights": Outcome(weights, or: unsaid),
      "origin": origin, "operator": Outcome(operatorWords, or: whole),
      "operator_position": Outcome(operatorPosition, or: whole),
      "kind": Outcome(kind, or: whole), "macs": macs, "byte_counter": byteCounter.words,
      "traffic": traffic, "intensity": intensity, "macs_per_cycle": macsPerCycle.value,
      "macs_per_cycle_low": macsPerCycle.interval.low,
      "macs_per_cycle_high": macsPerCycle.interval.high,
      "macs_per_cycle_interval": macsPerCycle.interval.value,
      "macs_per_second": macsPerSecond.number,
      "time_share": timeShare, "roof": roof, "roof_name": attainable.value?.roofName,
      "limit": attainable.value?.limit, "share": share,
      "no_overlap_roof": attainable.map { $0.noOverlap * clockHz },
      "no_overlap_share": noOverlapShare, "bound": bound.map(\.term),
      "certainty": bound.value?.certainty, "is_sure": bound.value?.isSure, "terms": terms,
      "assumptions": assumptions, "is_below_timer_resolution": isBelowTimerResolution,
      "is_above_roof": !excesses.isEmpty,
    ]
  }
}

extension Quantity {
  /// `amount` per unit of this quantity; the interval's ends change places.
  func rate(of amount: Double) -> Quantity {
    Quantity(
      value: amount / value,
      interval: {
        switch interval {
        case .missing(let reason): .missing(reason: reason)
        case .known(let known) where known.low > 0: known.dividing(amount)
        case .known: .missing(reason: "the interval of the time reaches 0")
        }
      }(), count: count, method: method)
  }
}
