import Core
import Ingest
import MachineModel

/// Runs against references, int8 against fp32, flash against SRAM.
public struct Comparison: Sendable {
  /// Runs against references, in the usual order of models.
  public let speedups: [Speedup]
  /// Their geometric means over models.
  public let meanSpeedups: MeanSpeedups
  /// Runs that could not be compared, with the reason.
  public let unpaired: [(run: String, reason: String)]
  /// int8 against fp32 on the boards of the logs.
  public let precision: [PrecisionRatio]
  /// The same on the reference's boards.
  public let referencePrecision: [PrecisionRatio]
  /// Operators that one dtype's graph has and the other's has not.
  public let unaligned: [UnalignedOperators]
  /// Flash against SRAM.
  public let placement: [PlacementRatio]
  /// Each speedup in time as a product of factors.
  public let attribution: [Attribution]

  /// Both kinds of precision rows.
  public var allPrecision: [PrecisionRatio] { precision + referencePrecision }

  /// - Parameter machine: simulates the cache in front of flash.
  init(
    of selection: Selection, _ labels: Labels, by machine: MachineModel?, options: AnalysisOptions
  ) {
    let maker = RatioMaker(confidence: options.confidence, seed: options.seed)
    let made = SpeedupMaker(
      maker: maker, doubted: labels.doubted, noReference: selection.noReference,
      varied: Set(options.baseline.compactMap { Difference($0.key) }),
      referenceOption: selection.hasBaseline ? "--set" : "--set-reference"
    ).make(selection.runs, against: selection.references, anyDtype: selection.hasBaseline)
    let speedups = ModelOrder.sorted(made.speedups, by: \.model)
    self.speedups = speedups
    meanSpeedups = MeanSpeedups(speedups)
    unpaired = made.unpaired

    let precisionMaker = PrecisionMaker(maker: maker)
    let own = precisionMaker.make(selection.logged, doubted: labels.doubted)
    let models = Set(own.ratios.map(\.model))
    precision = own.ratios
    unaligned = own.unaligned
    // The reference's rows stand beside those of the logs, not in their place.
    referencePrecision =
      selection.hasBaseline
      ? []
      : precisionMaker.make(selection.references, doubted: []).ratios.filter {
        models.contains($0.model)
      }
    placement = PlacementMaker(
      maker: maker, doubted: labels.doubted, misses: machine
    ).make(selection.logged)
    attribution = AttributionMaker(
      runs: selection.logged, references: selection.references, predictions: labels.predictions,
      doubted: labels.doubted
    ).make(speedups)
  }
}
