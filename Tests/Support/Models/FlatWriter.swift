/// A FlatBuffer as a tree: what a test wants in the file.
package indirect enum FlatValue: Sendable {
  case int8(Int8)
  case uint8(UInt8)
  case int32(Int32)
  case uint32(UInt32)
  case uint64(UInt64)
  case float(Float)
  case string(String)
  case bytes([UInt8])
  case int32s([Int32])
  case int64s([Int64])
  case floats([Float])
  case table([Int: FlatValue])
  case vector([FlatValue])

  /// Bytes in a table.
  fileprivate var width: Int {
    switch self {
    case .int8, .uint8: 1
    case .uint64: 8
    default: 4
    }
  }

  /// Bytes of a scalar; nil for what an offset leads to.
  fileprivate var scalar: [UInt8]? {
    switch self {
    case .int8(let value): littleEndian(value)
    case .uint8(let value): [value]
    case .int32(let value): littleEndian(value)
    case .uint32(let value): littleEndian(value)
    case .uint64(let value): littleEndian(value)
    case .float(let value): littleEndian(value.bitPattern)
    default: nil
    }
  }
}

/// Writes from front to back: each table behind its vtable, what it refers to behind it.
package struct FlatWriter {
  private var bytes: [UInt8] = []

  /// A file with that root table.
  package static func file(_ root: FlatValue, identifier: String = "TFL3") -> [UInt8] {
    var writer = FlatWriter()
    writer.bytes = [0, 0, 0, 0] + Array(identifier.utf8)
    let position = writer.write(root)
    writer.patch(0, to: position)
    return writer.bytes
  }

  private mutating func pad(to alignment: Int, before extra: Int = 0) {
    while (bytes.count + extra) % alignment != 0 { bytes.append(0) }
  }

  private mutating func patch(_ place: Int, to target: Int) {
    bytes.replaceSubrange(place..<place + 4, with: littleEndian(UInt32(target - place)))
  }

  private mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .string(let text):
      return vector(Array(text.utf8) + [0], count: text.utf8.count, width: 1)
    case .bytes(let data): return vector(data, count: data.count, width: 16)
    case .int32s(let list): return vector(list.flatMap(littleEndian), count: list.count, width: 4)
    case .int64s(let list): return vector(list.flatMap(littleEndian), count: list.count, width: 8)
    case .floats(let list):
      return vector(list.flatMap { littleEndian($0.bitPattern) }, count: list.count, width: 4)
    case .vector(let elements): return offsets(elements)
    case .table(let fields): return table(fields)
    default: preconditionFailure("a scalar stands in its table")
    }
  }

  private mutating func vector(_ data: [UInt8], count: Int, width: Int) -> Int {
    pad(to: max(width, 4), before: 4)
    let start = bytes.count
    bytes += littleEndian(UInt32(count)) + data
    return start
  }

  private mutating func offsets(_ elements: [FlatValue]) -> Int {
    let start = vector(
      Array(repeating: 0, count: 4 * elements.count), count: elements.count, width: 4)
    for (i, element) in elements.enumerated() {
      let target = write(element)
      patch(start + 4 + 4 * i, to: target)
    }
    return start
  }

  private mutating func table(_ fields: [Int: FlatValue]) -> Int {
    let sorted = fields.sorted { $0.key < $1.key }
    var size = 4
    var places: [Int: Int] = [:]
    for (field, value) in sorted {
      while size % value.width != 0 { size += 1 }
      places[field] = size
      size += value.width
    }
    let slots = (sorted.last?.key ?? -1) + 1
    pad(to: 2)
    let vtable = bytes.count
    bytes += littleEndian(UInt16(4 + 2 * slots)) + littleEndian(UInt16(size))
    for field in 0..<slots { bytes += littleEndian(UInt16(places[field] ?? 0)) }
    pad(to: 8)
    let start = bytes.count
    bytes += littleEndian(Int32(start - vtable)) + Array(repeating: 0, count: size - 4)
    for (field, value) in sorted {
      guard let scalar = value.scalar, let place = places[field] else { continue }
      bytes.replaceSubrange(start + place..<start + place + scalar.count, with: scalar)
    }
    for (field, value) in sorted where value.scalar == nil {
      guard let place = places[field] else { continue }
      let target = write(value)
      patch(start + place, to: target)
    }
    return start
  }
}
