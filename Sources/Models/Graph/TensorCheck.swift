import Support

/// What must hold for a tensor by itself.
package enum TensorCheck {
  /// TFLite's sizes have 32 bits with a sign.
  package static let largestSize = Int(Int32.max)

  static func check(_ tensor: Tensor, index: Int) throws(Diagnostic) {
    do throws(Diagnostic) {
      try checkShape(tensor)
      try checkConstant(tensor)
      if let quantization = tensor.quantization { try check(quantization, shape: tensor.shape) }
    } catch {
      throw error.within(Place(tensorIndex: index))
    }
  }

  private static func checkShape(_ tensor: Tensor) throws(Diagnostic) {
    for size in tensor.shape where size < 0 || size > largestSize {
      throw Diagnostic(
        "shape", "a size in the shape is \(size); sizes are 0 to \(largestSize)",
        remedy: "Convert the model with fixed input shapes.")
    }
    guard tensor.elementCount != nil, tensor.elementType.bits == nil || tensor.byteCount != nil
    else {
      throw Diagnostic(
        "overflow", "the shape \(text(tensor.shape)) has more elements than can be counted",
        remedy: "Shapes this large are no model's: convert it again.")
    }
  }

  private static func checkConstant(_ tensor: Tensor) throws(Diagnostic) {
    guard let constant = tensor.constant else { return }
    guard !tensor.isSparse, let expected = tensor.byteCount, expected != constant.count else {
      return
    }
    throw Diagnostic(
      "constant-size",
      "the constant has \(constant.count) bytes; the shape \(text(tensor.shape)) "
        + "of \(tensor.elementType.name) takes \(expected)",
      remedy: "The file is damaged: convert the model again.")
  }

  private static func check(_ quantization: Quantization, shape: [Int]) throws(Diagnostic) {
    let count = quantization.scales.count
    func failure(_ message: String) -> Diagnostic {
      Diagnostic("quantization", message, remedy: "Quantize the model again.")
    }
    for scale in quantization.scales where !(scale.isFinite && scale >= 0) {
      throw failure("a scale is \(scale); scales are finite and not negative")
    }
    guard count > 0, quantization.zeroPoints.count == count else {
      throw failure("there are \(count) scales and \(quantization.zeroPoints.count) zero points")
    }
    guard let axis = quantization.axis else {
      guard count == 1 else { throw failure("there are \(count) scales and no axis for them") }
      return
    }
    guard shape.indices.contains(axis), shape[axis] == count else {
      throw failure("there are \(count) scales along axis \(axis) of the shape \(text(shape))")
    }
  }

  /// As in `1x32x32x3`, cut after eight sizes.
  package static func text(_ shape: [Int]) -> String {
    if shape.isEmpty { return "of a scalar" }
    return shape.prefix(8).map(String.init).joined(separator: "x") + (shape.count > 8 ? "x..." : "")
  }
}
