/// Constants as numbers.
extension Tensor {
  /// The values of a float32 constant; nil for others, and for a constant of another size than its
  /// shape.
  public var floatValues: [Float]? {
    guard elementType == .float32, let words = words() else { return nil }
    return words.map { Float(bitPattern: $0) }
  }

  /// The values of an int32 constant; nil for others.
  public var int32Values: [Int]? {
    guard elementType == .int32, let words = words() else { return nil }
    return words.map { Int(Int32(bitPattern: $0)) }
  }

  /// The values of an int8 constant; nil for others.
  public var int8Values: [Int8]? {
    guard elementType == .int8, let constant, constant.count == elementCount else { return nil }
    return constant.map { Int8(bitPattern: $0) }
  }

  private func words() -> [UInt32]? {
    guard let constant, let count = elementCount, constant.count == 4 * count else { return nil }
    // Bounds: reads at 4 x index, index < count, of 4 x count bytes; alignment is not assumed.
    return constant.withUnsafeBytes { bytes in
      (0..<count).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
      }
    }
  }

  /// A float32 constant.
  public static func floats(
    _ values: [Float], shape: [Int], name: String = ""
  ) -> Tensor {
    Tensor(
      name: name, shape: shape, elementType: .float32, constant: bytes(values.map(\.bitPattern)))
  }

  /// An int32 constant, as biases, paddings and shapes are.
  public static func int32s(
    _ values: [Int32], shape: [Int], quantization: Quantization? = nil, name: String = ""
  ) -> Tensor {
    Tensor(
      name: name, shape: shape, elementType: .int32, quantization: quantization,
      constant: bytes(values.map { UInt32(bitPattern: $0) }))
  }

  /// An int8 constant, as quantized weights are.
  public static func int8s(
    _ values: [Int8], shape: [Int], quantization: Quantization, name: String = ""
  ) -> Tensor {
    Tensor(
      name: name, shape: shape, elementType: .int8, quantization: quantization,
      constant: values.map { UInt8(bitPattern: $0) }[...])
  }

  private static func bytes(_ words: [UInt32]) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    result.reserveCapacity(4 * words.count)
    for word in words { withUnsafeBytes(of: word.littleEndian) { result.append(contentsOf: $0) } }
    return result[...]
  }
}
