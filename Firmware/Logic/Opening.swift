import BenchLog
import Core

extension Session {
  /// Why a run cannot be made, with the bytes that were asked for where it is for them.
  struct Refusal {
    var reason: Text
    var need: UInt64?
    var have: UInt64?
  }

  /// What a run's lines refer to.
  struct Reference {
    var machine: UInt64
    var build: UInt64
    var model: UInt64
  }

  /// Prints a run that cannot be made.
  mutating func refuse(_ refusal: Refusal, _ step: PlanStep, _ reference: Reference) {
    printer.beginRefused()
    printer.encoder.field("machine", reference.machine)
    printer.encoder.field("build", reference.build)
    printer.encoder.field("model", reference.model)
    printer.encoder.field("weights", text: step.weights.word)
    printer.encoder.field("cores", UInt64(step.cores))
    if let need = refusal.need { printer.encoder.field("need", need) }
    if let have = refusal.have { printer.encoder.field("have", have) }
    printer.field("reason", refusal.reason)
    printer.encoder.end()
  }

  /// Opens a step's model: gives the bytes of its arena, or why it cannot run.
  mutating func open(
    _ step: PlanStep, _ model: ModelDescription
  ) -> (arenaBytes: UInt64, refusal: Refusal?) {
    if step.cores > Int(board.description.cores) {
      return (0, Refusal(reason: Text("the board has one core")))
    }
    if step.cores > 1, step.engine > 0 {
      return (0, Refusal(reason: Text("the engine tflm runs on one core")))
    }
    if model.operators > RunStatistics.operatorLimit {
      var text = compose()
      text.write("the model has ")
      text.write(UInt64(model.operators))
      text.write(" operators; the firmware has room for ")
      text.write(UInt64(RunStatistics.operatorLimit))
      return (0, Refusal(reason: Text(text.bytes)))
    }
    // With the weights in flash, to learn how large the arena is.
    var result = runner.open(
      model: step.model, engine: step.engine, cores: step.cores, copying: false)
    let copied =
      step.weights == .sram ? runner.copiedBytes(model: step.model, engine: step.engine) : 0
    if result.status == .fine || result.status == .arenaTooSmall {
      switch Placement.decide(weights: copied, arena: result.arenaBytes, have: board.freeBytes) {
      case .refused(let need, let have):
        return (0, refusal(weights: copied, arena: result.arenaBytes, need: need, have: have))
      case .fits: break
      }
    }
    if result.status == .fine, step.weights == .sram {
      result = runner.open(
        model: step.model, engine: step.engine, cores: step.cores, copying: true)
    }
    if let reason = result.status.reason { return (0, Refusal(reason: Text(reason))) }
    return (result.arenaBytes, nil)
  }

  private func refusal(
    weights: UInt64, arena: UInt64, need: UInt64, have: UInt64
  ) -> Refusal {
    var text = compose()
    text.write("an arena of ")
    text.write(arena)
    if weights > 0 {
      text.write(" bytes and ")
      text.write(weights)
      text.write(" bytes of weights")
    } else {
      text.write(" bytes")
    }
    text.write(" do not fit the free memory")
    return Refusal(reason: Text(text.bytes), need: need, have: have)
  }
}

extension EngineStatus {
  /// What to say where it is not fine.
  var reason: StaticString? {
    switch self {
    case .fine: nil
    case .badModel: "the engine cannot read the model: damaged, of another version or not linked in"
    case .arenaTooSmall: "the engine finds the free memory too small"
    case .unsupported: "the engine lacks an operator of the model"
    case .failed: "the engine failed"
    }
  }
}
