import Models

/// How numbers are stored in a file of samples; little-endian.
public enum NumberFormat: String, Sendable, CaseIterable {
  // Raw values are NumPy's: kind and bytes.
  case bool = "b1"
  case int8 = "i1"
  case uint8 = "u1"
  case int16 = "i2"
  case uint16 = "u2"
  case int32 = "i4"
  case uint32 = "u4"
  case int64 = "i8"
  case uint64 = "u8"
  case float16 = "f2"
  case float32 = "f4"
  case float64 = "f8"

  /// Bytes of one number.
  public var width: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// The numbers in `bytes`, rounded to 32 bits where they have more. Bytes behind the last whole
  /// number are not read.
  func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
    switch self {
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    case .int8: bytes.map { Float(Int8(bitPattern: $0)) }
    case .uint8: bytes.map { Float($0) }
    case .int16: numbers(bytes) { (word: UInt16) in Float(Int16(bitPattern: word)) }
    case .uint16: numbers(bytes) { (word: UInt16) in Float(word) }
    case .int32: numbers(bytes) { (word: UInt32) in Float(Int32(bitPattern: word)) }
    case .uint32: numbers(bytes) { (word: UInt32) in Float(word) }
    case .int64: numbers(bytes) { (word: UInt64) in Float(Int64(bitPattern: word)) }
    case .uint64: numbers(bytes) { (word: UInt64) in Float(word) }
    case .float16: numbers(bytes, HalfFloat.float)
    case .float32: numbers(bytes) { (word: UInt32) in Float(bitPattern: word) }
    case .float64: numbers(bytes) { (word: UInt64) in Float(Double(bitPattern: word)) }
    }
  }

  private func numbers<Word: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, _ value: (Word) -> Float
  ) -> [Float] {
    // Bounds: reads at width x index, index < count, of at least width x count bytes; alignment is
    // not assumed.
    bytes.withUnsafeBytes { buffer in
      (0..<buffer.count / width).map {
        value(Word(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * width, as: Word.self)))
      }
    }
  }
}
