import Kernels

// Bounds: `PlanCheck` compared the sizes of parameters with those of all operands.

extension EngineRun {
  @inline(never)
  func runFullyConnected(_ operation: PlanOperator, _ share: Share) {
    let part = FullyConnectedPart(operation.parameters(FullyConnectedParameters.self), share)
    let p = part.parameters
    let weight = part.row &* Int(p.inputCount)
    if operation.kernel == .fullyConnectedFloat {
      let bias: UnsafePointer<Float>? = readOptional(operation, .bias)
      fullyConnectedFloat(
        p, input: read(operation, .input) + part.inputOffset,
        weights: read(operation, .second) + weight, bias: bias.map { $0 + part.row },
        output: write(operation) + part.outputOffset)
      return
    }
    let bias: UnsafePointer<Int32>? = readOptional(operation, .bias)
    if operation.kernel == .fullyConnectedInt8 {
      fullyConnectedInt8(
        p, input: read(operation, .input) + part.inputOffset,
        weights: read(operation, .second) + weight, bias: bias.map { $0 + part.row },
        output: write(operation) + part.outputOffset)
    } else {
      fullyConnectedPerChannelInt8(
        p, input: read(operation, .input) + part.inputOffset,
        weights: read(operation, .second) + weight, bias: bias.map { $0 + part.row },
        multipliers: read(operation, .multipliers) + part.row,
        shifts: read(operation, .shifts) + part.row,
        output: write(operation) + part.outputOffset)
    }
  }

  @inline(never)
  func runConvolutionInt8(_ operation: PlanOperator, _ share: Share) {
    let part = ConvolutionPart(operation.parameters(ConvolutionParameters.self), share)
    let input: UnsafePointer<Int8> = read(operation, .input) + part.inputOffset
    let output: UnsafeMutablePointer<Int8> = write(operation) + part.outputOffset
    if operation.kernel == .convolutionInt8 {
      convolutionInt8(
        part.parameters, input: input, filter: read(operation, .second),
        bias: readOptional(operation, .bias), multipliers: read(operation, .multipliers),
        shifts: read(operation, .shifts), scratch: scratch(operation, share), output: output)
    } else {
      depthwiseConvolutionInt8(
        part.parameters, input: input, filter: read(operation, .second),
        bias: readOptional(operation, .bias), multipliers: read(operation, .multipliers),
        shifts: read(operation, .shifts), scratch: scratch(operation, share), output: output)
    }
  }

  @inline(never)
  func runConvolutionFloat(_ operation: PlanOperator, _ share: Share) {
    let part = ConvolutionPart(operation.parameters(ConvolutionParameters.self), share)
    let input: UnsafePointer<Float> = read(operation, .input) + part.inputOffset
    let output: UnsafeMutablePointer<Float> = write(operation) + part.outputOffset
    if operation.kernel == .convolutionFloat {
      convolutionFloat(
        part.parameters, input: input, filter: read(operation, .second),
        bias: readOptional(operation, .bias), output: output)
    } else {
      depthwiseConvolutionFloat(
        part.parameters, input: input, filter: read(operation, .second),
        bias: readOptional(operation, .bias), output: output)
    }
  }
}
