/// What the simulation of flash reads takes into account beside the weights themselves. Each part rests
/// on a register, a table or the source of a kernel; none is fitted.
public struct MachineModelVariant: Sendable, Hashable {
  /// Biases are read from flash too, once per output.
  public var biases: Bool
  /// Chip select goes high after the cool-down and at page breaks, which ends a transfer.
  var transferLimits: Bool
  /// The code around the inner loop shares the cache.
  public var code: Bool
  /// A transfer that is cut short costs the time that chip select must stay high.
  var deselect: Bool
  /// Whether CMSIS-NN's int8 kernels read the two rows of a pair in turn, as their source does; else one
  /// row after the other.
  var rowsInTurn = true
  /// How far behind the constants the code lies, lines; it decides which sets of the cache both share.
  var codeOffsetLines = 0

  /// What the published times support: the step of the ladder below whose leave-one-out errors have the
  /// least sum of squares (PRESS: Allen, Technometrics 16, 1974). Each step up to the code lowers it; the
  /// pause between transfers raises it, though the data sheet has it, so other parts of L must hold it.
  public static let standard = MachineModelVariant(
    biases: true, transferLimits: true, code: true, deselect: false)

  /// Everything.
  public static let full = MachineModelVariant(
    biases: true, transferLimits: true, code: true, deselect: true)

  /// From the plainest to the full model, each with a name.
  static let ladder: [(name: String, variant: MachineModelVariant)] = [
    (
      "weights alone",
      MachineModelVariant(biases: false, transferLimits: false, code: false, deselect: false)
    ),
    (
      "and transfers end by cool-down and page",
      MachineModelVariant(biases: false, transferLimits: true, code: false, deselect: false)
    ),
    (
      "and biases",
      MachineModelVariant(biases: true, transferLimits: true, code: false, deselect: false)
    ),
    ("and code in the same cache", .standard),
    ("and the pause between transfers", .full),
  ]
}
