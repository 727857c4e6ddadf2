import Core
import Ingest
import MachineModel
import Reference
import Statistics
import Support

/// What int8 with CMSIS-NN at -O3 would take, for a run that is labelled int8 and is not, or is slower
/// than that: from flash and from SRAM, by the machine model. No board was used: the origin is
/// predicted.
public struct FairPrediction: Sendable {
  /// One placement of the weights.
  public struct Placed: Sendable {
    /// Predicted time of one inference, s.
    public var seconds: Double
    /// Where one new measurement would lie, s.
    public var interval: Outcome<Interval>
    /// Prediction / reference, and the reference; nil where there is no int8 reference.
    public var ratio: Double?
    /// `ratio` with the clocks divided out.
    public var perCycle: Double?
    /// The interval of `ratio`; the reference's own is far narrower and is left out.
    public var ratioInterval: Outcome<Interval>

    /// "9.36 (5.12 to 10.60)": the ratio and where it may lie by any account of the published times; nil
    /// without a ratio.
    public var ratioWords: String? {
      ratio.map { ratio in
        Format.ratio(ratio)
          + (ratioInterval.value.map { " (\(Format.ratio($0.low)) to \(Format.ratio($0.high)))" }
            ?? "")
      }
    }
  }

  /// Model id.
  public var model: String
  /// The run that it stands beside.
  public var besideRun: String
  /// Whether that run is known to be float32; otherwise something else may have made it slow.
  public var isOfFloat32: Bool
  /// How sentences call the board.
  public var boardWords: String
  /// With the weights in flash.
  public var flash: Placed
  /// With the weights in SRAM.
  public var sram: Placed
  /// Instructions of one int8 inference, from an emulator.
  public var instructions: UInt64
  /// Id of the int8 reference.
  var referenceRun: String?
  /// What the prediction from flash rests on beside the fit.
  public var caveats: [String]

  init?(
    for run: AnalysedRun, isFloat32: Bool, against reference: AnalysedRun?,
    by machine: MachineModel?, data: ReferenceData
  ) {
    guard let machine, let model = run.model, let clock = run.clockHz,
      let cost = data.cost(model: model, dtype: .int8),
      let count = data.instructions(model: model, dtype: .int8),
      let flash = machine.predict(cost, Scenario(weights: .flash, clockHz: clock)).value,
      let sram = machine.predict(cost, Scenario(weights: .sram, clockHz: clock)).value
    else { return nil }
    self.model = model
    besideRun = run.id
    isOfFloat32 = isFloat32
    boardWords = run.boardWords
    instructions = count
    referenceRun = reference?.id
    caveats = flash.caveats
    self.flash = Placed(flash, against: reference)
    self.sram = Placed(sram, against: reference)
  }
}

extension FairPrediction {
  /// Fields of the prediction from flash and of that from SRAM.
  public var placements: [Fields] { [fields(flash, .flash), fields(sram, .sram)] }

  private func fields(_ placed: Placed, _ weights: WeightsPlace) -> Fields {
    [
      "model": model, "dtype": Dtype.int8, "weights": weights, "origin": Origin.predicted,
      "beside_run": besideRun, "seconds": placed.seconds, "instructions": instructions,
      "ratio": Outcome(placed.ratio, or: "the reference has no int8 result"),
      "ratio_low": placed.ratioInterval.value?.low, "ratio_high": placed.ratioInterval.value?.high,
      "ratio_interval": placed.ratioInterval.value,
      "per_cycle": placed.perCycle, "reference_run": referenceRun,
    ] + placed.interval.fields
  }
}

extension [FairPrediction] {
  /// What was predicted, in words: beside float32 the dtype is the point, elsewhere the build is too.
  public var subjectWords: String {
    allSatisfy(\.isOfFloat32) ? "true int8" : "int8 with CMSIS-NN at -O3"
  }
}

extension FairPrediction.Placed {
  init(_ prediction: ModelPrediction, against reference: AnalysedRun?) {
    seconds = prediction.seconds
    interval = prediction.interval
    guard let reference, let time = reference.seconds.value?.value, time > 0 else {
      ratioInterval = .missing(reason: "there is no int8 reference")
      return
    }
    ratio = prediction.seconds / time
    perCycle = reference.clockHz.map { prediction.seconds / time * prediction.clockHz / $0 }
    ratioInterval = prediction.interval.map { $0.scaled(by: 1 / time) }
  }
}
