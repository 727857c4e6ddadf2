import Kernels
import TestSupport
import Testing

struct PoolingTests {
  /// Everything under a window, tap by tap.
  private func taps(
    _ p: PoolingParameters, _ n: Int, _ row: Int, _ column: Int, _ channel: Int
  ) -> [Int] {
    var result: [Int] = []
    for y in 0..<Int(p.filterHeight) {
      for x in 0..<Int(p.filterWidth) {
        let inY = row * Int(p.strideHeight) - Int(p.padTop) + y
        let inX = column * Int(p.strideWidth) - Int(p.padLeft) + x
        guard (0..<Int(p.inputHeight)).contains(inY), (0..<Int(p.inputWidth)).contains(inX) else {
          continue
        }
        result.append(
          ((n * Int(p.inputHeight) + inY) * Int(p.inputWidth) + inX) * Int(p.depth) + channel)
      }
    }
    return result
  }

  private func parameters(_ random: inout SplitMix) -> PoolingParameters {
    var p = PoolingParameters()
    p.batches = Int32(random.int(1...2))
    p.depth = Int32(random.int(1...5))
    p.inputHeight = Int32(random.int(1...7))
    p.inputWidth = Int32(random.int(1...7))
    p.filterHeight = Int32(random.int(1...4))
    p.filterWidth = Int32(random.int(1...4))
    p.strideHeight = Int32(random.int(1...3))
    p.strideWidth = Int32(random.int(1...3))
    p.padTop = Int32(random.int(0...Int(p.filterHeight) - 1))
    p.padLeft = Int32(random.int(0...Int(p.filterWidth) - 1))
    // The last window may hang over, but not lie outside.
    p.outputHeight = (p.inputHeight + p.padTop - 1) / p.strideHeight + 1
    p.outputWidth = (p.inputWidth + p.padLeft - 1) / p.strideWidth + 1
    if random.int(0...2) == 0 { p.range = Int8Range(lowest: -20, highest: 30) }
    if random.int(0...2) == 0 { p.floatRange = FloatRange(lowest: -0.25, highest: 0.5) }
    return p
  }

  @Test func meansOfLargeWindowsDoNotOverflow() {
    var random = SplitMix(12)
    for size in [(1, 255), (1, 256), (16, 16), (19, 27), (300, 2)] {
      var p = PoolingParameters()
      (p.inputHeight, p.inputWidth) = (Int32(size.0), Int32(size.1))
      (p.filterHeight, p.filterWidth, p.depth) = (p.inputHeight, p.inputWidth, 5)
      let count = size.0 * size.1
      for bytes in [
        [Int8](repeating: -128, count: count * 5), random.bytes(count * 5, extreme: true),
      ] {
        let mean = applied(to: bytes, count: 5, zero: 0) {
          averagePool2DInt8(p, input: $0, output: $1)
        }
        let exact = (0..<5).map { channel in
          let sum = stride(from: channel, to: bytes.count, by: 5).reduce(0) { $0 + Int(bytes[$1]) }
          return Int8((Double(sum) / Double(count)).rounded(.toNearestOrAwayFromZero))
        }
        #expect(mean == exact)
      }
    }
  }

  @Test func windowsAreThoseOfTheDefinition() {
    var random = SplitMix(11)
    for _ in 0..<150 {
      let p = parameters(&random)
      let count = Int(p.batches * p.inputHeight * p.inputWidth * p.depth)
      let shape = [p.batches, p.outputHeight, p.outputWidth, p.depth].map { Int($0) }
      let outputs = shape.reduce(1, *)
      let bytes = random.bytes(count, extreme: random.int(0...4) == 0)
      let floats = random.floats(count)
      let places = positions(shape).map { taps(p, $0[0], $0[1], $0[2], $0[3]) }

      let low = Double(p.range.lowest)
      let high = Double(p.range.highest)
      let mean = applied(to: bytes, count: outputs, zero: 0) {
        averagePool2DInt8(p, input: $0, output: $1)
      }
      let largest = applied(to: bytes, count: outputs, zero: 0) {
        maxPool2DInt8(p, input: $0, output: $1)
      }
      let floatMean = applied(to: floats, count: outputs, zero: 0) {
        averagePool2DFloat(p, input: $0, output: $1)
      }
      let floatLargest = applied(to: floats, count: outputs, zero: 0) {
        maxPool2DFloat(p, input: $0, output: $1)
      }
      let wrong = places.enumerated().filter { index, taps in
        let values = taps.map { Double(bytes[$0]) }
        let exact = (values.reduce(0, +) / Double(taps.count)).rounded(.toNearestOrAwayFromZero)
        let reals = taps.map { floats[$0] }
        let average = reals.reduce(0, +) / Float(taps.count)
        let (floor, ceiling) = (p.floatRange.lowest, p.floatRange.highest)
        return Double(mean[index]) != min(max(exact, low), high)
          || Double(largest[index]) != min(max(values.max()!, low), high)
          || floatMean[index] != min(max(average, floor), ceiling)
          || floatLargest[index] != min(max(reals.max()!, floor), ceiling)
      }
      #expect(wrong.isEmpty)
    }
  }

  @Test func aWindowOnPaddingAloneIsHarmless() {
    var p = PoolingParameters()
    p.outputHeight = 3
    #expect(
      applied(to: [Int8(5)], count: 3, zero: 9) { averagePool2DInt8(p, input: $0, output: $1) }
        == [5, 0, 0])
    #expect(
      applied(to: [Int8(5)], count: 3, zero: 9) { maxPool2DInt8(p, input: $0, output: $1) }
        == [5, -128, -128])
  }
}
