/// What the choice of the account and the fit together are worth: each published time is predicted by what
/// the other times alone would have chosen.
///
/// An error that is left out of the fit, but not out of the choice of what to count, is too small: the
/// choice has seen it (Varma and Simon, BMC Bioinformatics 7:91, 2006).
struct NestedFit {
  /// One time that was left out.
  struct Fold {
    /// What the fit to the other times says of it; nil where that fails.
    var cycles: Double?
    /// The step of the ladder that the other times choose.
    var selected: String?
  }

  /// One per point of the models, in their order.
  let folds: [Fold]

  /// From one model per step, all of the same points; its name as in a table of steps.
  init(_ steps: [(name: String, model: MachineModel)]) {
    let count = steps.first?.model.fit.points.count ?? 0
    folds = (0..<count).map { left in
      let judged = steps.compactMap {
        step -> (name: String, model: MachineModel, squares: Double)? in
        var others = step.model.fit.points
        others.remove(at: left)
        let held = OffsetFit.heldOut(others, loss: step.model.fit.loss)
        let errors = zip(held, others).compactMap { held, point in
          held.map { $0 / point.value - 1 }
        }
        guard errors.count == others.count else { return nil }
        return (step.name, step.model, errors.reduce(0) { $0 + $1 * $1 })
      }
      guard judged.count == steps.count, let best = judged.min(by: { $0.squares < $1.squares })
      else { return Fold() }
      return Fold(cycles: best.model.points[left].heldOutCycles, selected: best.name)
    }
  }
}
