import Reference

/// One account of the published times: what of flash is counted, in which order int8 kernels read their
/// weights, how fast the serial clock is, and which costs are fitted beside the cycles per instruction.
package struct FlashAccount: Sendable, Hashable {
  /// What it takes to be otherwise than the chosen account, in words.
  package var name: String
  /// What the simulation counts.
  var variant = MachineModelVariant.standard
  /// Whether the cost of a line is fitted; else it is that of its data alone.
  var fitsLine = true
  /// Whether the cost of a new transfer is fitted; else it is that of its clocks.
  var fitsTransfer = false
  /// CPU cycles per serial clock; nil for what the boot ROM is known to set.
  var divider: Double?

  /// The account that predictions are made by.
  static let chosen = FlashAccount(name: "as chosen")

  /// All accounts that are tried, the chosen one first. Each of the others differs from it in one respect
  /// that nothing known decides. Those that leave out reads which do happen (biases, code) are steps on
  /// the way to the model, not rivals.
  static let all: [FlashAccount] = [
    chosen,
    FlashAccount(name: "the pause between transfers is counted too", variant: .full),
    FlashAccount(name: "the cost of a new transfer is fitted too", fitsTransfer: true),
    FlashAccount(
      name: "int8 kernels read one row after the other, not two in turn",
      variant: rowAfterRow),
    FlashAccount(name: "the flash clock is clk_sys/2, not clk_sys/3", divider: 2),
    FlashAccount(
      name: "a line costs its data alone, the cost of a new transfer is fitted", fitsLine: false,
      fitsTransfer: true),
  ]

  private static var rowAfterRow: MachineModelVariant {
    var variant = MachineModelVariant.standard
    variant.rowsInTurn = false
    return variant
  }

  /// What is fitted is multiplied with these, after the instructions.
  func columns(_ traffic: LineTraffic) -> [Double] {
    (fitsLine ? [traffic.fills] : []) + (fitsTransfer ? [traffic.newTransfers] : [])
  }

  /// Cycles of flash that are known without a fit.
  func knownCycles(_ traffic: LineTraffic, _ mode: FlashMode, _ deselect: Double) -> Double {
    (fitsLine ? 0 : mode.dataCycles * traffic.fills)
      + (fitsTransfer ? 0 : mode.setupCycles * traffic.newTransfers)
      + deselect * traffic.cutTransfers
  }
}
