import Kernels
import Models
import Support

extension BinaryStep {
  /// ADD, SUB and MUL.
  static func prepareArithmetic(
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(2...2)
    guard case .activation(let activation) = preparation.operation.attributes else {
      throw preparation.refusal(
        "attributes", "the fused activation is missing", remedy: "Convert the model again.")
    }
    switch try preparation.types {
    case (.int8, .int8): return try arithmeticInt8(preparation, activation)
    case (.float32, .float32):
      let at = try preparation.binary(Float.self)
      let shape = try preparation.broadcast()
      let range = try preparation.range(activation)
      switch preparation.operation.kind {
      case .add: return BinaryStep.addFloat(range, shape, at)
      case .sub: return BinaryStep.subtractFloat(range, shape, at)
      default: return BinaryStep.multiplyFloat(range, shape, at)
      }
    default: throw preparation.unsupportedTypes(allowed: "int8 or float32 throughout")
    }
  }

  private static func arithmeticInt8(
    _ preparation: Preparation, _ activation: FusedActivation
  ) throws(Diagnostic) -> BinaryStep {
    let at = try preparation.binary(Int8.self)
    let shape = try preparation.broadcast()
    let left = try preparation.affineInput(0)
    let right = try preparation.affineInput(1)
    let output = try preparation.affineOutput()
    let range = try preparation.range(activation, output)
    switch preparation.operation.kind {
    case .add:
      if let sum = SumParameters(adding: left, right, to: output, range: range) {
        return .addInt8(sum, shape, at)
      }
    case .sub:
      if let sum = SumParameters(subtracting: right, from: left, to: output, range: range) {
        return .subtractInt8(sum, shape, at)
      }
    default:
      if let product = ProductParameters(multiplying: left, right, to: output, range: range) {
        return .multiplyInt8(product, shape, at)
      }
    }
    throw preparation.scaleRefusal()
  }

  /// MINIMUM and MAXIMUM.
  static func prepareExtremum(
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(2...2)
    let isMinimum = preparation.operation.kind == .minimum
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.binary(Int8.self)
      let shape = try preparation.broadcast()
      return isMinimum ? BinaryStep.minimumInt8(shape, at) : .maximumInt8(shape, at)
    case (.float32, .float32):
      let at = try preparation.binary(Float.self)
      let shape = try preparation.broadcast()
      return isMinimum ? BinaryStep.minimumFloat(shape, at) : .maximumFloat(shape, at)
    default: throw preparation.unsupportedTypes(allowed: "int8 or float32 throughout")
    }
  }
}

extension Preparation {
  /// How inputs 0 and 1 meet.
  fileprivate func broadcast() throws(Diagnostic) -> Broadcast {
    guard let left = KernelShape(try inputTensor(0).shape),
      let right = KernelShape(try inputTensor(1).shape),
      let result = Broadcast(left: left, right: right)
    else { throw shapeRefusal() }
    return result
  }
}
