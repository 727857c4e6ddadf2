import Reference

/// What an emulator's counts of instructions say of the runs of the logs.
public struct EmulatedInstructions: Sendable {
  /// Instructions for each MAC, and against TFLM's.
  public let counts: [InstructionCounts]
  /// Runs that are sweeps over sizes.
  public let sweeps: [InstructionSweep]

  init(of selection: Selection, reference: ReferenceData) {
    counts = InstructionCountsMaker(reference: reference).make(selection.logged)
    sweeps = InstructionSweep.all(selection.logged, counts)
  }
}
