import Models
import Support

/// What most kinds ask, and the words for what they refuse.
extension Preparation {
  /// A diagnostic at this operator.
  func refusal(
    _ rule: String, _ message: String, remedy: String, tensor: Int? = nil
  ) -> Diagnostic {
    Diagnostic(
      rule, message, remedy: remedy,
      place: Place(
        operatorIndex: index, operatorKind: printable(operation.kind.name), tensorIndex: tensor))
  }

  /// Why this combination of types is not run; `allowed` as in `int8 or float32 throughout`.
  func unsupportedTypes(allowed: String) -> Diagnostic {
    let inputs = operation.inputs.map { $0.map { tensors[$0].elementType.name } ?? "none" }
    let outputs = operation.outputs.map { tensors[$0].elementType.name }
    return refusal(
      "element-type",
      "inputs are \(inputs.joined(separator: ", ")), outputs \(outputs.joined(separator: ", ")); "
        + "allowed is \(allowed)",
      remedy: "Convert the model again, as int8 or fp32.")
  }

  /// Throws unless the output has the shape that follows from the inputs.
  func expectInferredShape() throws(Diagnostic) {
    let inferred: [Int]?
    do throws(Diagnostic) {
      inferred = try ShapeInference.output(
        of: operation.kind, operation.attributes,
        inputs: operation.inputs.map { $0.map { tensors[$0] } })
    } catch {
      throw refusal(error.rule, error.message, remedy: error.remedy)
    }
    let actual = try outputTensor().shape
    guard let inferred else {
      throw refusal(
        "shape-inference", "the shape of the output is not known in advance",
        remedy: "Convert the model with constant shapes, paddings and axes.")
    }
    guard inferred == actual else {
      throw refusal(
        "shape-mismatch",
        "the output is \(shown(actual)); from the inputs follows \(shown(inferred))",
        remedy: "Convert the model with fixed input shapes.", tensor: operation.outputs.first)
    }
  }

  /// Scale and zero point of an int8 activation; throws where there are none, or several.
  func quantization(of tensor: Tensor) throws(Diagnostic) -> (scale: Float, zeroPoint: Int32) {
    guard let quantization = tensor.quantization, quantization.scales.count == 1,
      let scale = quantization.scales.first, let zeroPoint = quantization.zeroPoints.first
    else {
      throw refusal(
        "quantization",
        "a \(tensor.elementType.name) activation has \(tensor.quantization?.scales.count ?? 0) "
          + "scales; it must have one",
        remedy: "Quantize the model again.")
    }
    guard scale > 0, let exact = Int8(exactly: zeroPoint) else {
      throw refusal(
        "quantization",
        "an activation has scale \(scale) and zero point \(zeroPoint); the scale must be above 0 "
          + "and the zero point -128 to 127",
        remedy: "Quantize the model again.")
    }
    return (scale, Int32(exact))
  }
}

/// As in `1x32x32x3`, cut after eight sizes.
func shown(_ shape: [Int]) -> String {
  if shape.isEmpty { return "of a scalar" }
  return shape.prefix(8).map(String.init).joined(separator: "x") + (shape.count > 8 ? "x..." : "")
}
