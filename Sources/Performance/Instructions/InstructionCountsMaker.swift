import Ingest
import Reference
import Statistics
import Support

/// Finds the runs of an emulator and what their instructions can be compared with.
struct InstructionCountsMaker {
  let reference: ReferenceData

  /// An operator of either side.
  private struct Part {
    var key: String
    var instructions: Double
  }

  func make(_ runs: [AnalysedRun]) -> [InstructionCounts] {
    let baselines = Dictionary(
      grouping: runs.filter { $0.runtime == "tflm" && $0.instructions.value != nil },
      by: { [$0.model, $0.dtype?.description] })
    return runs.compactMap { run in
      guard let instructions = run.instructions.value?.value else { return nil }
      return InstructionCounts(
        run: run.id, instructions: instructions, perMAC: perMAC(run, instructions),
        comparison: comparison(run, instructions, baselines))
    }
  }

  private func perMAC(_ run: AnalysedRun, _ instructions: Double) -> Outcome<Double> {
    guard let macs = run.macs else { return .missing(reason: run.costsReason) }
    guard macs > 0 else { return .missing(reason: "the model has no MACs") }
    return .known(instructions / Double(macs))
  }

  /// A run of the logs ran the same file, so it comes before the bundled counts.
  private func comparison(
    _ run: AnalysedRun, _ instructions: Double, _ baselines: [[String?]: [AnalysedRun]]
  ) -> Outcome<InstructionComparison> {
    guard let model = run.model, let dtype = run.dtype else {
      return .missing(reason: "nothing says the model or the dtype")
    }
    if run.runtime != "tflm",
      let other = baselines[[model, dtype.description]]?.first(where: { Pairing.sameFile(run, $0) }
      ),
      let count = other.instructions.value?.value, count > 0
    {
      let parts = other.operators.compactMap { one in
        one.instructions.value.map { Part(key: one.alignmentKey, instructions: $0.value) }
      }
      return .known(compare(run, instructions, .run(other.id), count, parts))
    }
    guard let bundled = reference.instructions(model: model, dtype: dtype), bundled > 0 else {
      return .missing(
        reason: "neither the logs nor the bundled counts have TFLM with this model and dtype")
    }
    let counted = reference.instructions.filter {
      $0.model == model && $0.dtype == dtype && $0.index != nil
    }
    guard isSameGraph(run, reference.cost(model: model, dtype: dtype), counted.map(\.kind)) else {
      return .missing(reason: "the graph is not that of the bundled counts")
    }
    let parts = counted.map { Part(key: $0.kind, instructions: Double($0.instructions)) }
    return .known(compare(run, instructions, .bundled, Double(bundled), parts))
  }

  /// The name alone does not make it the same graph: the MACs must agree, or where no table has them,
  /// the operators.
  private func isSameGraph(_ run: AnalysedRun, _ cost: ModelCost?, _ kinds: [String]) -> Bool {
    if let cost { return cost.macs == run.macs }
    return !run.hasSumsOfKinds && run.operators.map(\.kind) == kinds
  }

  private func compare(
    _ run: AnalysedRun, _ instructions: Double, _ baseline: InstructionComparison.Baseline,
    _ count: Double, _ parts: [Part]
  ) -> InstructionComparison {
    let own = run.operators.filter { $0.instructions.value != nil }
    let operators = Alignment.pairs(own.map(\.alignmentKey), parts.map(\.key)).map { i, j in
      OperatorInstructions(
        words: own[i].words, kind: own[i].kind, macs: own[i].macs,
        own: own[i].instructions.value?.value ?? 0, baseline: parts[j].instructions)
    }
    return InstructionComparison(
      baseline: baseline, instructions: count, ratio: instructions / count,
      operators: operators.enumerated().sorted {
        (abs($1.element.difference), $0.offset) < (abs($0.element.difference), $1.offset)
      }.map(\.element))
  }
}
