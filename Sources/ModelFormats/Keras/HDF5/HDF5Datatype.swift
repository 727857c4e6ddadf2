import Models
import Support

/// What the elements of a dataset or attribute are (specification, section IV.A.2.d).
enum HDF5Datatype: Equatable {
  /// IEEE 754 of 2, 4 or 8 bytes.
  case float(size: Int, isLittleEndian: Bool)
  case integer(size: Int, isSigned: Bool, isLittleEndian: Bool)
  /// Text in `size` bytes, filled up with zeros, or with spaces.
  case text(size: Int, hasSpaces: Bool)
  /// Text in the global heap.
  case variableText
  /// Something else, named.
  case other(String, size: Int)

  private static let classes = [
    "integer", "floating-point", "time", "string", "bit field", "opaque", "compound", "reference",
    "enumeration", "variable-length", "array",
  ]

  init(_ message: HDF5Cursor) throws(Diagnostic) {
    var body = message
    let head = try body.count(1)
    let bits = try body.count(3)
    let size = try body.count(4)
    let name = Self.classes.indices.contains(head & 15) ? Self.classes[head & 15] : "unknown"
    switch head & 15 {
    case 0: self = try Self.integer(&body, size: size, bits: bits)
    case 1: self = try Self.float(&body, size: size, bits: bits)
    case 3: self = .text(size: size, hasSpaces: bits & 15 == 2)
    case 9 where bits & 15 == 1: self = .variableText
    default: self = .other(name, size: size)
    }
  }

  /// Bytes of one element in the file, with addresses as wide as stated.
  func size(addresses: Int) -> Int {
    switch self {
    case .float(let size, _), .integer(let size, _, _), .text(let size, _), .other(_, let size):
      size
    case .variableText: 4 + addresses + 4
    }
  }

  /// As in `float32`, for messages.
  var name: String {
    switch self {
    case .float(let size, let isLittle):
      "\(isLittle ? "" : "big-endian ")float\(8 * size)"
    case .integer(let size, let isSigned, let isLittle):
      "\(isLittle ? "" : "big-endian ")\(isSigned ? "" : "u")int\(8 * size)"
    case .text: "text"
    case .variableText: "variable-length text"
    case .other(let name, let size): "\(name) of \(size) bytes"
    }
  }

  private static func integer(
    _ body: inout HDF5Cursor, size: Int, bits: Int
  ) throws(Diagnostic) -> HDF5Datatype {
    let offset = try body.count(2)
    let precision = try body.count(2)
    guard [1, 2, 4, 8].contains(size), offset == 0, precision == 8 * size else {
      return .other("integer with unused bits", size: size)
    }
    return .integer(size: size, isSigned: bits & 8 != 0, isLittleEndian: bits & 1 == 0)
  }

  private static func float(
    _ body: inout HDF5Cursor, size: Int, bits: Int
  ) throws(Diagnostic) -> HDF5Datatype {
    // Bit offset, precision, exponent's place and size, mantissa's place and size, exponent's bias.
    var found: [Int] = []
    for width in [2, 2, 1, 1, 1, 1, 4] { found.append(try body.count(width)) }
    let expected: [Int: [Int]] = [
      2: [0, 16, 10, 5, 0, 10, 15], 4: [0, 32, 23, 8, 0, 23, 127],
      8: [0, 64, 52, 11, 0, 52, 1023],
    ]
    let hasSignOnTop = bits >> 8 & 0xFF == 8 * size - 1
    // A set bit 6 means VAX order; bits 4 and 5 are 2 where the mantissa's first bit is implied.
    guard expected[size] == found, hasSignOnTop, bits & 0x40 == 0, bits >> 4 & 3 == 2 else {
      return .other("floating-point that is not IEEE 754", size: size)
    }
    return .float(size: size, isLittleEndian: bits & 1 == 0)
  }
}
