import Core
import Ingest
import MachineModel
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
  var leastCycles: Double
  /// The run's CPU clock, Hz.
  public var clockHz: Double
  /// The most that the model can take in int8 with CMSIS-NN at -O3.
  public var bound: Int8Bound
  /// How it is known, other than by the time, that the graph computes in float32; nil where it is not.
  public var float32: Float32Evidence?
  /// What can make a run called int8 so slow, each possible or excluded; none where the time needs no
  /// explanation.
  var causes: [SlowCause] = []

  /// True when int8 with CMSIS-NN at -O3 is never so slow, so that something the log does not say is
  /// different.
  var isContradicted: Bool { leastCycles > bound.cycles }
  /// The causes that are not excluded.
  public var possible: [SlowCause] { causes.filter(\.isPossible) }
  /// True when the label is wrong: that is known otherwise, or every other cause is excluded.
  var isMislabelled: Bool {
    isContradicted && (float32 != nil || possible.map(\.kind) == [.float32])
  }

  /// The check for `run`; nil when it claims nothing or the costs are not known.
  init?(_ run: AnalysedRun, by machine: MachineModel?, reference: ReferenceData) {
    guard run.label == .int8, let machine, let model = run.model, run.mcu == machine.machine.mcu,
      let clock = run.clockHz, let cycles = run.cycles.value,
      run.runtime == nil || run.runtime == "tflm", Self.hasKnownFlash(run.configuration),
      Self.hasKnownKernels(run), run.platformObjection(machine.machine) == nil,
      let bound = Int8Bound(model: model, by: machine, reference: reference)
    else { return nil }
    self.run = run.id
    self.model = model
    self.cycles = cycles.value
    leastCycles = cycles.interval.value?.low ?? cycles.value
    clockHz = clock
    self.bound = bound
    float32 = Float32Evidence(run, machine, reference)
    guard isContradicted else { return }
    causes =
      SlowCauses(
        run: run, model: model, clockHz: clock, seconds: cycles.value / clock, machine: machine,
        reference: reference
      ).all
  }

  /// The bound is that of the usual flash mode with the cache off, but instructions that wait for flash
  /// are not in it.
  private static func hasKnownFlash(_ configuration: Configuration) -> Bool {
    configuration.hasDefaultFlashMode
      && (configuration.text(.xipCache) != "off" || configuration.code == .sram)
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

/// How it is known, other than by the time, that a run called int8 computes in float32.
public enum Float32Evidence: Sendable, Hashable {
  /// Its model file has room for four bytes per weight.
  case fileSize
  /// The published script, run again, writes such a file; the run's own was not seen.
  case remade
  /// The log, or whoever completes it, says so; with its reason where it gives one.
  case stated(String?)

  init?(_ run: AnalysedRun, _ machine: MachineModel, _ reference: ReferenceData) {
    if LabelContradictedBySize.isFloat32(run, by: machine, reference) {
      self = run.configuration.number(.modelBytes) == nil ? .remade : .fileSize
    } else if run.dtype == .fp32 {
      self = .stated(run.configuration.text(.dtypeEvidence))
    } else {
      return nil
    }
  }
}
