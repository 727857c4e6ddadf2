/// How many bytes of new constants a pass may make, so that a small draft whose operators share a
/// large constant cannot ask for a copy of it each.
struct ConstantBudget {
  /// 256 MiB: sixteen times the flash that an RP2350 can address.
  static let bytes = 256 << 20

  private var left = Self.bytes

  /// Takes that many bytes; false, and nothing taken, where they are not left.
  mutating func take(_ bytes: Int?) -> Bool {
    guard let bytes, bytes >= 0, bytes <= left else { return false }
    left -= bytes
    return true
  }
}
