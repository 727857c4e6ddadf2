import Core

/// Pseudo-random weights from a printed seed: the same on every machine, bit for bit.
public struct SeededWeights: Sendable {
  private var generator: SplitMix64

  /// The stream of that seed.
  public init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// A number in [-bound, bound).
  public mutating func uniform(_ bound: Float) -> Float { (2 * generator.unit() - 1) * bound }

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
