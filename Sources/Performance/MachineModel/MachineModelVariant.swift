/// What the simulation of flash reads takes into account beside the weights themselves. Each part rests
/// on a register, a table or the source of a kernel; none is fitted.
public struct MachineModelVariant: Sendable, Hashable {
  /// Biases are read from flash too, once per output.
  public var biases: Bool
  /// Chip select goes high after the cool-down and at page breaks, which ends a transfer.
  public var transferLimits: Bool
  /// The code around the inner loop shares the cache.
  public var code: Bool
  /// A transfer that is cut short costs the time that chip select must stay high.
  public var deselect: Bool

  /// What the published times support: of the ladder below, a step is kept when it lowers both the largest
  /// and the median error of leave-one-out. Transfers that end do; biases, code and the pause between
  /// transfers lower the largest alone, and L takes up what they would explain.
  public static let standard = MachineModelVariant(
    biases: false, transferLimits: true, code: false, deselect: false)

  /// Everything.
  public static let full = MachineModelVariant(
    biases: true, transferLimits: true, code: true, deselect: true)

  /// From the plainest to the full model, each with a name.
  public static let ladder: [(name: String, variant: MachineModelVariant)] = [
    (
      "weights alone",
      MachineModelVariant(biases: false, transferLimits: false, code: false, deselect: false)
    ),
    ("and transfers end by cool-down and page", .standard),
    (
      "and biases",
      MachineModelVariant(biases: true, transferLimits: true, code: false, deselect: false)
    ),
    (
      "and code in the same cache",
      MachineModelVariant(biases: true, transferLimits: true, code: true, deselect: false)
    ),
    ("and the pause between transfers", .full),
  ]
}
