import Models
import Support

extension Interpreter {
  /// One inference on real numbers: int8 inputs are quantized and int8 outputs dequantized with the
  /// scale and zero point of the tensor, float32 ones stay as they are.
  ///
  /// As TFLite's QUANTIZE: x / scale in single precision, rounded half away from zero, limited to
  /// -128 to 127. Throws where sizes are wrong, a number is NaN, or a tensor has another type.
  public func run(floats inputs: [[Float]]) throws(Diagnostic) -> [[Float]] {
    try checkCount(inputs.count)
    var raw: [[UInt8]] = []
    for (tensor, values) in zip(plan.graph.inputs, inputs) {
      raw.append(try stored(values, in: tensor))
    }
    var result: [[Float]] = []
    for (tensor, bytes) in zip(plan.graph.outputs, try run(raw)) {
      result.append(try real(bytes, of: tensor))
    }
    return result
  }

  private func stored(_ values: [Float], in index: Int) throws(Diagnostic) -> [UInt8] {
    let tensor = plan.graph.tensors[index]
    if tensor.elementType == .float32 {
      return values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
    }
    let (scale, zeroPoint) = try quantization(of: tensor, index)
    var result: [UInt8] = []
    result.reserveCapacity(values.count)
    for value in values {
      guard !value.isNaN else {
        throw Diagnostic(
          "input-value", "an element of an int8 input is NaN", remedy: "Give finite numbers.",
          place: Place(tensorIndex: index))
      }
      let rounded = (value / scale).rounded(.toNearestOrAwayFromZero)
      let integer = min(max(rounded, -128 - zeroPoint), 127 - zeroPoint) + zeroPoint
      result.append(UInt8(bitPattern: Int8(integer)))
    }
    return result
  }

  private func real(_ bytes: [UInt8], of index: Int) throws(Diagnostic) -> [Float] {
    let tensor = plan.graph.tensors[index]
    if tensor.elementType == .float32 {
      return bytes.withUnsafeBytes { source in
        // Bounds: loads at 4 x position, position < count / 4.
        (0..<bytes.count / 4).map {
          let word = source.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: word))
        }
      }
    }
    let (scale, zeroPoint) = try quantization(of: tensor, index)
    return bytes.map { scale * (Float(Int8(bitPattern: $0)) - zeroPoint) }
  }

  private func quantization(
    of tensor: Tensor, _ index: Int
  ) throws(Diagnostic) -> (scale: Float, zeroPoint: Float) {
    guard tensor.elementType == .int8, let quantization = tensor.quantization,
      quantization.scales.count == 1, let scale = quantization.scales.first, scale > 0,
      let zeroPoint = quantization.zeroPoints.first, let exact = Int8(exactly: zeroPoint)
    else {
      throw Diagnostic(
        "element-type",
        "a tensor of \(tensor.elementType.name) cannot be given as real numbers; float32 can, and "
          + "int8 with one scale above 0",
        remedy: "Run the model with raw arrays.", place: Place(tensorIndex: index))
    }
    return (scale, Float(exact))
  }
}
