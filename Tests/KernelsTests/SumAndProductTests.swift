import Kernels
import TestSupport
import Testing

/// int8 results against real arithmetic: never more than one step off, which rounding three times may
/// be; the bits are compared with TFLM's elsewhere.
struct SumAndProductTests {
  private func check(
    _ kernel: (
      Broadcast, UnsafePointer<Int8>, UnsafePointer<Int8>, UnsafeMutablePointer<Int8>
    ) -> Void, _ left: AffineInt8, _ right: AffineInt8, _ output: AffineInt8, range: Int8Range,
    _ operation: (Double, Double) -> Double
  ) {
    let pairs = (0..<256).map { ($0 &* 37 &+ 11, $0) }
    let x = pairs.map { Int8(truncatingIfNeeded: $0.0) }
    let y = pairs.map { Int8(truncatingIfNeeded: $0.1) }
    let found = applied(to: x, y, count: 256, zero: 0) { kernel(Broadcast(count: 256), $0, $1, $2) }
    let far = (0..<256).filter { index in
      let a = Double(left.scale) * Double(Int32(x[index]) - left.zeroPoint)
      let b = Double(right.scale) * Double(Int32(y[index]) - right.zeroPoint)
      let exact = operation(a, b) / Double(output.scale) + Double(output.zeroPoint)
      let held = min(max(exact, Double(range.lowest)), Double(range.highest))
      return (Double(found[index]) - held).magnitude >= 1
    }
    #expect(far.isEmpty)
  }

  @Test func resultsAreWithinOneStep() throws {
    var random = SplitMix(9)
    for _ in 0..<60 {
      let (left, right) = (random.affine(), random.affine())
      var output = random.affine()
      output.scale = max(left.scale, right.scale) * Float.random(in: 0.3...3, using: &random)
      let range = random.int(0...1) == 0 ? Int8Range() : Int8Range(lowest: -50, highest: 60)
      let sum = try #require(SumParameters(adding: left, right, to: output, range: range))
      check(
        { addInt8(sum, $0, left: $1, right: $2, output: $3) }, left, right, output, range: range, +)
      let difference = try #require(
        SumParameters(subtracting: right, from: left, to: output, range: range))
      check(
        { subtractInt8(difference, $0, left: $1, right: $2, output: $3) }, left, right, output,
        range: range, -)
      output.scale = left.scale * right.scale * Float.random(in: 20...300, using: &random)
      let product = try #require(
        ProductParameters(multiplying: left, right, to: output, range: range))
      check(
        { multiplyInt8(product, $0, left: $1, right: $2, output: $3) }, left, right, output,
        range: range, *)
    }
  }

  @Test func scalesTooFarApartAreRefused() {
    let one = AffineInt8(scale: 1, zeroPoint: 0)
    let tiny = AffineInt8(scale: 1e-7, zeroPoint: 0)
    #expect(SumParameters(adding: one, one, to: tiny, range: Int8Range()) == nil)
    #expect(SumParameters(subtracting: one, from: one, to: tiny, range: Int8Range()) == nil)
    #expect(ProductParameters(multiplying: one, one, to: tiny, range: Int8Range()) == nil)
    #expect(RequantizationParameters(quantizing: one, to: tiny) == nil)
    #expect(RequantizationParameters(rectifying: one, to: tiny) == nil)
    #expect(MeanParameters(input: [2], axes: [0], from: one, to: tiny) == nil)
  }
}
