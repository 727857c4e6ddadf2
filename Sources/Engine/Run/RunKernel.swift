import Kernels

extension EngineRun {
  /// A share of an operator; operators that are not shared are computed whole by whoever is asked.
  func run(_ operation: PlanOperator, _ share: Share) {
    switch operation.kernel {
    case .fullyConnectedInt8, .fullyConnectedPerChannelInt8, .fullyConnectedFloat:
      runFullyConnected(operation, share)
    case .convolutionInt8, .depthwiseConvolutionInt8: runConvolutionInt8(operation, share)
    case .convolutionFloat, .depthwiseConvolutionFloat: runConvolutionFloat(operation, share)
    case .copy, .lookUpInt8, .clampInt8, .clampFloat, .tanhFloat, .logisticFloat, .quantize,
      .dequantize:
      runUnary(operation)
    case .softmaxInt8, .softmaxFloat, .averagePoolInt8, .averagePoolFloat, .maxPoolInt8,
      .maxPoolFloat, .meanInt8, .meanFloat:
      runReduction(operation)
    case .addInt8, .subtractInt8, .multiplyInt8, .minimumInt8, .maximumInt8:
      runBinaryInt8(operation)
    case .addFloat, .subtractFloat, .multiplyFloat, .minimumFloat, .maximumFloat:
      runBinaryFloat(operation)
    case .padInt8, .padFloat, .transposeInt8, .transposeFloat, .transposeBytes:
      runMovement(operation)
    }
  }

  /// SOFTMAX, pooling and MEAN.
  @inline(never)
  private func runReduction(_ operation: PlanOperator) {
    switch operation.kernel {
    case .softmaxInt8:
      softmaxInt8(
        operation.parameters(SoftmaxParameters.self), input: read(operation, .input),
        output: write(operation))
    case .softmaxFloat:
      softmaxFloat(
        operation.parameters(SoftmaxParameters.self), input: read(operation, .input),
        output: write(operation))
    case .averagePoolInt8:
      averagePool2DInt8(
        operation.parameters(PoolingParameters.self), input: read(operation, .input),
        output: write(operation))
    case .averagePoolFloat:
      averagePool2DFloat(
        operation.parameters(PoolingParameters.self), input: read(operation, .input),
        output: write(operation))
    case .maxPoolInt8:
      maxPool2DInt8(
        operation.parameters(PoolingParameters.self), input: read(operation, .input),
        output: write(operation))
    case .maxPoolFloat:
      maxPool2DFloat(
        operation.parameters(PoolingParameters.self), input: read(operation, .input),
        output: write(operation))
    case .meanInt8:
      meanInt8(
        operation.parameters(MeanParameters.self), input: read(operation, .input),
        output: write(operation))
    default:
      meanFloat(
        operation.parameters(MeanParameters.self), input: read(operation, .input),
        output: write(operation))
    }
  }
}
