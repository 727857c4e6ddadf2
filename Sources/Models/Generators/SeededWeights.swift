/// Pseudo-random weights from a printed seed: the same on every machine, bit for bit.
public struct SeededWeights: Sendable {
  private var state: UInt64

  /// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
  public init(seed: UInt64) { state = seed }

  /// 64 bits, equally distributed.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in [-bound, bound): 24 random bits, so that the division is exact.
  public mutating func uniform(_ bound: Float) -> Float {
    let unit = Float(next() >> 40) / Float(1 << 24)
    return (2 * unit - 1) * bound
  }

  /// Weights for `fanIn` inputs of each output. Uniform with the bound sqrt(6 / fanIn), with which
  /// activations behind ReLU keep their size through any number of operators (He, Zhang, Ren, Sun:
  /// "Delving deep into rectifiers", 2015).
  public mutating func weights(_ shape: [Int], fanIn: Int) -> [Float] {
    let bound = (6 / Float(max(fanIn, 1))).squareRoot()
    return (0..<shape.reduce(1, *)).map { _ in uniform(bound) }
  }

  /// Biases, small beside activations near 1.
  public mutating func biases(_ count: Int) -> [Float] {
    (0..<count).map { _ in uniform(1 / 16) }
  }
}
