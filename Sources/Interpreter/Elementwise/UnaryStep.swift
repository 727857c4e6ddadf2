import Kernels
import Models

/// RELU, RELU6, TANH, LOGISTIC, SOFTMAX, QUANTIZE and DEQUANTIZE.
public enum UnaryStep: PreparedStep {
  /// QUANTIZE of int8, and RELU.
  case requantize(RequantizationParameters, UnaryOperands<Int8, Int8>)
  /// RELU6.
  case clampInt8(Int8Range, UnaryOperands<Int8, Int8>)
  /// RELU and RELU6.
  case clampFloat(FloatRange, UnaryOperands<Float, Float>)
  case tanhInt8(CurveParameters, UnaryOperands<Int8, Int8>)
  case logisticInt8(CurveParameters, UnaryOperands<Int8, Int8>)
  case tanhFloat(UnaryOperands<Float, Float>)
  case logisticFloat(UnaryOperands<Float, Float>)
  case softmaxInt8(SoftmaxParameters, UnaryOperands<Int8, Int8>)
  case softmaxFloat(SoftmaxParameters, UnaryOperands<Float, Float>)
  case quantize(AffineInt8, UnaryOperands<Float, Int8>)
  case dequantize(AffineInt8, UnaryOperands<Int8, Float>)

  /// Runs the kernel: input and output have as many elements.
  public func run(_ memory: StepMemory) {
    switch self {
    case .requantize(let parameters, let at):
      requantizeInt8(
        parameters, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .clampInt8(let range, let at):
      Kernels.clampInt8(
        range, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .clampFloat(let range, let at):
      Kernels.clampFloat(
        range, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .tanhInt8(let parameters, let at):
      Kernels.tanhInt8(
        parameters, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .logisticInt8(let parameters, let at):
      Kernels.logisticInt8(
        parameters, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .tanhFloat(let at):
      Kernels.tanhFloat(
        count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .logisticFloat(let at):
      Kernels.logisticFloat(
        count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .softmaxInt8(let parameters, let at):
      Kernels.softmaxInt8(
        parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .softmaxFloat(let parameters, let at):
      Kernels.softmaxFloat(
        parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .quantize(let parameters, let at):
      quantizeFloat(
        parameters, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    case .dequantize(let parameters, let at):
      dequantizeInt8(
        parameters, count: at.count, input: memory.read(at.input), output: memory.write(at.output))
    }
  }
}
