import Kernels
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct SoftmaxTests {
  private func exact(_ row: [Double]) -> [Double] {
    let largest = row.max() ?? 0
    let terms = row.map { exp($0 - largest) }
    return terms.map { $0 / terms.reduce(0, +) }
  }

  @Test func rowsAreSharesOfTheirSum() throws {
    var random = SplitMix(21)
    for _ in 0..<60 {
      let (rows, depth) = (random.int(1...4), random.int(1...600))
      let scale = random.affine().scale
      let beta: Float = random.int(0...1) == 0 ? 1 : 2.5
      let input = random.bytes(rows * depth, extreme: random.int(0...4) == 0)
      let parameters = try #require(
        SoftmaxParameters(rows: Int32(rows), depth: Int32(depth), beta: beta, inputScale: scale))
      let found = applied(to: input, count: rows * depth, zero: 0) {
        softmaxInt8(parameters, input: $0, output: $1)
      }
      let reals = input.map { scale * Float($0) }
      let floats = applied(to: reals, count: rows * depth, zero: 0) {
        softmaxFloat(parameters, input: $0, output: $1)
      }
      for row in 0..<rows {
        let span = row * depth..<(row + 1) * depth
        let shares = exact(input[span].map { Double(beta) * Double(scale) * Double($0) })
        // The top share of 256 is 255.
        let far = zip(span, shares).filter { index, share in
          abs(Double(found[index]) + 128 - min(share * 256, 255)) >= 0.51
            || abs(Double(floats[index]) - share) >= 1e-5
        }
        #expect(far.isEmpty)
      }
    }
  }

  @Test func limitsAreRefused() {
    let most = SoftmaxParameters.mostInt8Depth
    #expect(SoftmaxParameters(rows: 1, depth: most, beta: 1, inputScale: 0.1) != nil)
    #expect(SoftmaxParameters(rows: 1, depth: most + 1, beta: 1, inputScale: 0.1) == nil)
    #expect(SoftmaxParameters(rows: 1, depth: 2, beta: 1, inputScale: 0x1p-27) == nil)
    #expect(SoftmaxParameters(rows: 1, depth: 2, beta: 0, inputScale: 1) == nil)
    #expect(SoftmaxParameters(rows: 1, depth: 2, beta: 1e30, inputScale: 1) != nil)
  }

  @Test func longRowsOfEqualElementsStayInRange() throws {
    let depth = SoftmaxParameters.mostInt8Depth
    let parameters = try #require(
      SoftmaxParameters(rows: 1, depth: depth, beta: 1, inputScale: 0.1))
    let input = [Int8](repeating: 3, count: Int(depth))
    let found = applied(to: input, count: Int(depth), zero: 0) {
      softmaxInt8(parameters, input: $0, output: $1)
    }
    #expect(found.allSatisfy { $0 == -128 })
  }
}
