import BenchLog
import Core

/// Where a run is.
struct RunProgress {
  let id: UInt64
  let operators: Int
  var statistics: RunStatistics
  /// Inferences so far, and those of them that have lines.
  var inferences: UInt64 = 0
  var printed: UInt64 = 0
  /// Bytes of the console before the run.
  let firstByte: UInt64
  /// The outputs of the present sample.
  var output: (crc: UInt32, same: UInt64)?
}

extension Session {
  /// Makes one run of the plan.
  mutating func run(_ step: PlanStep) {
    poll()
    // Of both, one core and two, only the built-in engine can do the second.
    if stops || plan.cores == .both && step.cores > 1 && step.engine > 0 { return }
    let problem = apply(step.configuration)
    let model = runner.model(step.model)
    let reference = declare(step, model)
    if let problem { return refuse(Refusal(reason: problem), step, reference) }
    let (arenaBytes, refusal) = open(step, model)
    if let refusal { return refuse(refusal, step, reference) }

    consoleTicks = 0
    let start = board.now()
    let samples = plan.samples ? runner.sampleCount : 0
    let firstByte = console.bytes
    let id = announce(step, model, reference, arenaBytes, samples: samples > 0)
    var progress = RunProgress(
      id: id, operators: model.operators, statistics: RunStatistics(workspace.summaries),
      firstByte: firstByte)
    for i in 0..<model.operators {
      printer.op(run: progress.id, index: i, runner.operatorOf(model: step.model, i))
    }
    board.flush()
    consoleTicks += board.now() - start

    var status = EngineStatus.fine
    for _ in 0..<plan.warmup where status == .fine && !stops {
      runner.fillInput(sample: samples > 0 ? 0 : nil)
      status = runner.invoke()
      poll()
    }
    for sample in 0..<max(samples, 1) {
      for _ in 0..<plan.inferences where status == .fine && !stops {
        runner.fillInput(sample: samples > 0 ? sample : nil)
        status = infer(&progress)
        if status == .fine { takeOutput(sample, &progress) }
        poll()
      }
      printOutput(sample, isLast: true, &progress)
    }
    if let reason = status.reason {
      failures += 1
      refuse(Refusal(reason: Text(reason)), step, reference)
    }
    finish(&progress)
  }

  /// One inference: nothing but the engine runs between both readings of the clock.
  private mutating func infer(_ progress: inout RunProgress) -> EngineStatus {
    runner.clearProfile()
    let start = board.now()
    let status = runner.invoke()
    let ticks = board.now() - start
    guard status == .fine else { return status }

    board.toggleLED()
    var access: UInt64 = 0
    var miss: UInt64 = 0
    for i in 0..<progress.operators {
      let sample = runner.sample(i)
      progress.statistics[i].add(
        board.elapsed(sample.ticks), access: sample.access, miss: sample.miss)
      access += sample.access
      miss += sample.miss
    }
    let time = board.elapsed(ticks)
    progress.statistics.add(time, access: access, miss: miss)
    if progress.inferences % UInt64(plan.detail) == 0 { printInference(time, &progress) }
    progress.inferences += 1
    return .fine
  }

  private mutating func printInference(_ time: UInt64, _ progress: inout RunProgress) {
    let start = board.now()
    printer.encoder.begin(.inf)
    printer.encoder.field("run", progress.id)
    printer.encoder.field("i", progress.inferences)
    printer.encoder.field("time", time)
    printer.encoder.end()
    for i in 0..<progress.operators {
      let sample = runner.sample(i)
      printer.encoder.begin(.opt)
      printer.encoder.field("run", progress.id)
      printer.encoder.field("i", progress.inferences)
      printer.encoder.field("op", UInt64(i))
      printer.encoder.field("time", board.elapsed(sample.ticks))
      printer.counters(sample.access, sample.miss, runner.hasCounters)
      printer.encoder.end()
    }
    board.flush()
    progress.printed += 1
    consoleTicks += board.now() - start
  }

  /// Prints the lines that a run refers to, where they are new.
  private mutating func declare(_ step: PlanStep, _ model: ModelDescription) -> Reference {
    let machine = machine(cores: min(step.cores, Int(board.description.cores)))
    // Models come in order, so those before have their lines, or are not in the plan.
    let id = UInt64(step.model) + 1
    if step.model >= declaredModels {
      declaredModels = step.model + 1
      printer.model(id: id, model)
    }
    return Reference(machine: machine, build: UInt64(step.engine) + 1, model: id)
  }

  /// Prints the run line.
  private mutating func announce(
    _ step: PlanStep, _ model: ModelDescription, _ reference: Reference, _ arenaBytes: UInt64,
    samples: Bool
  ) -> UInt64 {
    let id = printer.beginRun()
    printer.encoder.field("machine", reference.machine)
    printer.encoder.field("build", reference.build)
    printer.encoder.field("model", reference.model)
    printer.encoder.field("weights", text: step.weights.word)
    printer.field("code", build.code)
    printer.encoder.field("activations", text: WeightsPlace.sram.word)
    printer.encoder.field("arena_bytes", arenaBytes)
    printer.field("unit", board.description.unit)
    printer.encoder.field("warmup", UInt64(plan.warmup))
    printer.encoder.field("clock_cost", board.elapsed(runner.clockCost()))
    printer.field("input", samples ? Text("samples") : model.pattern)
    printer.encoder.field("detail", UInt64(plan.detail))
    printer.encoder.end()
    return id
  }

  /// Prints what the run came to.
  private mutating func finish(_ progress: inout RunProgress) {
    let start = board.now()
    if progress.inferences > 0 {
      printSummary(progress.statistics.inference, op: nil, progress)
      for i in 0..<progress.operators {
        printSummary(progress.statistics[i], op: i, progress)
      }
    }
    board.flush()
    consoleTicks += board.now() - start
    let bytes = console.bytes - progress.firstByte
    printer.encoder.begin(.done)
    printer.encoder.field("run", progress.id)
    printer.encoder.field("inferences", progress.inferences)
    printer.encoder.field("printed", progress.printed)
    printer.encoder.field("console", board.elapsed(consoleTicks))
    printer.encoder.field("console_bytes", bytes)
    printer.encoder.end()
    board.flush()
  }

  private mutating func printSummary(_ summary: Summary, op: Int?, _ progress: RunProgress) {
    printer.encoder.begin(.sum)
    printer.encoder.field("run", progress.id)
    if let op { printer.encoder.field("op", UInt64(op)) }
    printer.encoder.field("n", summary.n)
    printer.encoder.field("min", summary.min)
    printer.encoder.field("max", summary.max)
    printer.encoder.field("total", summary.total)
    printer.counters(summary.access, summary.miss, runner.hasCounters)
    printer.encoder.end()
  }
}
