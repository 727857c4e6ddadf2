/// The same numbers for the same seed on every machine: SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast
/// Splittable Pseudorandom Number Generators", 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The sequence of a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// In [0, 1), a multiple of 2^-24, which a float32 holds exactly.
  public mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// In [0, 1), a multiple of 2^-53.
  public mutating func unitDouble() -> Double { Double(next() >> 11) * 0x1p-53 }
}
