import Ingest
import MachineModel
import Reference
import Support

/// The machine model, fitted to the published times, and what it says of the runs of the logs.
public struct MachineView: Sendable {
  /// What was published, as the tables have it.
  let published: [AnalysedRun]
  /// Cycles per instruction on RP2350; nil where no published run gives it.
  let instructionCost: InstructionCost?
  /// Why a model takes the cycles it takes on RP2350.
  public let model: Outcome<MachineModel>
  /// What the model says of the runs of the logs.
  public let explanations: [Explanation]
  /// Runs that it says nothing of, with the reason.
  public let unexplained: [(run: String, reason: String)]

  init(
    of selection: Selection, published: [AnalysedRun], reference: ReferenceData, confidence: Double
  ) {
    let cost = InstructionCost(published, mcu: "rp2350", reference: reference)
    let model = MachineModel.fit(
      published, board: "waveshare_rp2350_plus_16mb", cost: cost, reference: reference,
      confidence: confidence)
    let explained =
      model.value.map { model in
        selection.logged.map { (run: $0.id, outcome: model.explain($0)) }
      } ?? []
    self.published = published
    instructionCost = cost
    self.model = model
    explanations = explained.compactMap(\.outcome.value)
    unexplained = explained.compactMap { one in one.outcome.reason.map { (one.run, $0) } }
  }
}
