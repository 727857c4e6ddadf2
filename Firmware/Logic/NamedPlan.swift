import BenchLog

/// Plans that need no more than their name.
public enum NamedPlan: UInt8, Sendable {
  case standard, quick, roofs, engines, cache, clocks, divisors, cores, outputs, all

  /// How many there are; their raw values are below it.
  public static let count: UInt8 = 10

  /// What it is called at the console.
  public var word: StaticString {
    switch self {
    case .standard: "default"
    case .quick: "quick"
    case .roofs: "roofs"
    case .engines: "engines"
    case .cache: "cache"
    case .clocks: "clocks"
    case .divisors: "divisors"
    case .cores: "cores"
    case .outputs: "outputs"
    case .all: "all"
    }
  }

  /// What it measures.
  public var meaning: StaticString {
    switch self {
    case .standard: "all models on all engines, weights in flash, then in SRAM; 10 inferences"
    case .quick: "all models on the built-in engine, weights in flash; 1 inference"
    case .roofs: "micro-benchmarks only: what the hardware can do at most"
    case .engines: "all models on each engine, outputs to be compared"
    case .cache: "all models, weights in flash, with the XIP cache on and off"
    case .clocks: "all models at CPU clocks of 48, 100 and 150 MHz"
    case .divisors: "all models, weights in flash, at flash clocks of 1/2, 1/3 and 1/4"
    case .cores: "all models on the built-in engine on one core, and on two where there are two"
    case .outputs: "the linked samples of each model's input once, outputs in full"
    case .all:
      "micro-benchmarks, then all models on all engines, from flash and SRAM, on 1 and 2 cores"
    }
  }

  /// What it is.
  public var plan: MeasuringPlan {
    var plan = MeasuringPlan(name: self)
    switch self {
    case .standard: break
    case .quick:
      plan.engines = .first
      plan.weights = .first
      plan.warmup = 1
      plan.inferences = 1
    case .roofs:
      plan.models = false
      plan.benches = true
    case .engines: plan.weights = .first
    case .cache:
      plan.weights = .first
      plan.cache = .both
    case .clocks: plan.clocks = Sweep(48, 100, 150)
    case .divisors:
      plan.weights = .first
      plan.divisors = Sweep(2, 3, 4)
    case .cores:
      plan.engines = .first
      plan.cores = .both
    case .outputs:
      plan.weights = .first
      plan.warmup = 0
      plan.inferences = 1
      plan.outputs = .data
      plan.samples = true
    case .all:
      plan.benches = true
      plan.cores = .both
    }
    return plan
  }
}

extension MeasuringPlan {
  /// The choices that were made, in the words of `set`.
  func describe<Sink: ByteSink>(model label: Text, into sink: inout Sink) {
    sink.write(name.word)
    if models {
      sink.write(": model=")
      sink.write(label)
      sink.write(" engine=")
      sink.write(Setting.engineWord(engines))
      sink.write(" weights=")
      sink.write(Setting.weightsWord(weights))
      sink.write(" cores=")
      sink.write(Setting.coresWord(cores))
      sink.write(" warmup=")
      sink.write(UInt64(warmup))
      sink.write(" inferences=")
      sink.write(UInt64(inferences))
      sink.write(" detail=")
      sink.write(UInt64(detail))
      sink.write(" outputs=")
      sink.write(Setting.outputsWord(outputs))
      sink.write(samples ? " input=samples" : " input=pattern")
    } else {
      sink.write(":")
    }
    sink.write(" cache=")
    sink.write(cache.map(Setting.cacheWord) ?? "as-is")
    describe(clocks, " clocks=", into: &sink)
    describe(divisors, " divisors=", into: &sink)
    sink.write(benches ? " benches=yes" : " benches=no")
  }

  private func describe<Sink: ByteSink>(
    _ sweep: Sweep, _ key: StaticString, into sink: inout Sink
  ) {
    sink.write(key)
    if sweep.count == 0 { sink.write("as-is") }
    for i in 0..<sweep.count {
      if i > 0 { sink.put(UInt8(ascii: ",")) }
      sink.write(UInt64(sweep[i]))
    }
  }
}
