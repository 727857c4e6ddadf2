import Kernels
import Models
import Support

/// PAD and TRANSPOSE.
public enum MovementStep: PreparedStep {
  case padInt8(PadParameters, value: Int8, UnaryOperands<Int8, Int8>)
  case padFloat(PadParameters, UnaryOperands<Float, Float>)
  case transposeInt8(TransposeParameters, UnaryOperands<Int8, Int8>)
  case transposeFloat(TransposeParameters, UnaryOperands<Float, Float>)
  /// Other types, by the bytes of an element.
  case transposeBytes(
    TransposeParameters, elementSize: Int32, MemoryMap.Region, to: MemoryMap.Region)

  /// Runs the kernel: the parameters are those of the operands' shapes.
  public func run(_ memory: StepMemory) {
    switch self {
    case .padInt8(let parameters, let value, let at):
      Kernels.padInt8(
        parameters, value: value, input: memory.read(at.input), output: memory.write(at.output))
    case .padFloat(let parameters, let at):
      Kernels.padFloat(
        parameters, value: 0, input: memory.read(at.input), output: memory.write(at.output))
    case .transposeInt8(let parameters, let at):
      Kernels.transposeInt8(
        parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .transposeFloat(let parameters, let at):
      Kernels.transposeFloat(
        parameters, input: memory.read(at.input), output: memory.write(at.output))
    case .transposeBytes(let parameters, let elementSize, let input, let output):
      // An empty region has a base too: it lies in an area.
      guard let source = memory.bytes(input).baseAddress else { return }
      Kernels.transposeBytes(
        parameters, elementSize: elementSize, input: source,
        output: memory.activations + output.offset)
    }
  }

  static func preparePad(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(2...2)
    let shape = try preparation.inputTensor(0).shape
    let numbers = try preparation.constantNumbers(1, "paddings")
    let before = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
    let after = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
    guard let parameters = PadParameters(input: shape, before: before, after: after) else {
      throw preparation.shapeRefusal()
    }
    switch try preparation.types {
    case (.int8, .int8):
      let value = Int8(truncatingIfNeeded: try preparation.affineOutput().zeroPoint)
      return MovementStep.padInt8(
        parameters, value: value, try preparation.unary(Int8.self, Int8.self))
    case (.float32, .float32):
      return MovementStep.padFloat(parameters, try preparation.unary(Float.self, Float.self))
    default: throw preparation.unsupportedTypes(allowed: "int8 or float32 throughout")
    }
  }

  static func prepareTranspose(
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(2...2)
    let permutation = try preparation.constantNumbers(1, "permutation")
    let tensor = try preparation.inputTensor(0)
    guard let parameters = TransposeParameters(input: tensor.shape, permutation: permutation)
    else { throw preparation.shapeRefusal() }
    switch try preparation.types {
    case (.int8, .int8):
      return MovementStep.transposeInt8(parameters, try preparation.unary(Int8.self, Int8.self))
    case (.float32, .float32):
      return MovementStep.transposeFloat(
        parameters, try preparation.unary(Float.self, Float.self))
    case (let from, let to):
      guard from == to, let bits = from.bits, bits % 8 == 0 else {
        throw preparation.unsupportedTypes(allowed: "one type of whole bytes throughout")
      }
      try preparation.expectInferredShape()
      return MovementStep.transposeBytes(
        parameters, elementSize: Int32(bits / 8), try preparation.region(ofInput: 0),
        to: try preparation.region(ofOutput: 0))
    }
  }
}
