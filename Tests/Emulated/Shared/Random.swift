/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
///
/// Everything is drawn in words of fixed width: the standard library's draws depend on the width of
/// Int, and so differ between host and board.
struct Random {
  private var state: UInt64

  init(_ seed: UInt32) { state = UInt64(seed) }

  mutating func word() -> UInt32 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt32(truncatingIfNeeded: (z ^ (z >> 31)) >> 32)
  }

  /// Within the range, whose size is below 2^32.
  mutating func int(_ range: ClosedRange<Int32>) -> Int32 {
    let size = UInt64(Int64(range.upperBound) - Int64(range.lowerBound) + 1)
    let drawn = (UInt64(word()) * size) >> 32
    return Int32(truncatingIfNeeded: Int64(range.lowerBound) + Int64(drawn))
  }

  /// True once in so many draws.
  mutating func once(in count: Int32) -> Bool { int(1...count) == 1 }

  /// -1 ... 1 in steps of 2^-23.
  mutating func unit() -> Float { Float(int(-(1 << 23)...1 << 23)) * 0x1p-23 }

  /// 1 ... 2 times a power of two.
  mutating func scale(_ exponents: ClosedRange<Int32>) -> Float {
    let exponent = UInt32(int(exponents) + 127)
    return Float(bitPattern: exponent << 23 | word() >> 9)
  }
}
