import Models
import Support

/// Tensors of a checkpoint: an index, and files of raw data
/// (tensorflow/core/util/tensor_bundle/tensor_bundle.h).
final class TensorBundle {
  /// DataType of types.proto.
  private static let formats: [Int32: WeightArray.Format] = [
    1: .float32, 2: .float64, 19: .float16,
  ]
  private static let stringType: Int32 = 7

  private let prefix: String
  private let files: SavedModelFiles
  private let index: LevelDBTable
  private let shards: Int
  private var data: [Int: [UInt8]] = [:]
  /// By file: bytes of all tensors that were asked for.
  private var bytesRead: [Int: Int] = [:]

  /// Opens `PREFIX.index`; files of data are read when they are needed.
  init(prefix: String, in files: SavedModelFiles) throws(Diagnostic) {
    self.prefix = prefix
    self.files = files
    let path = prefix + ".index"
    do throws(Diagnostic) {
      index = try LevelDBTable(
        try files.bytes(path), verifiesChecksums: files.verifiesChecksums)
      guard let bytes = index.values[""] else {
        throw Self.broken("it has no header, the value of the empty key")
      }
      let header = try ProtoMessage.decode(
        Pico2Benchmark_SavedModel_BundleHeader.self, bytes, "the header")
      guard header.endianness == 0 else {
        throw Diagnostic(
          "bundle-endianness", "the data are big-endian; only little-endian ones are read",
          remedy: "Save the model again on a little-endian machine.")
      }
      guard header.numShards >= 1, header.numShards <= 99_999 else {
        throw Self.broken("it states \(header.numShards) files of data")
      }
      shards = Int(header.numShards)
    } catch {
      throw error.within(file: path)
    }
  }

  /// The array under a key.
  func array(_ key: String) throws(Diagnostic) -> WeightArray {
    let entry = try entry(key)
    guard let format = Self.formats[entry.dtype] else {
      throw Diagnostic(
        "bundle-type",
        "the tensor `\(printable(key))` has DataType \(entry.dtype); read are 1 (float32), 2 (float64) "
          + "and 19 (float16)", remedy: "Save a model of type float32.", file: prefix + ".index")
    }
    let shape = entry.shape.dim.map { Int($0.size) }
    let bytes = try bytes(of: entry, key)
    guard !entry.shape.unknownRank,
      let array = WeightArray(name: key, shape: shape, format: format, bytes: bytes)
    else {
      throw Self.broken(
        "the tensor `\(printable(key))` has \(bytes.count) bytes, its shape "
          + "\(TensorCheck.text(shape)) takes others"
      ).within(file: prefix + ".index")
    }
    guard !files.verifiesChecksums || CRC32C.masked(CRC32C.of(bytes)) == entry.crc32C else {
      throw checksum(entry, key)
    }
    return array
  }

  /// The text under a key: its length, a checksum of the length, the text.
  func text(_ key: String) throws(Diagnostic) -> ArraySlice<UInt8> {
    let entry = try entry(key)
    let bytes = try bytes(of: entry, key)
    var rest = VarintReader(bytes)
    guard entry.dtype == Self.stringType, entry.shape.dim.isEmpty, let length = rest.varint(),
      let sum = rest.fixed32(), rest.remaining == length, let text = rest.take(length)
    else {
      throw Self.broken("the value of `\(printable(key))` is no text").within(
        file: prefix + ".index")
    }
    // Lengths enter the checksums as integers of 32 bits, of 64 where they need them.
    let word = Self.word(length)
    let lengthSum = CRC32C.masked(CRC32C.of(word))
    let stored = (0..<4).map { UInt8(truncatingIfNeeded: lengthSum >> (8 * UInt32($0))) }
    let isRight =
      sum == lengthSum && CRC32C.masked(CRC32C.of(word, stored[...], text)) == entry.crc32C
    guard isRight || !files.verifiesChecksums else { throw checksum(entry, key) }
    return text
  }

  private static func word(_ length: Int) -> ArraySlice<UInt8> {
    let width = length <= Int(UInt32.max) ? 4 : 8
    return (0..<width).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }[...]
  }

  private func entry(
    _ key: String
  ) throws(Diagnostic) -> Pico2Benchmark_SavedModel_BundleEntry {
    do throws(Diagnostic) {
      guard let bytes = index.values[key] else {
        throw Self.broken("it has no tensor `\(printable(key, limit: 128))`")
      }
      let entry = try ProtoMessage.decode(
        Pico2Benchmark_SavedModel_BundleEntry.self, bytes, "the entry `\(printable(key))`")
      guard entry.slices.isEmpty else {
        throw Diagnostic(
          "bundle-partitioned", "the tensor `\(printable(key))` is partitioned, which is not read",
          remedy: "Save the model again without partitioned variables.")
      }
      return entry
    } catch {
      throw error.within(file: prefix + ".index")
    }
  }

  private func bytes(
    of entry: Pico2Benchmark_SavedModel_BundleEntry, _ key: String
  ) throws(Diagnostic) -> ArraySlice<UInt8> {
    let path = shardPath(Int(entry.shardID))
    guard entry.shardID >= 0, entry.shardID < shards else {
      throw Self.broken(
        "the tensor `\(printable(key))` is in file \(entry.shardID) of \(shards)"
      ).within(file: prefix + ".index")
    }
    let shard = Int(entry.shardID)
    if data[shard] == nil { data[shard] = try files.bytes(path) }
    let all = data[shard] ?? []
    let (offset, size) = (Int(entry.offset), Int(entry.size))
    guard offset >= 0, size >= 0, offset <= all.count, size <= all.count - offset else {
      throw Diagnostic(
        "bundle-range",
        "the tensor `\(printable(key))` has \(size) bytes at byte \(offset); the file has "
          + "\(all.count)",
        remedy: "The file is damaged or cut short: copy it or save the model again.", file: path)
    }
    let read = (bytesRead[shard] ?? 0) + size
    // Each byte once, as a rule; 64 K more for tiny files.
    guard read <= 4 * all.count + (1 << 16) else {
      throw Diagnostic(
        "bundle-work", "tensors share their bytes: more is referred to than the file holds",
        remedy: "The checkpoint is damaged: save the model again.", file: path)
    }
    bytesRead[shard] = read
    return all[offset..<offset + size]
  }

  /// As in `variables.data-00000-of-00001`.
  private func shardPath(_ shard: Int) -> String {
    func five(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    return "\(prefix).data-\(five(shard))-of-\(five(shards))"
  }

  private func checksum(
    _ entry: Pico2Benchmark_SavedModel_BundleEntry, _ key: String
  ) -> Diagnostic {
    Diagnostic(
      "bundle-checksum", "the checksum of the tensor `\(printable(key))` is wrong",
      remedy: "The file is damaged: copy it or save the model again.",
      place: Place(offset: Int(entry.offset)), file: shardPath(Int(entry.shardID)))
  }

  private static func broken(_ message: String) -> Diagnostic {
    Diagnostic(
      "bundle", message, remedy: "The checkpoint is damaged: save the model again.")
  }
}
