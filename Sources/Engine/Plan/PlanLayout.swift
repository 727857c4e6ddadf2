import Kernels

/// How parameters of the kernels lie in a plan: as in memory, since a structure of 32-bit numbers is the
/// same on the host and on the chip. A plan says what its writer had, and other plans are refused.
public enum PlanLayout {
  /// Where a second structure or number stands behind one of type `First`.
  @inline(__always)
  public static func offset<First>(behind first: First.Type) -> Int {
    (MemoryLayout<First>.size &+ PlanFormat.alignment &- 1) & ~(PlanFormat.alignment &- 1)
  }

  /// FNV-1a (Fowler, Noll, Vo) of size and alignment of every structure that a plan holds. The places
  /// of fields are pinned by tests; `PlanFormat.version` changes with them.
  public static var signature: UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    add(ConvolutionParameters.self, to: &hash)
    add(FullyConnectedParameters.self, to: &hash)
    add(Int8Range.self, to: &hash)
    add(FloatRange.self, to: &hash)
    add(SoftmaxParameters.self, to: &hash)
    add(AffineInt8.self, to: &hash)
    add(Broadcast.self, to: &hash)
    add(SumParameters.self, to: &hash)
    add(ProductParameters.self, to: &hash)
    add(PoolingParameters.self, to: &hash)
    add(MeanParameters.self, to: &hash)
    add(PadParameters.self, to: &hash)
    add(TransposeParameters.self, to: &hash)
    return hash
  }

  @inline(__always)
  private static func add<Value>(_ type: Value.Type, to hash: inout UInt32) {
    hash = (hash ^ UInt32(MemoryLayout<Value>.size)) &* 0x0100_0193
    hash = (hash ^ UInt32(MemoryLayout<Value>.alignment)) &* 0x0100_0193
  }
}
