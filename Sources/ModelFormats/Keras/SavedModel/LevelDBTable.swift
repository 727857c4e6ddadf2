import Models
import Support

/// A sorted table of keys and values (LevelDB, doc/table_format.md), as `variables.index` is.
///
/// Blocks must be uncompressed, as TensorFlow writes them; their checksums are verified.
struct LevelDBTable {
  /// Last eight bytes of a table, little-endian.
  static let magic: UInt64 = 0xDB47_7524_8B80_FB57
  private static let footerSize = 48
  /// TensorFlow's keys are paths of a few names.
  private static let longestKey = 4096

  /// Values, parts of the table's bytes.
  private(set) var values: [String: ArraySlice<UInt8>] = [:]
  /// Bytes of keys and blocks that may still be read; blocks could overlap and keys repeat.
  private var workLeft: Int
  private let verifiesChecksums: Bool

  init(_ bytes: [UInt8], verifiesChecksums: Bool = true) throws(Diagnostic) {
    self.verifiesChecksums = verifiesChecksums
    workLeft = 16 * bytes.count + (1 << 16)
    guard bytes.count >= Self.footerSize,
      bytes.suffix(8).reversed().reduce(0, { $0 << 8 | UInt64($1) }) == Self.magic
    else {
      throw Self.damaged("leveldb-footer", "does not end as a LevelDB table does", at: nil)
    }
    var footer = VarintReader(bytes.suffix(Self.footerSize))
    // Where the index of meta data stands is not needed.
    guard footer.varint() != nil, footer.varint() != nil, let offset = footer.varint(),
      let size = footer.varint()
    else { throw Self.damaged("leveldb-footer", "its footer has no places of blocks", at: nil) }
    for (_, place) in try entries(bytes, offset, size) {
      var handle = VarintReader(place)
      guard let offset = handle.varint(), let size = handle.varint() else {
        throw Self.damaged("leveldb-index", "its index leads to no block", at: place.startIndex)
      }
      for (key, value) in try entries(bytes, offset, size) {
        let name = String(decoding: key, as: UTF8.self)
        guard values.updateValue(value, forKey: name) == nil else {
          throw Self.damaged(
            "leveldb-order", "the key `\(printable(name))` occurs twice", at: value.startIndex)
        }
      }
    }
  }

  /// Keys and values of a block, the keys' common beginnings restored.
  private mutating func entries(
    _ bytes: [UInt8], _ offset: Int, _ size: Int
  ) throws(Diagnostic) -> [(key: [UInt8], value: ArraySlice<UInt8>)] {
    let block = try block(bytes, offset, size)
    // At the end, places at which keys are whole, and their number.
    var tail = VarintReader(block.suffix(4))
    guard let restarts = tail.fixed32(), Int(restarts) <= (block.count - 4) / 4 else {
      throw Self.damaged("leveldb-block", "a block has no list of restarts", at: offset)
    }
    var rest = VarintReader(block.dropLast(4 + 4 * Int(restarts)))
    var result: [(key: [UInt8], value: ArraySlice<UInt8>)] = []
    var key: [UInt8] = []
    while rest.remaining > 0 {
      let place = rest.position
      guard let shared = rest.varint(), let more = rest.varint(), let length = rest.varint(),
        shared <= key.count, more <= Self.longestKey, let ending = rest.take(more),
        shared + more <= Self.longestKey, let value = rest.take(length)
      else { throw Self.damaged("leveldb-block", "a block holds no key and value", at: place) }
      key.removeLast(key.count - shared)
      key += ending
      try spend(key.count + 16, at: place)
      result.append((key, value))
    }
    return result
  }

  /// The contents of a block; after them stand the kind of compression and a checksum.
  private mutating func block(
    _ bytes: [UInt8], _ offset: Int, _ size: Int
  ) throws(Diagnostic) -> ArraySlice<UInt8> {
    guard offset <= bytes.count - 5, size <= bytes.count - 5 - offset, size >= 4 else {
      throw Self.damaged(
        "leveldb-range", "a block of \(size) bytes stands at byte \(offset) of \(bytes.count)",
        at: nil)
    }
    try spend(size, at: offset)
    let end = offset + size
    var trailer = VarintReader(bytes[(end + 1)..<(end + 5)])
    let sum = trailer.fixed32()
    guard !verifiesChecksums || sum == CRC32C.masked(CRC32C.of(bytes[offset...end])) else {
      throw Self.damaged("leveldb-checksum", "the checksum of a block is wrong", at: offset)
    }
    guard bytes[end] == 0 else {
      let name = bytes[end] == 1 ? "Snappy" : "method \(bytes[end])"
      throw Diagnostic(
        "leveldb-compressed", "a block is compressed (\(name)); only plain ones are read",
        remedy: "Save the model with TensorFlow's own model.save(FOLDER).",
        place: Place(offset: offset))
    }
    return bytes[offset..<end]
  }

  private mutating func spend(_ units: Int, at offset: Int) throws(Diagnostic) {
    guard units <= workLeft else {
      throw Self.damaged(
        "leveldb-work", "its blocks or keys are repeated over and over", at: offset)
    }
    workLeft -= units
  }

  private static func damaged(_ rule: String, _ message: String, at offset: Int?) -> Diagnostic {
    Diagnostic(
      rule, message, remedy: "The file is damaged or cut short: copy it or save the model again.",
      place: Place(offset: offset))
  }
}
