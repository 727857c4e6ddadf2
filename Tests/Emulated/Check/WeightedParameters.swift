import Kernels

extension ConvolutionParameters {
  var inputCount: Int32 { batches * inputHeight * inputWidth * inputDepth }
  var outputCount: Int32 { batches * outputHeight * outputWidth * outputDepth }

  func filterCount(depthwise: Bool) -> Int32 {
    outputDepth * filterHeight * filterWidth * (depthwise ? 1 : filterDepth)
  }
}

extension Random {
  /// Sizes around those where the kernels take another path: windows of 1 and 3, four channels at a
  /// time, three pixels at a time, grouped, windows partly or wholly in the padding.
  mutating func convolution(depthwise: Bool) -> ConvolutionParameters {
    var p = ConvolutionParameters()
    p.batches = once(in: 3) ? 2 : 1
    (p.inputHeight, p.inputWidth) = (int(1...9), int(1...9))
    (p.filterHeight, p.filterWidth) = window()
    if !once(in: 2) { (p.strideHeight, p.strideWidth) = (int(1...3), int(1...3)) }
    if once(in: 4) { (p.dilationHeight, p.dilationWidth) = (int(1...3), int(1...3)) }
    if !once(in: 3) { (p.padTop, p.padLeft) = (int(0...4), int(0...4)) }
    (p.outputHeight, p.outputWidth) = (int(1...7), int(1...7))
    if p.filterHeight == 1 && p.filterWidth == 1 && once(in: 2) {
      // Pixel by pixel.
      (p.strideHeight, p.strideWidth, p.padTop, p.padLeft) = (1, 1, 0, 0)
      (p.outputHeight, p.outputWidth) = (p.inputHeight, p.inputWidth)
    }
    // Rows from further below, as of a part of the output.
    if once(in: 5) { p.padTop = -int(1...3) }
    if depthwise {
      p.inputDepth = int(1...13)
      p.filterDepth = once(in: 4) ? int(2...4) : 1
      p.outputDepth = p.inputDepth * p.filterDepth
    } else {
      let groups = once(in: 4) ? int(2...4) : 1
      p.filterDepth = int(1...18)
      p.inputDepth = p.filterDepth * groups
      p.outputDepth = groups * int(1...7)
    }
    p.inputOffset = inputOffset()
    p.outputOffset = int(-128...127)
    if once(in: 2) { (p.activationMin, p.activationMax) = (int(-128...0), int(0...127)) }
    if once(in: 2) { (p.floatMin, p.floatMax) = (0, 6) }
    return p
  }

  mutating func fullyConnected() -> FullyConnectedParameters {
    var p = FullyConnectedParameters()
    p.batches = int(1...4)
    p.inputCount = int(1...70)
    p.outputCount = int(1...12)
    p.inputOffset = inputOffset()
    p.outputOffset = int(-128...127)
    p.multiplier = once(in: 20) ? 0 : int(1 << 30...(.max - 1))
    p.shift = int(once(in: 4) ? -31...2 : -13 ... -3)
    if once(in: 2) { (p.activationMin, p.activationMax) = (int(-128...0), int(0...127)) }
    if once(in: 2) { (p.floatMin, p.floatMax) = (0, 6) }
    return p
  }

  private mutating func window() -> (height: Int32, width: Int32) {
    switch int(0...5) {
    case 0, 1: (1, 1)
    case 2, 3: (3, 3)
    default: (int(1...5), int(1...5))
    }
  }

  /// Minus a zero point; at times the least or the largest.
  private mutating func inputOffset() -> Int32 {
    once(in: 4) ? (once(in: 2) ? -127 : 128) : int(-127...128)
  }
}
