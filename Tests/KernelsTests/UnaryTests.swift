import Kernels
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct UnaryTests {
  @Test func realNumbersBecomeTheNearestElement() {
    var random = SplitMix(31)
    for _ in 0..<50 {
      let to = random.affine()
      let values =
        (-300...300).map { to.scale * Float($0) / 2 }
        + [.infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .nan, -0]
      let found = applied(to: values, count: values.count, zero: 0) {
        quantizeFloat(to, count: Int32(values.count), input: $0, output: $1)
      }
      let wrong = zip(values, found).filter { value, element in
        if value.isNaN { return Int32(element) != to.zeroPoint }
        let steps = (value / to.scale).rounded(.toNearestOrAwayFromZero) + Float(to.zeroPoint)
        return Float(element) != min(max(steps, -128), 127)
      }
      #expect(wrong.isEmpty)
      let back = applied(to: found, count: found.count, zero: 0) {
        dequantizeInt8(to, count: Int32(found.count), input: $0, output: $1)
      }
      #expect(
        back == found.map { Float(Double(to.scale) * Double(Int32($0) - to.zeroPoint)) })
    }
  }

  @Test func curvesAreThoseOfTheRealNumbers() {
    var random = SplitMix(33)
    for _ in 0..<50 {
      let from = random.affine()
      let parameters = CurveParameters(from)
      let tanhs = applied(to: everyInt8, count: 256, zero: 0) {
        tanhInt8(parameters, count: 256, input: $0, output: $1)
      }
      let logistics = applied(to: everyInt8, count: 256, zero: 0) {
        logisticInt8(parameters, count: 256, input: $0, output: $1)
      }
      let far = (0..<256).filter { index in
        let x = Double(from.scale) * Double(Int32(everyInt8[index]) - from.zeroPoint)
        return abs(Double(tanhs[index]) - min(tanh(x) * 128, 127)) >= 0.501
          || abs(Double(logistics[index]) + 128 - min(256 / (1 + exp(-x)), 255)) >= 0.501
      }
      #expect(far.isEmpty)
    }
    let reals = (-200...200).map { Float($0) / 8 }
    let count = Int32(reals.count)
    let tanhs = applied(to: reals, count: reals.count, zero: Float(0)) {
      tanhFloat(count: count, input: $0, output: $1)
    }
    let logistics = applied(to: reals, count: reals.count, zero: Float(0)) {
      logisticFloat(count: count, input: $0, output: $1)
    }
    for (index, x) in reals.enumerated() {
      #expect(abs(Double(tanhs[index]) - tanh(Double(x))) < 1e-7)
      let logistic = 1 / (1 + exp(-Double(x)))
      #expect(abs(Double(logistics[index]) - logistic) < 1.3e-4 * logistic)
    }
  }

  @Test func rangesHoldAndNaNStays() {
    let input: [Float] = [-1, 0, 3, 7, .nan, .infinity]
    let six = applied(to: input, count: 6, zero: 0) {
      clampFloat(FloatRange(lowest: 0, highest: 6), count: 6, input: $0, output: $1)
    }
    #expect(six[0..<4] == [0, 0, 3, 6] && six[4].isNaN && six[5] == 6)
    let bytes = applied(to: everyInt8, count: 256, zero: 0) {
      clampInt8(Int8Range(lowest: -3, highest: 9), count: 256, input: $0, output: $1)
    }
    #expect(bytes == everyInt8.map { min(max($0, -3), 9) })
  }

  @Test func copiesAreTheSame() {
    let copy = applied(to: everyInt8, count: 256, zero: Int8(0)) {
      copyBytes(count: 256, input: $0, output: $1)
    }
    #expect(copy == everyInt8)
  }
}
