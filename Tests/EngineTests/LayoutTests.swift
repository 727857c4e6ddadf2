import Kernels
import Testing

@testable import Engine

/// A plan holds parameters as they lie in memory. Whoever changes a structure changes
/// `PlanFormat.version` with the numbers here.
struct LayoutTests {
  @Test func sizesAreThoseOfTheFormat() {
    #expect(MemoryLayout<ConvolutionParameters>.size == 88)
    #expect(MemoryLayout<FullyConnectedParameters>.size == 44)
    #expect(MemoryLayout<PoolingParameters>.size == 64)
    #expect(MemoryLayout<SoftmaxParameters>.size == 24)
    #expect(MemoryLayout<SumParameters>.size == 44)
    #expect(MemoryLayout<ProductParameters>.size == 28)
    #expect(MemoryLayout<AffineInt8>.size == 8)
    #expect(MemoryLayout<Int8Range>.size == 8)
    #expect(MemoryLayout<FloatRange>.size == 8)
    #expect(MemoryLayout<Broadcast>.size == 100)
    #expect(MemoryLayout<MeanParameters>.size == 120)
    #expect(MemoryLayout<PadParameters>.size == 97)
    #expect(MemoryLayout<TransposeParameters>.size == 68)
    #expect(PlanLayout.offset(behind: Broadcast.self) == 112)
    #expect(PlanLayout.signature == 775_863_116)
  }

  @Test func noStructureNeedsMoreThanTheAlignment() {
    #expect(MemoryLayout<Broadcast>.alignment <= PlanFormat.alignment)
    #expect(MemoryLayout<ConvolutionParameters>.alignment <= PlanFormat.alignment)
  }

  @Test func fieldsOfWindowsAreInTheirOrder() {
    typealias C = ConvolutionParameters
    let fields: [PartialKeyPath<C>] = [
      \.batches, \.inputHeight, \.inputWidth, \.inputDepth, \.outputHeight, \.outputWidth,
      \.outputDepth, \.filterHeight, \.filterWidth, \.filterDepth, \.strideHeight, \.strideWidth,
      \.dilationHeight, \.dilationWidth, \.padTop, \.padLeft, \.inputOffset, \.outputOffset,
      \.activationMin, \.activationMax, \.floatMin, \.floatMax,
    ]
    #expect(fields.map { MemoryLayout<C>.offset(of: $0) } == (0..<22).map { 4 * $0 })
    typealias P = PoolingParameters
    let pooling: [PartialKeyPath<P>] = [
      \.batches, \.depth, \.inputHeight, \.inputWidth, \.outputHeight, \.outputWidth,
      \.filterHeight, \.filterWidth, \.strideHeight, \.strideWidth, \.padTop, \.padLeft,
    ]
    #expect(pooling.map { MemoryLayout<P>.offset(of: $0) } == (0..<12).map { 4 * $0 })
    #expect(MemoryLayout<P>.offset(of: \.range) == 48)
    #expect(MemoryLayout<P>.offset(of: \.floatRange) == 56)
  }

  @Test func otherFieldsAreInTheirOrder() {
    typealias F = FullyConnectedParameters
    let fields: [PartialKeyPath<F>] = [
      \.batches, \.inputCount, \.outputCount, \.inputOffset, \.outputOffset, \.multiplier, \.shift,
      \.activationMin, \.activationMax, \.floatMin, \.floatMax,
    ]
    #expect(fields.map { MemoryLayout<F>.offset(of: $0) } == (0..<11).map { 4 * $0 })
    typealias S = SoftmaxParameters
    let softmax: [PartialKeyPath<S>] = [
      \.rows, \.depth, \.beta, \.multiplier, \.shift, \.leastDifference,
    ]
    #expect(softmax.map { MemoryLayout<S>.offset(of: $0) } == (0..<6).map { 4 * $0 })
    typealias A = SumParameters
    let sum: [PartialKeyPath<A>] = [
      \.leftOffset, \.leftMultiplier, \.leftScaleShift, \.rightOffset, \.rightMultiplier,
      \.rightScaleShift, \.outputMultiplier, \.outputShift, \.outputOffset, \.range,
    ]
    #expect(sum.map { MemoryLayout<A>.offset(of: $0) } == (0..<10).map { 4 * $0 })
    typealias M = ProductParameters
    let product: [PartialKeyPath<M>] = [
      \.leftOffset, \.rightOffset, \.multiplier, \.shift, \.outputOffset, \.range,
    ]
    #expect(product.map { MemoryLayout<M>.offset(of: $0) } == (0..<6).map { 4 * $0 })
  }

  /// The words that the checks of the engine read.
  @Test func boxesAreWhereTheChecksReadThem() throws {
    let left = try #require(KernelShape([2, 1, 4]))
    let right = try #require(KernelShape([3, 1]))
    let shape = words(try #require(Broadcast(left: left, right: right)))
    #expect(shape[0..<6] == [1, 1, 1, 2, 3, 4] && shape[24] == 24)
    #expect(shape[8..<14] == [0, 0, 0, 4, 0, 1] && shape[16..<22] == [0, 0, 0, 0, 1, 0])
    let mean = words(try #require(MeanParameters(input: [2, 3, 4], axes: [1])))
    #expect(mean[0..<6] == [1, 1, 1, 2, 1, 4] && mean[8..<14] == [1, 1, 1, 1, 3, 1])
    #expect(mean[16..<22] == [24, 24, 24, 12, 4, 1] && mean[24] == 3 && mean[25] == 8)
    let pad = words(try #require(PadParameters(input: [3, 2], before: [1, 0], after: [0, 2])))
    #expect(pad[0..<6] == [1, 1, 1, 1, 3, 2] && pad[8..<14] == [1, 1, 1, 1, 4, 4])
    #expect(pad[16..<22] == [0, 0, 0, 0, 1, 0] && pad[24] & 0xFF == 0)
    let empty = words(try #require(PadParameters(input: [0], before: [0], after: [0])))
    #expect(empty[24] & 0xFF == 1)
    let move = words(
      try #require(TransposeParameters(input: [2, 3, 4], permutation: [2, 0, 1])))
    #expect(move[0..<6] == [1, 1, 1, 1, 4, 6] && move[8..<14] == [0, 0, 0, 0, 1, 4])
    #expect(move[16] == 24)
  }

  private func words<Value>(_ value: Value) -> [Int32] {
    withUnsafeBytes(of: value) { bytes in
      (0..<(bytes.count + 3) / 4).map { index in
        (0..<min(4, bytes.count - 4 * index)).reduce(0) {
          $0 | Int32(truncatingIfNeeded: UInt32(bytes[4 * index + $1]) << (8 * $1))
        }
      }
    }
  }
}
