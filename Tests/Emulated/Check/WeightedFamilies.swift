import Kernels

extension Check {
  mutating func weightedFamilies() {
    family("CONV_2D int8", seed: 1, cases: 4000) { $0.convolutionInt8(depthwise: false) }
    family("DEPTHWISE_CONV_2D int8", seed: 2, cases: 4000) { $0.convolutionInt8(depthwise: true) }
    family("FULLY_CONNECTED int8", seed: 3, cases: 2000) {
      $0.fullyConnectedInt8(perChannel: false)
    }
    family("FULLY_CONNECTED int8 per channel", seed: 4, cases: 2000) {
      $0.fullyConnectedInt8(perChannel: true)
    }
    family("CONV_2D fp32", seed: 5, cases: 1000) { $0.convolutionFloat(depthwise: false) }
    family("DEPTHWISE_CONV_2D fp32", seed: 6, cases: 1000) { $0.convolutionFloat(depthwise: true) }
    family("FULLY_CONNECTED fp32", seed: 7, cases: 1000) { $0.fullyConnectedFloat() }
  }

  private mutating func convolutionInt8(depthwise: Bool) {
    let p = operands.random.convolution(depthwise: depthwise)
    let input = operands.int8(p.inputCount)
    let filter = operands.int8(p.filterCount(depthwise: depthwise))
    let hasBias = !operands.random.once(in: 4)
    let bias = operands.words(p.outputDepth, -200_000...200_000)
    let scales = operands.scales(p.outputDepth)
    let output = operands.memory.area(
      p.outputCount, of: Int8.self, skew: operands.random.int(0...3))
    let bytes =
      depthwise ? depthwiseConvolutionInt8ScratchBytes(p) : convolutionInt8ScratchBytes(p)
    let hasScratch = !operands.random.once(in: 4)
    let scratch = operands.memory.area(
      Int32(bytes / 2), of: Int16.self, skew: 4 * operands.random.int(0...3))
    let kernel = depthwise ? depthwiseConvolutionInt8 : Kernels.convolutionInt8
    kernel(
      p, input, filter, hasBias ? UnsafePointer(bias) : nil, scales.multipliers, scales.shifts,
      hasScratch ? scratch : nil, output)
    take(output, p.outputCount)
  }

  private mutating func fullyConnectedInt8(perChannel: Bool) {
    let p = operands.random.fullyConnected()
    let input = operands.int8(p.batches * p.inputCount)
    let weights = operands.int8(p.inputCount * p.outputCount)
    let hasBias = !operands.random.once(in: 4)
    let words = operands.words(p.outputCount, -200_000...200_000)
    let bias = hasBias ? UnsafePointer(words) : nil
    let count = p.batches * p.outputCount
    let output = operands.memory.area(count, of: Int8.self, skew: operands.random.int(0...3))
    if perChannel {
      let scales = operands.scales(p.outputCount)
      fullyConnectedPerChannelInt8(
        p, input: input, weights: weights, bias: bias, multipliers: scales.multipliers,
        shifts: scales.shifts, output: output)
    } else {
      Kernels.fullyConnectedInt8(p, input: input, weights: weights, bias: bias, output: output)
    }
    take(output, count)
  }

  private mutating func convolutionFloat(depthwise: Bool) {
    let p = operands.random.convolution(depthwise: depthwise)
    let input = operands.floats(p.inputCount)
    let filter = operands.floats(p.filterCount(depthwise: depthwise))
    let hasBias = !operands.random.once(in: 4)
    let bias = operands.floats(p.outputDepth)
    let output = operands.memory.area(p.outputCount, of: Float.self, skew: 4)
    let kernel = depthwise ? depthwiseConvolutionFloat : Kernels.convolutionFloat
    kernel(p, input, filter, hasBias ? UnsafePointer(bias) : nil, output)
    take(output, p.outputCount)
  }

  private mutating func fullyConnectedFloat() {
    let p = operands.random.fullyConnected()
    let input = operands.floats(p.batches * p.inputCount)
    let weights = operands.floats(p.inputCount * p.outputCount)
    let hasBias = !operands.random.once(in: 4)
    let bias = operands.floats(p.outputCount)
    let count = p.batches * p.outputCount
    let output = operands.memory.area(count, of: Float.self, skew: 4)
    Kernels.fullyConnectedFloat(
      p, input: input, weights: weights, bias: hasBias ? UnsafePointer(bias) : nil, output: output)
    take(output, count)
  }
}

extension Operands {
  /// Multipliers and shifts by channel; one in four times shifts of the whole range.
  fileprivate mutating func scales(
    _ count: Int32
  ) -> (multipliers: UnsafeMutablePointer<Int32>, shifts: UnsafeMutablePointer<Int32>) {
    let multipliers = words(count, 1 << 30...(.max - 1))
    for index in 0..<Int(count) where random.once(in: 20) { multipliers[index] = 0 }
    return (multipliers, words(count, random.once(in: 4) ? -31...2 : -12 ... -4))
  }
}
