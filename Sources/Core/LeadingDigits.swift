/// The decimal digits that eight bytes of text begin with, found and added up at once.
///
/// Digits of a word in parallel: as in D. Lemire, "Quickly parsing eight digits" (2018).
public struct LeadingDigits: Sendable {
  /// How many there are, 0 to 8.
  public let count: Int
  /// The number that they are; nothing that counts where there are none.
  public let value: UInt64

  /// Those of `text`, whose first byte is in the lowest bits.
  @inlinable
  public init(_ text: UInt64) {
    let digits = text ^ 0x3030_3030_3030_3030
    // The highest bit of each byte that is no digit; of those above the first such, perhaps wrongly.
    let others = (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080
    let bits = others.trailingZeroBitCount & ~7
    count = bits &>> 3
    // The digits move up, behind as many zeros as are wanting to eight; then pairs, fours, all.
    var sum = digits &<< UInt64(truncatingIfNeeded: 64 &- bits)
    sum = sum &* 10 &+ sum &>> 8
    value =
      ((sum & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        &+ (sum &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001) &>> 32
  }
}
