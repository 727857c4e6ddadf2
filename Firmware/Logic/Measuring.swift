import BenchLog

extension Session {
  /// Runs the plan so many times and prints one log of it.
  mutating func measure(repetitions: UInt32) {
    let all = PlanSteps(
      plan, models: runner.modelCount, engines: runner.engineCount,
      cores: Int(board.description.cores))
    guard all.count > 0 || plan.benches && benchmarks.count > 0 else {
      return fail("the plan has no runs; choose another plan, or set benches yes; list shows all")
    }
    isMeasuring = true
    stops = false
    machines = 0
    declaredModels = 0
    steps = all.count * Int(repetitions)
    step = 0
    let initial = board.state
    begin(all)
    var left = repetitions
    while left > 0, !stops {
      if plan.benches { measureBenchmarks(all) }
      for i in 0..<all.count {
        if stops { break }
        step += 1
        run(all[i])
      }
      left -= 1
    }
    restore(initial)
    printer.end()
    board.flush()
    isMeasuring = false
    console.say(stops ? "stopped" : "finished")
  }

  /// Prints what a log begins with.
  private mutating func begin(_ all: PlanSteps) {
    printer = LogPrinter(console)
    var text = compose()
    plan.describe(model: modelLabel, into: &text)
    printer.log(board.description, build, plan: Text(text.bytes))
    for i in 0..<runner.engineCount {
      printer.build(id: UInt64(i) + 1, runner.engine(i), build)
    }
  }

  /// Brings the board into the state that a step asks for; else a reason why not.
  mutating func apply(_ wanted: Configuration) -> Text? {
    if let megahertz = wanted.clockMegahertz {
      let hertz = megahertz * 1_000_000  // At most 1000 MHz, by the command.
      if board.state.clockHertz != hertz, !board.setClock(hertz) {
        return cannot("set its CPU clock to ", UInt64(megahertz), " MHz")
      }
    }
    if let divisor = wanted.flashDivisor, board.state.flashDivisor != divisor,
      !board.setFlashDivisor(divisor)
    {
      return cannot("set its flash clock to CPU clock / ", UInt64(divisor), "")
    }
    if let on = wanted.cache, board.state.cache != on, !board.setCache(on) {
      return Text(on ? "the board has no XIP cache" : "the board cannot switch off an XIP cache")
    }
    return nil
  }

  private func cannot(_ before: StaticString, _ number: UInt64, _ after: StaticString) -> Text {
    var text = compose()
    text.write("the board cannot ")
    text.write(before)
    text.write(number)
    text.write(after)
    return Text(text.bytes)
  }

  /// Takes back what the plan changed.
  private mutating func restore(_ initial: BoardState) {
    let now = board.state
    var good = true
    if now.clockHertz != initial.clockHertz { good = board.setClock(initial.clockHertz) && good }
    if now.flashDivisor != initial.flashDivisor {
      good = board.setFlashDivisor(initial.flashDivisor) && good
    }
    if now.cache != initial.cache, let cache = initial.cache {
      good = board.setCache(cache) && good
    }
    if !good { fail("the board did not return to its first state; reset it before the next plan") }
  }

  /// The number of the machine line for the board's present state; prints the line if it is new.
  mutating func machine(cores: Int) -> UInt64 {
    let state = board.state
    for i in 0..<min(Int(machines), Workspace.machineLimit) {
      let known = workspace.machines[i]
      if known.cores == cores, known.state == state { return known.id }
    }
    // The oldest is forgotten.
    let slot = Int(machines) % Workspace.machineLimit
    machines += 1
    workspace.machines[slot] = Workspace.Machine(id: machines, cores: cores, state: state)
    // Not where a reason may stand that has still to be printed.
    var flash = TextBuffer(workspace.flash)
    if state.flashWidth > 0 { state.writeFlash(into: &flash) }
    printer.machine(
      id: machines, board.description, state, flash: Text(flash.bytes), cores: cores)
    return machines
  }

  private mutating func measureBenchmarks(_ all: PlanSteps) {
    for i in 0..<all.configurations {
      let problem = apply(all.configuration(i))
      let machine = machine(cores: 1)
      if let problem {
        printer.beginRefused()
        printer.encoder.field("machine", machine)
        printer.field("reason", problem)
        printer.encoder.end()
        continue
      }
      for index in 0..<benchmarks.count {
        poll()
        if stops { return }
        measureBenchmark(index, machine)
      }
    }
  }

  private mutating func measureBenchmark(_ index: Int, _ machine: UInt64) {
    var times = Summary()
    var best: BenchSample?
    for _ in 0..<plan.benchRepetitions {
      board.flush()
      guard let sample = benchmarks.measure(index) else { return }
      let time = board.elapsed(sample.ticks)
      if times.n == 0 || time < times.min { best = sample }
      times.add(time)
    }
    guard let best else { return }
    printer.beginBench()
    printer.encoder.field("machine", machine)
    if runner.engineCount > 0 { printer.encoder.field("build", 1) }
    printer.field("name", benchmarks.name(index))
    printer.field("unit", board.description.unit)
    printer.encoder.field("n", times.n)
    printer.encoder.field("time", times.min)
    printer.encoder.field("max", times.max)
    if best.macs > 0 { printer.encoder.field("macs", best.macs) }
    if best.bytes > 0 { printer.encoder.field("bytes", best.bytes) }
    printer.counters(best.access, best.miss, runner.hasCounters)
    printer.encoder.end()
    board.toggleLED()
  }
}

extension BoardState {
  /// Writes the flash's mode and divisor as the log has them: quad/3.
  func writeFlash<Sink: ByteSink>(into sink: inout Sink) {
    sink.write(flashWidth == 4 ? "quad/" : flashWidth == 2 ? "dual/" : "serial/")
    sink.write(UInt64(flashDivisor))
  }
}
