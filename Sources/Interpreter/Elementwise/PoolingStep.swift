import Kernels
import Models
import Support

/// AVERAGE_POOL_2D and MAX_POOL_2D.
public enum PoolingStep: PreparedStep {
  case averageInt8(PoolingParameters, UnaryOperands<Int8, Int8>)
  case averageFloat(PoolingParameters, UnaryOperands<Float, Float>)
  case maxInt8(PoolingParameters, UnaryOperands<Int8, Int8>)
  case maxFloat(PoolingParameters, UnaryOperands<Float, Float>)

  /// Runs the kernel: the parameters are those of the operands' shapes.
  public func run(_ memory: StepMemory) {
    switch self {
    case .averageInt8(let parameters, let at):
      averagePool2DInt8(
        parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .averageFloat(let parameters, let at):
      averagePool2DFloat(
        parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .maxInt8(let parameters, let at):
      maxPool2DInt8(parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .maxFloat(let parameters, let at):
      maxPool2DFloat(parameters, input: memory.read(at.input), output: memory.write(at.output))
    }
  }

  static func prepare(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    guard case .pooling(let window, let activation) = preparation.operation.attributes else {
      throw preparation.refusal(
        "attributes", "the window is missing", remedy: "Convert the model again.")
    }
    let isAverage = preparation.operation.kind == .averagePool2D
    switch try preparation.types {
    case (.int8, .int8):
      let operands = try preparation.unary(Int8.self, Int8.self)
      var parameters = try preparation.poolingParameters(window)
      parameters.range = try preparation.range(activation, try preparation.affineOutput())
      return isAverage
        ? PoolingStep.averageInt8(parameters, operands) : .maxInt8(parameters, operands)
    case (.float32, .float32):
      let operands = try preparation.unary(Float.self, Float.self)
      var parameters = try preparation.poolingParameters(window)
      parameters.floatRange = try preparation.range(activation)
      return isAverage
        ? PoolingStep.averageFloat(parameters, operands) : .maxFloat(parameters, operands)
    default: throw preparation.unsupportedTypes(allowed: "int8 or float32 throughout")
    }
  }
}

extension Preparation {
  /// Sizes and padding of a window on an image, after the output's shape was found to follow from
  /// them: all are 1 or more.
  fileprivate func poolingParameters(_ window: Window) throws(Diagnostic) -> PoolingParameters {
    let input = try inputTensor(0).shape
    let output = try outputTensor().shape
    guard input.count == 4, output.count == 4, let filter = window.size else {
      throw shapeRefusal()
    }
    var parameters = PoolingParameters()
    parameters.batches = try size(input[0])
    parameters.inputHeight = try size(input[1])
    parameters.inputWidth = try size(input[2])
    parameters.depth = try size(input[3])
    parameters.outputHeight = try size(output[1])
    parameters.outputWidth = try size(output[2])
    parameters.filterHeight = try size(filter.height)
    parameters.filterWidth = try size(filter.width)
    parameters.strideHeight = try size(window.stride.height)
    parameters.strideWidth = try size(window.stride.width)
    let (top, left) = try padding(window, filter, input, output, large: "Windows and strides")
    (parameters.padTop, parameters.padLeft) = (top, left)
    return parameters
  }
}
