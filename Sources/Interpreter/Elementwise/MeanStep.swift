import Kernels
import Models
import Support

/// MEAN along constant axes.
public enum MeanStep: PreparedStep {
  case int8(MeanParameters, UnaryOperands<Int8, Int8>)
  case float(MeanParameters, UnaryOperands<Float, Float>)

  /// Runs the kernel: the parameters are those of the operands' shapes.
  public func run(_ memory: StepMemory) {
    switch self {
    case .int8(let parameters, let at):
      meanInt8(parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .float(let parameters, let at):
      meanFloat(parameters, input: memory.read(at.input), output: memory.write(at.output))
    }
  }

  static func prepare(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(2...2)
    let shape = try preparation.inputTensor(0).shape
    let axes = try preparation.constantNumbers(1, "axes")
    guard let plain = MeanParameters(input: shape, axes: axes) else {
      throw preparation.shapeRefusal()
    }
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.unary(Int8.self, Int8.self)
      guard
        let parameters = MeanParameters(
          input: shape, axes: axes, from: try preparation.affineInput(),
          to: try preparation.affineOutput())
      else { throw preparation.scaleRefusal() }
      return MeanStep.int8(parameters, at)
    case (.float32, .float32):
      return MeanStep.float(plain, try preparation.unary(Float.self, Float.self))
    default: throw preparation.unsupportedTypes(allowed: "int8 or float32 throughout")
    }
  }
}
