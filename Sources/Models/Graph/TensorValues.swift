/// Constants as numbers.
extension Tensor {
  /// The values of a float32 constant; nil for others, and for a constant of another size than its
  /// shape.
  public var floatValues: [Float]? { elementType == .float32 ? words(as: Float.self) : nil }

  /// The values of an int32 constant; nil for others.
  public var int32Values: [Int]? {
    elementType == .int32 ? words(as: Int32.self)?.map { Int($0) } : nil
  }

  /// The values of an int8 constant; nil for others.
  public var int8Values: [Int8]? {
    guard elementType == .int8, let constant, constant.count == elementCount else { return nil }
    return constant.map { Int8(bitPattern: $0) }
  }

  /// Copied as they stand, which is little-endian, as hosts are.
  private func words<Word: BitwiseCopyable>(as type: Word.Type) -> [Word]? {
    guard let constant, let count = elementCount, constant.count == 4 * count else { return nil }
    return [Word](unsafeUninitializedCapacity: count) { target, filled in
      // Bounds: `count` words of 4 bytes on both sides; alignment is not assumed.
      constant.withUnsafeBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
      filled = count
    }
  }

  /// A float32 constant.
  public static func floats(
    _ values: [Float], shape: [Int], name: String = ""
  ) -> Tensor {
    Tensor(
      name: name, shape: shape, elementType: .float32, constant: bytes(values))
  }

  /// An int32 constant, as biases, paddings and shapes are.
  public static func int32s(
    _ values: [Int32], shape: [Int], quantization: Quantization? = nil, name: String = ""
  ) -> Tensor {
    Tensor(
      name: name, shape: shape, elementType: .int32, quantization: quantization,
      constant: bytes(values))
  }

  /// An int8 constant, as quantized weights are.
  public static func int8s(
    _ values: [Int8], shape: [Int], quantization: Quantization, name: String = ""
  ) -> Tensor {
    Tensor(
      name: name, shape: shape, elementType: .int8, quantization: quantization,
      constant: values.map { UInt8(bitPattern: $0) }[...])
  }

  private static func bytes<Word: BitwiseCopyable>(_ words: [Word]) -> ArraySlice<UInt8> {
    words.withUnsafeBytes { [UInt8]($0)[...] }
  }
}
