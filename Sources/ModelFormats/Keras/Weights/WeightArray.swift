import Models

/// A trained array of a layer, as a file holds it.
struct WeightArray {
  /// How its elements are stored; all but little-endian float32 is converted.
  enum Format: Equatable {
    case float16, float32, float64

    var size: Int {
      switch self {
      case .float16: 2
      case .float32: 4
      case .float64: 8
      }
    }
  }

  /// The name in the file.
  let name: String
  let shape: [Int]
  let format: Format
  let isLittleEndian: Bool
  /// As many bytes as shape and format take, shared with the file.
  let bytes: ArraySlice<UInt8>

  /// nil where the bytes are not as many as shape and format take.
  init?(
    name: String, shape: [Int], format: Format, isLittleEndian: Bool = true,
    bytes: ArraySlice<UInt8>
  ) {
    guard CheckedArithmetic.product(shape + [format.size]) == bytes.count else { return nil }
    self.name = name
    self.shape = shape
    self.format = format
    self.isLittleEndian = isLittleEndian
    self.bytes = bytes
  }

  /// The values, row by row, rounded to float32.
  var floats: [Float] {
    let width = format.size
    return (0..<bytes.count / width).map { index in
      let start = bytes.startIndex + index * width
      var word: UInt64 = 0
      for place in 0..<width {
        let byte = bytes[start + (isLittleEndian ? width - 1 - place : place)]
        word = word << 8 | UInt64(byte)
      }
      switch format {
      case .float16: return HalfFloat.float(UInt16(truncatingIfNeeded: word))
      case .float32: return Float(bitPattern: UInt32(truncatingIfNeeded: word))
      case .float64: return Float(Double(bitPattern: word))
      }
    }
  }

  /// A constant with these values and another shape of as many elements.
  func tensor(shape: [Int], name: String) -> Tensor {
    guard format == .float32, isLittleEndian else {
      return Tensor.floats(floats, shape: shape, name: name)
    }
    return Tensor(name: name, shape: shape, elementType: .float32, constant: bytes)
  }

  /// A constant whose dimension i is this one's dimension `order[i]`.
  func transposed(_ order: [Int], name: String) -> Tensor {
    ConstantOrder.transposed(tensor(shape: shape, name: name), order)
  }
}
