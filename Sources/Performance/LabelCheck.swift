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
  /// Cycles of the same model in fp32 without any wait for flash, and with one fetch per MAC; nil
  /// where the count is not known.
  public var fp32: ClosedRange<Double>?

  /// True when no int8 model could be so slow.
  public var isContradicted: Bool { leastCycles > bound.cycles }
  /// True when fp32 explains the time.
  public var fitsFP32: Bool { fp32.map { $0.contains(cycles) } ?? false }

  /// The check for `run`; nil when it claims nothing or the costs are not known.
  init?(_ run: AnalysedRun, cost: InstructionCost?, reference: ReferenceData) {
    guard run.label == "int8", let cost, let machine = run.machine, let model = run.model,
      machine.mcu == "rp2350", let clock = run.clockHz, let cycles = run.cycles.value,
      run.runtime == nil || run.runtime == "tflm", run.hasDefaultFlash, Self.hasKnownKernels(run),
      let bound = Int8Bound(model: model, machine: machine, cost: cost, reference: reference)
    else { return nil }
    self.run = run.id
    self.model = model
    self.cycles = cycles.value
    leastCycles = cycles.interval.value?.low ?? cycles.value
    clockHz = clock
    self.bound = bound
    if let count = reference.instructions(model: model, dtype: "fp32") {
      let least = cost.low * Double(count)
      fp32 = least...(cost.high * Double(count) + 4 * bound.cyclesPerByte * Double(bound.macs))
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
