/// One reading of a performance window: inferences, runtime and, redundantly, their quotient.
struct MLPerfReading: Sendable {
  var inferences: PrintedNumber
  var runtime: PrintedNumber
  var throughput: PrintedNumber

  /// True when inferences / runtime is the throughput, as far as their digits go.
  var isConsistent: Bool {
    guard runtime.value > 0 else { return false }
    let quotient = inferences.value / runtime.value
    return PrintedNumber.close(
      quotient, throughput.value,
      within: quotient * runtime.half / runtime.value + throughput.half)
  }

  /// True when `finer` gives the same window with more digits.
  func agrees(with finer: MLPerfReading) -> Bool {
    inferences.value == finer.inferences.value && runtime.agrees(with: finer.runtime)
      && throughput.agrees(with: finer.throughput)
  }

  /// Resolution of runtime / inferences in seconds. Printed in full, a runtime is a difference of
  /// the device's microseconds (`m-lap-us`).
  var quantum: Double { max(2 * runtime.half, 1e-6) / inferences.value }
}

/// A window that may be printed twice: rounded while it runs, in full at the end.
struct MLPerfWindow: Sendable {
  var rounded: MLPerfReading?
  var full: MLPerfReading?
  /// Two readings contradict each other.
  var isSpoiled = false

  /// The reading to believe.
  var best: MLPerfReading? { isSpoiled ? nil : full ?? rounded }

  /// Enters a consistent reading; false when it contradicts one that is there.
  mutating func enter(_ reading: MLPerfReading, inFull: Bool) -> Bool {
    let others = [rounded, full].compactMap { $0 }
    guard others.allSatisfy({ $0.agrees(with: reading) }) else {
      isSpoiled = true
      return false
    }
    if inFull { full = full ?? reading } else { rounded = rounded ?? reading }
    return true
  }
}

/// One energy measurement: a window of the EEMBC runner, a trial of the Python runner.
struct MLPerfTrial: Sendable {
  /// In µJ.
  var energy: PrintedNumber
  /// In µW.
  var power: PrintedNumber
  /// In µJ.
  var perInference: PrintedNumber
  /// In s.
  var duration: PrintedNumber
  /// The EEMBC runner gives it only with the window's performance results.
  var inferences: PrintedNumber?
  var isSpoiled = false

  /// Inferences as printed, else as the two energies imply.
  var count: Double {
    inferences?.value ?? max(1, (energy.value / max(perInference.value, 1e-9)).rounded())
  }

  /// True when power x duration is the energy, as far as their digits go.
  var powerAgrees: Bool {
    PrintedNumber.close(
      power.value * duration.value, energy.value,
      within: power.half * duration.value + duration.half * (power.value + power.half)
        + energy.half)
  }

  /// True when energy / inferences is the energy of one inference. Without `inferences` the
  /// quotient must still come out as a whole number.
  var energyAgrees: Bool {
    guard perInference.value > perInference.half else { return false }
    if let inferences {
      guard inferences.value > 0 else { return false }
      return PrintedNumber.close(
        energy.value / inferences.value, perInference.value,
        within: energy.half / inferences.value + perInference.half)
    }
    let quotient = energy.value / perInference.value
    return PrintedNumber.close(
      quotient, max(1, quotient.rounded()),
      within: quotient * (perInference.half / perInference.value)
        + energy.half / perInference.value)
  }
}
