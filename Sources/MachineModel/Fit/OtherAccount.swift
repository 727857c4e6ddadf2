import Reference
import Statistics
import Support

/// An account of the published times that the chosen one is not.
public struct OtherAccount: Sendable {
  /// How it differs from the chosen account.
  public var name: String
  /// Fitted to the same times.
  public var model: MachineModel
  /// The most that it misses one of the times by, as a fraction.
  public var worst: Double
  /// Why the published times or the clocks of flash exclude it; nil where they do not.
  public var objection: String?

  /// Whether nothing that was measured tells it from the chosen account.
  public var isAdmissible: Bool { objection == nil }
}

extension OtherAccount: FieldsEncodable {
  /// What is fitted, and how well.
  public var fields: Fields {
    [
      "name": name, "cpi": model.cyclesPerInstruction.value,
      "cycles_per_line": model.cyclesPerLine.value,
      "cycles_per_new_transfer": model.cyclesPerNewTransfer.value, "worst_error": worst,
      "is_admissible": isAdmissible, "objection": objection,
    ]
  }
}

extension MachineModel {
  /// The chosen account of `runs` with what it is worth: errors of times that neither the fit nor the choice
  /// has seen, and the other accounts that fit all times within the largest of these errors.
  package static func choose(
    _ runs: [MeasuredRun], board: String, cyclesPerInstruction: Double?, reference: ReferenceData,
    loss: FitLoss = .robust, confidence: Double
  ) -> Outcome<MachineModel> {
    func fitted(_ account: FlashAccount) -> Outcome<MachineModel> {
      fit(
        runs, board: board, cyclesPerInstruction: cyclesPerInstruction, reference: reference,
        account: account, loss: loss, confidence: confidence)
    }
    return fitted(.chosen).map { chosen in
      var model = chosen
      let others = FlashAccount.all.dropFirst().compactMap { account in
        fitted(account).value.map { (account, $0) }
      }
      let steps = MachineModelVariant.ladder.compactMap { step in
        fitted(FlashAccount(name: step.name, variant: step.variant)).value.map { (step.name, $0) }
      }
      if steps.count == MachineModelVariant.ladder.count {
        for (i, fold) in NestedFit(steps).folds.enumerated() {
          model.points[i].heldOutCycles = fold.cycles
          model.points[i].selected = fold.selected
        }
      }
      let most = model.heldOutErrors?.worst ?? 0
      model.accounts = others.map { account, other in
        OtherAccount(
          name: account.name, model: other, worst: other.worstError,
          objection: other.objection(most: most))
      }
      return model
    }
  }

  /// The most that one of the times it is fitted to is missed by.
  public var worstError: Double { points.map { abs($0.error) }.max() ?? 0 }

  /// Why it is not an account of the published times; nil where it is.
  func objection(most: Double) -> String? {
    if worstError > most {
      return
        "it misses a published time by \(Format.percent(worstError)), more than \(Format.percent(most))"
    }
    if cyclesPerLine.value < mode.dataCycles {
      return "a line would take less than the \(Format.number(mode.dataCycles)) cycles of its data"
    }
    if cyclesPerNewTransfer.value < 0 { return "a new transfer would take less than no time" }
    return nil
  }
}
