import Support

/// A stand-in for the proprietary model of the published table: FULLY_CONNECTED, TANH, RELU and
/// MINIMUM, each as an operator of its own.
///
/// Its sizes are not published. Those by default have a largest FULLY_CONNECTED of 2048 MACs and a
/// TANH of 64 elements, which is what the published times of these two operators suggest
/// (139 us fp32 for the one at about 10 cycles per MAC, 217 us int8 for the other).
public struct GeneratedMLP: Sendable, Equatable {
  /// Elements of the input, between operators, and of the output.
  public var sizes: [Int]
  /// What MINIMUM compares with.
  public var limit: Float
  /// Of the weights.
  public var seed: UInt64

  /// Sizes from input to output, two or more.
  public init(sizes: [Int] = [16, 64, 32, 8], limit: Float = 1, seed: UInt64 = 1) {
    self.sizes = sizes
    self.limit = limit
    self.seed = seed
  }

  /// MACs of one inference.
  public var macs: Int { zip(sizes, sizes.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } }

  /// As in `mlp_16x64x32x8_m3328`.
  public var name: String { "mlp_\(sizes.map(String.init).joined(separator: "x"))_m\(macs)" }

  /// The fp32 graph: TANH behind the first FULLY_CONNECTED, RELU behind the others but the last,
  /// MINIMUM behind that.
  public func graph() throws(Diagnostic) -> Graph {
    guard sizes.count >= 2, sizes.count <= 64 else {
      throw Diagnostic(
        "option-range", "there are \(sizes.count) sizes; 2 to 64 are needed, from input to output",
        remedy: "Give them as in --sizes 16,64,32,8.")
    }
    for size in sizes { try GeneratorRules.range("sizes", size, 1...(1 << 16)) }
    guard limit.isFinite else {
      throw Diagnostic(
        "option-range", "the limit is \(limit); it must be finite", remedy: "Use --limit 1.")
    }
    for (first, second) in zip(sizes, sizes.dropFirst()) {
      try GeneratorRules.weights(first, second)
    }
    var builder = ModelBuilder(
      name: name, note: "seeded weights, seed \(seed)", input: [1, sizes[0]], seed: seed)
    for (index, size) in sizes.dropFirst().enumerated() {
      try builder.fullyConnected(size, .none)
      if index == 0 {
        try builder.append(.tanh)
      } else if index < sizes.count - 2 {
        try builder.append(.relu)
      }
    }
    try builder.minimum(limit)
    return try builder.graph()
  }
}
