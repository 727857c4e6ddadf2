import Kernels
import Models
import Support

/// What an operator of one input reads and writes.
public struct UnaryOperands<Input: TensorElement, Output: TensorElement>: Sendable, Equatable {
  /// Read.
  public let input: InputOperand<Input>
  /// Written.
  public let output: OutputOperand<Output>

  /// Elements of the output, which fit: regions have at most 2^30 bytes.
  var count: Int32 { Int32(truncatingIfNeeded: output.count) }
}

/// What an operator of two inputs reads and writes.
public struct BinaryOperands<Element: TensorElement>: Sendable, Equatable {
  /// Read, repeated where it is smaller.
  public let left: InputOperand<Element>
  /// Read, repeated where it is smaller.
  public let right: InputOperand<Element>
  /// Written.
  public let output: OutputOperand<Element>
}

extension Preparation {
  /// The types of the first input and the output, the only ones that decide.
  var types: (input: ElementType, output: ElementType) {
    get throws(Diagnostic) {
      (try inputTensor(0).elementType, try outputTensor().elementType)
    }
  }

  /// Input 0 and the output, whose shape must be the one that follows from the inputs.
  func unary<Input: TensorElement, Output: TensorElement>(
    _ from: Input.Type, _ to: Output.Type
  ) throws(Diagnostic) -> UnaryOperands<Input, Output> {
    try expectInferredShape()
    return UnaryOperands(input: try input(0, as: from), output: try output(as: to))
  }

  /// Inputs 0 and 1 and the output, whose shape must be the one that follows from the inputs.
  func binary<Element: TensorElement>(
    _ type: Element.Type
  ) throws(Diagnostic) -> BinaryOperands<Element> {
    try expectInferredShape()
    return BinaryOperands(
      left: try input(0, as: type), right: try input(1, as: type), output: try output(as: type))
  }

  /// Scale and zero point of an int8 input.
  func affineInput(_ position: Int = 0) throws(Diagnostic) -> AffineInt8 {
    let (scale, zeroPoint) = try quantization(of: try inputTensor(position))
    return AffineInt8(scale: scale, zeroPoint: zeroPoint)
  }

  /// Scale and zero point of an int8 output.
  func affineOutput() throws(Diagnostic) -> AffineInt8 {
    let (scale, zeroPoint) = try quantization(of: try outputTensor())
    return AffineInt8(scale: scale, zeroPoint: zeroPoint)
  }

  /// What a fused activation holds int8 results in.
  func range(_ activation: FusedActivation, _ output: AffineInt8) throws(Diagnostic)
    -> Int8Range
  {
    let (min, max) = try int8Range(activation, scale: output.scale, zeroPoint: output.zeroPoint)
    return Int8Range(lowest: min, highest: max)
  }

  /// What a fused activation holds fp32 results in.
  func range(_ activation: FusedActivation) throws(Diagnostic) -> FloatRange {
    let (min, max) = try floatRange(activation)
    return FloatRange(lowest: min, highest: max)
  }

  /// The numbers of a constant int32 input: paddings, axes, a permutation.
  func constantNumbers(_ position: Int, _ what: String) throws(Diagnostic) -> [Int] {
    guard let numbers = try inputTensor(position).int32Values else {
      throw refusal(
        "operands", "the \(what), input \(position), must be int32 constants",
        remedy: "Convert the model with constant shapes, paddings and axes.")
    }
    return numbers
  }

  /// Why scales that are far apart cannot be brought together in 32 bits.
  func scaleRefusal() -> Diagnostic {
    refusal(
      "quantization", "the scales of inputs and output are too far apart for 32 bits",
      remedy: "Quantize the model again with other samples.")
  }

  /// Why a shape does not suit a kernel.
  func shapeRefusal() -> Diagnostic {
    let shapes = operation.inputs.compactMap { $0.map { shown(tensors[$0].shape) } }
    return refusal(
      "shape-mismatch",
      "inputs are \(shapes.joined(separator: " and ")); at most \(KernelShape.rank) dimensions that "
        + "fit together, with 2^31 elements, can be run",
      remedy: "Convert the model with fixed input shapes.")
  }
}
