/// What a FlatBuffer holds, before it is laid out.
///
/// Scalars that equal their default are left out by whoever makes the table, as the format asks.
indirect enum FlatValue {
  case int8(Int8)
  case uint8(UInt8)
  case int32(Int32)
  case uint32(UInt32)
  case float(Float)
  case bool(Bool)
  case string(String)
  /// A vector of scalars of `width` bytes each, little-endian.
  case scalars(ArraySlice<UInt8>, width: Int, alignment: Int)
  /// A vector of offsets to tables.
  case tables([FlatValue])
  /// Fields by position in the schema.
  case table([Int: FlatValue])

  static func int32s(_ values: [Int]) -> FlatValue {
    scalars(values.map { UInt32(truncatingIfNeeded: $0) })
  }

  static func floats(_ values: [Float]) -> FlatValue { scalars(values.map(\.bitPattern)) }

  static func int64s(_ values: [Int64]) -> FlatValue { scalars(values) }

  private static func scalars<Integer: FixedWidthInteger>(_ values: [Integer]) -> FlatValue {
    var bytes: [UInt8] = []
    let width = Integer.bitWidth / 8
    bytes.reserveCapacity(values.count * width)
    for value in values { bytes.append(littleEndian: value) }
    return .scalars(bytes[...], width: width, alignment: width)
  }

  /// Bytes that the value takes inside a table.
  fileprivate var inlineWidth: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .int32, .uint32, .float, .string, .scalars, .tables, .table: 4
    }
  }
}

/// Lays a FlatBuffer out from front to back (https://flatbuffers.dev/internals): parents stand before
/// what they refer to, as offsets count forward; equal vtables are shared.
struct FlatBuilder {
  private var bytes: [UInt8] = []
  private var vtables: [[UInt16]: Int] = [:]

  /// The file with `root` as its root table.
  static func file(root: [Int: FlatValue], identifier: [UInt8]) -> [UInt8] {
    var builder = FlatBuilder()
    builder.bytes = [0, 0, 0, 0] + identifier
    builder.refer(from: 0, to: builder.write(.table(root)))
    return builder.bytes
  }

  /// Writes what an offset leads to, and gives its place.
  private mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .table(let fields): return write(fields)
    case .string(let text):
      let utf8 = Array(text.utf8)
      let start = vector(count: utf8.count, utf8[...], alignment: 1)
      bytes.append(0)
      return start
    case .scalars(let data, let width, let alignment):
      return vector(count: data.count / width, data, alignment: alignment)
    case .tables(let tables):
      let start = vector(count: tables.count, [], alignment: 4)
      let first = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: 4 * tables.count))
      for (index, table) in tables.enumerated() {
        refer(from: first + 4 * index, to: write(table))
      }
      return start
    case .int8, .uint8, .int32, .uint32, .float, .bool:
      return bytes.count  // Scalars stand in their table; nothing refers to them.
    }
  }

  /// The length stands before the elements, which are aligned.
  private mutating func vector(count: Int, _ data: ArraySlice<UInt8>, alignment: Int) -> Int {
    let alignment = max(alignment, 4)
    while (bytes.count + 4) % alignment != 0 { bytes.append(0) }
    let start = bytes.count
    bytes.append(littleEndian: UInt32(count))
    bytes.append(contentsOf: data)
    return start
  }

  private mutating func write(_ fields: [Int: FlatValue]) -> Int {
    // Wide fields first, so that no gap is needed.
    let order = fields.sorted { ($1.value.inlineWidth, $0.key) < ($0.value.inlineWidth, $1.key) }
    var slots = Array(repeating: UInt16(0), count: (fields.keys.max() ?? -1) + 1)
    var size = 4
    for (field, value) in order {
      slots[field] = UInt16(size)
      size += value.inlineWidth
    }
    let vtable = [UInt16(4 + 2 * slots.count), UInt16(size)] + slots
    let vtablePlace = place(of: vtable)
    align(to: 4)
    let start = bytes.count
    bytes.append(littleEndian: Int32(start - vtablePlace))
    for (_, value) in order { writeInline(value) }
    for (field, value) in order where value.isReference {
      refer(from: start + Int(slots[field]), to: write(value))
    }
    return start
  }

  private mutating func place(of vtable: [UInt16]) -> Int {
    if let known = vtables[vtable] { return known }
    align(to: 2)
    let start = bytes.count
    for entry in vtable { bytes.append(littleEndian: entry) }
    vtables[vtable] = start
    return start
  }

  private mutating func writeInline(_ value: FlatValue) {
    switch value {
    case .int8(let number): bytes.append(littleEndian: number)
    case .uint8(let number): bytes.append(number)
    case .bool(let flag): bytes.append(flag ? 1 : 0)
    case .int32(let number): bytes.append(littleEndian: number)
    case .uint32(let number): bytes.append(littleEndian: number)
    case .float(let number): bytes.append(littleEndian: number.bitPattern)
    case .string, .scalars, .tables, .table: bytes.append(littleEndian: UInt32(0))
    }
  }

  private mutating func refer(from place: Int, to target: Int) {
    let offset = UInt32(target - place)
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: offset >> (8 * index)) }
  }

  private mutating func align(to width: Int) {
    while bytes.count % width != 0 { bytes.append(0) }
  }
}

extension FlatValue {
  fileprivate var isReference: Bool {
    switch self {
    case .string, .scalars, .tables, .table: true
    default: false
    }
  }
}

extension Array where Element == UInt8 {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
