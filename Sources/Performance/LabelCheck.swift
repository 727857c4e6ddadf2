import Reference

/// Holds the claim "int8" against a run's own time.
public struct LabelCheck: Sendable {
  /// Id of the run.
  public var run: String
  /// Model id.
  public var model: String
  /// Cycles the run took.
  public var cycles: Double
  /// The least it can have taken: the lower end of the interval, where there is one.
  public var leastCycles: Double
  /// The run's CPU clock, Hz.
  public var clockHz: Double
  /// The most that an int8 model can take.
  public var bound: Int8Bound
  /// Cycles of the same model in fp32 without any wait for flash, and with the cache off; nil
  /// where the count is not known.
  public var fp32: ClosedRange<Double>?

  /// True when no int8 model could be so slow.
  public var isContradicted: Bool { leastCycles > bound.cycles }
  /// True when the label is wrong and the time is one that fp32 can take, as far as that is known.
  public var isMislabelled: Bool { isContradicted && (fp32 == nil || fitsFP32) }
  /// True when fp32 explains the time.
  public var fitsFP32: Bool { fp32.map { $0.contains(cycles) } ?? false }

  /// The check for `run`; nil when it claims nothing or the costs are not known.
  init?(_ run: AnalysedRun, by machine: MachineModel?, reference: ReferenceData) {
    guard run.label == "int8", let machine, let model = run.model, run.mcu == machine.machine.mcu,
      let clock = run.clockHz, let cycles = run.cycles.value,
      run.runtime == nil || run.runtime == "tflm", run.hasDefaultFlash, Self.hasKnownKernels(run),
      let bound = Int8Bound(model: model, by: machine, reference: reference)
    else { return nil }
    self.run = run.id
    self.model = model
    self.cycles = cycles.value
    leastCycles = cycles.interval.value?.low ?? cycles.value
    clockHz = clock
    self.bound = bound
    if let cost = reference.cost(model: model, dtype: "fp32"),
      let count = reference.instructions(model: model, dtype: "fp32"),
      let worst = machine.predict(cost, Scenario(dtype: "fp32", hasCache: false)).value
    {
      let cpi = machine.cyclesPerInstruction
      let least = (cpi.interval.value?.low ?? cpi.value) * Double(count)
      let most = worst.interval.value.map { $0.high * worst.clockHz } ?? worst.parts.total
      fp32 = least...max(least, most)
    }
  }

  /// The instruction counts are those of CMSIS-NN at -O3; other kernels or flags take several times
  /// as many, and a run of another graph has none.
  static func hasKnownKernels(_ run: AnalysedRun) -> Bool {
    let kernels = run.configuration.text(.kernels)
    let flags = run.configuration.text(.flags)
    return (kernels == nil || kernels == "cmsis-nn")
      && (flags.map { $0.contains("-O3") || $0.contains("-O2") } ?? true)
      && !run.run.observations.contains { $0.kind == .modelContradiction }
  }
}
