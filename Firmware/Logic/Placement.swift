/// Whether weights and activations fit the memory there is.
public enum Placement: Equatable, Sendable {
  case fits
  case refused(need: UInt64, have: UInt64)

  /// What both begin at a multiple of.
  public static let alignment: UInt64 = 16

  /// Decides for `weights` bytes of weights, 0 where they stay in flash, with an arena behind them.
  public static func decide(weights: UInt64, arena: UInt64, have: UInt64) -> Placement {
    let (padded, over1) = weights.addingReportingOverflow(alignment - 1)
    let (need, over2) = (padded / alignment * alignment).addingReportingOverflow(arena)
    if over1 || over2 { return .refused(need: .max, have: have) }
    return need <= have ? .fits : .refused(need: need, have: have)
  }
}
