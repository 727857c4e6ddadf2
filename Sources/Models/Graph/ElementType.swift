/// What the elements of a tensor are: the TensorType of the TFLite schema, its numbers as raw value.
public enum ElementType: Int, Sendable, CaseIterable {
  case float32 = 0
  case float16, int32, uint8, int64, string, bool, int16, complex64, int8
  case float64 = 10
  case complex128, uint64, resource, variant, uint32, uint16, int4, bfloat16
  case int2 = 19
  case uint4
  case float8e4m3fn, float8e5m2

  /// The name in lower case, as in `int8`.
  public var name: String { "\(self)" }

  /// Bits of one element; nil where elements have no fixed size.
  public var bits: Int? {
    switch self {
    case .int2: 2
    case .int4, .uint4: 4
    case .int8, .uint8, .bool, .float8e4m3fn, .float8e5m2: 8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .float32, .int32, .uint32: 32
    case .float64, .int64, .uint64, .complex64: 64
    case .complex128: 128
    case .string, .resource, .variant: nil
    }
  }

  /// True for the real floating-point types.
  public var isFloat: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64, .float8e4m3fn, .float8e5m2: true
    default: false
    }
  }
}
