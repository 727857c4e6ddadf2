import Kernels

extension OperatorCheck {
  /// More weights than any chip has memory for; scratch memory follows from them in 32 bits.
  private static var mostWeights: Int64 { 1 << 26 }

  func convolution(_ kernel: PlanKernel, size: Int64) -> Bool {
    guard has(ConvolutionParameters.self) else { return false }
    let p = operation.parameters(ConvolutionParameters.self)
    let isDepthwise =
      kernel == .depthwiseConvolutionInt8 || kernel == .depthwiseConvolutionFloat
    guard Sizes.arePositive(p.batches, p.inputHeight, p.inputWidth, p.inputDepth),
      Sizes.arePositive(p.outputHeight, p.outputWidth, p.outputDepth, p.filterDepth),
      Sizes.arePositive(p.filterHeight, p.filterWidth, p.strideHeight, p.strideWidth),
      p.dilationHeight > 0, p.dilationWidth > 0,
      Sizes.isWindow(
        outputs: p.outputHeight, stride: p.strideHeight, taps: p.filterHeight,
        dilation: p.dilationHeight, pad: p.padTop),
      Sizes.isWindow(
        outputs: p.outputWidth, stride: p.strideWidth, taps: p.filterWidth,
        dilation: p.dilationWidth, pad: p.padLeft),
      isDepthwise ? p.outputDepth % p.inputDepth == 0 : areGroups(p),
      let weights = Sizes.product(
        p.outputDepth, p.filterHeight, p.filterWidth, isDepthwise ? 1 : p.filterDepth),
      weights <= Self.mostWeights,
      has(.input, Sizes.product(p.batches, p.inputHeight, p.inputWidth, p.inputDepth), size: size),
      has(
        .output, Sizes.product(p.batches, p.outputHeight, p.outputWidth, p.outputDepth),
        size: size),
      has(.second, weights, size: size), hasBias(p.outputDepth)
    else { return false }
    guard size == 1 else { return true }
    let scratch =
      isDepthwise ? depthwiseConvolutionInt8ScratchBytes(p) : convolutionInt8ScratchBytes(p)
    return hasScales(p.outputDepth)
      && (scratch == 0
        || (has(.scratch, Int64(scratch), size: 1) && has(.otherScratch, Int64(scratch), size: 1)))
  }

  func fullyConnected(_ kernel: PlanKernel) -> Bool {
    guard has(FullyConnectedParameters.self) else { return false }
    let p = operation.parameters(FullyConnectedParameters.self)
    let size: Int64 = kernel == .fullyConnectedFloat ? 4 : 1
    return Sizes.arePositive(p.batches, p.inputCount, p.outputCount, 1)
      && has(.input, Sizes.product(p.batches, p.inputCount, 1), size: size)
      && has(.second, Sizes.product(p.outputCount, p.inputCount, 1), size: size)
      && has(.output, Sizes.product(p.batches, p.outputCount, 1), size: size)
      && hasBias(p.outputCount)
      && (kernel != .fullyConnectedPerChannelInt8 || hasScales(p.outputCount))
  }

  func pooling(size: Int64) -> Bool {
    guard has(PoolingParameters.self) else { return false }
    let p = operation.parameters(PoolingParameters.self)
    return Sizes.arePositive(p.batches, p.inputHeight, p.inputWidth, p.depth)
      && Sizes.arePositive(p.outputHeight, p.outputWidth, p.filterHeight, p.filterWidth)
      && Sizes.arePositive(p.strideHeight, p.strideWidth, 1, 1)
      && Sizes.isWindow(
        outputs: p.outputHeight, stride: p.strideHeight, taps: p.filterHeight, dilation: 1,
        pad: p.padTop)
      && Sizes.isWindow(
        outputs: p.outputWidth, stride: p.strideWidth, taps: p.filterWidth, dilation: 1,
        pad: p.padLeft)
      && has(
        .input, Sizes.product(p.batches, p.inputHeight, p.inputWidth, p.depth), size: size)
      && has(
        .output, Sizes.product(p.batches, p.outputHeight, p.outputWidth, p.depth), size: size)
  }

  /// Whether input and output channels fall into groups.
  private func areGroups(_ p: ConvolutionParameters) -> Bool {
    p.inputDepth % p.filterDepth == 0 && p.outputDepth % (p.inputDepth / p.filterDepth) == 0
  }

  /// Biases have four bytes in int8 and fp32 alike.
  private func hasBias(_ channels: Int32) -> Bool {
    !operation.operand(.bias).isThere || has(.bias, Int64(channels), size: 4)
  }

  private func hasScales(_ channels: Int32) -> Bool {
    has(.multipliers, Int64(channels), size: 4) && has(.shifts, Int64(channels), size: 4)
  }
}
