@testable import ModelFormats

/// Writes a LevelDB table: blocks of a few entries, keys without what they share with the one before
/// (LevelDB, doc/table_format.md).
enum LevelDBWriter {
  static func table(
    _ values: [String: [UInt8]], entriesPerBlock: Int = 5, compression: UInt8 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    let keys = values.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    var index: [(key: String, value: [UInt8])] = []
    for start in stride(from: 0, to: keys.count, by: entriesPerBlock) {
      let part = keys[start..<min(start + entriesPerBlock, keys.count)]
      let handle = append(block(part.map { ($0, values[$0] ?? []) }), compression, to: &bytes)
      index.append((part.last ?? "", handle))
    }
    let meta = append(block([]), 0, to: &bytes)
    let root = append(block(index), 0, to: &bytes)
    let places = meta + root
    let padding = [UInt8](repeating: 0, count: 40 - places.count)
    return bytes + places + padding + fixed(LevelDBTable.magic, 8)
  }

  static func varint(_ value: Int) -> [UInt8] {
    var rest = UInt64(value)
    var result: [UInt8] = []
    while rest > 0x7F {
      result.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return result + [UInt8(rest)]
  }

  static func fixed(_ value: some FixedWidthInteger, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func block(_ entries: [(key: String, value: [UInt8])]) -> [UInt8] {
    var result: [UInt8] = []
    var last: [UInt8] = []
    for (name, value) in entries {
      let key = Array(name.utf8)
      let shared = zip(last, key).prefix { $0 == $1 }.count
      result += varint(shared) + varint(key.count - shared) + varint(value.count)
      result += key.dropFirst(shared) + value
      last = key
    }
    return result + fixed(0, 4) + fixed(1, 4)
  }

  /// Adds a block with kind and checksum, and gives its handle.
  private static func append(
    _ block: [UInt8], _ compression: UInt8, to bytes: inout [UInt8]
  ) -> [UInt8] {
    let start = bytes.count
    let whole = block + [compression]
    bytes += whole + fixed(CRC32C.masked(CRC32C.of(whole[...])), 4)
    return varint(start) + varint(block.count)
  }
}
