import Ingest
import Reference
import Statistics

/// What a true int8 model would take from SRAM, for a run that is labelled int8 and is not.
///
/// seconds = instructions (emulated) x cycles per instruction (published runs) / clock. No board was
/// used: origin is predicted. The wait for flash is not in it, so it holds for weights in SRAM.
public struct FairPrediction: Sendable {
  /// Model id.
  public var model: String
  /// The run that it stands beside.
  public var besideRun: String
  /// How sentences call the board.
  public var boardWords: String
  /// Predicted time of one inference, s.
  public var seconds: Double
  /// Range over the published runs that give the cycles per instruction.
  public var range: ClosedRange<Double>
  /// Instructions of one int8 inference, from an emulator.
  public var instructions: UInt64
  /// Prediction / reference, and the reference; nil where there is no int8 reference.
  public var ratio: Double?
  /// Range of `ratio`.
  public var ratioRange: ClosedRange<Double>?
  /// `ratio` with the clocks divided out.
  public var perCycle: Double?
  /// Id of the int8 reference.
  public var referenceRun: String?

  init?(
    for run: AnalysedRun, against reference: AnalysedRun?, cost: InstructionCost?,
    data: ReferenceData
  ) {
    guard let cost, let model = run.model, let clock = run.clockHz,
      let count = data.instructions(model: model, dtype: "int8")
    else { return nil }
    self.model = model
    besideRun = run.id
    boardWords = run.boardWords
    instructions = count
    let perCPI = Double(count) / clock
    let predicted = perCPI * cost.estimate
    let bounds = perCPI * cost.low...perCPI * cost.high
    seconds = predicted
    range = bounds
    guard let reference, let time = reference.seconds.value?.value, time > 0 else { return }
    ratio = predicted / time
    ratioRange = bounds.lowerBound / time...bounds.upperBound / time
    perCycle = reference.clockHz.map { predicted / time * clock / $0 }
    referenceRun = reference.id
  }
}
