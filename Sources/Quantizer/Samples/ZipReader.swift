import Core
import Models
import Support

/// Reads the members of a .zip file, as .npz files are (PKWARE, "APPNOTE.TXT - .ZIP File Format
/// Specification"): stored or deflated, without encryption, below 4 GiB.
struct ZipReader {
  /// A file in the archive.
  struct Member {
    var name: String
    var method: Int
    var flags: Int
    var crc32: UInt32
    var packedLength: Int
    var length: Int
    var headerOffset: Int
  }

  static let magic: [UInt8] = [0x50, 0x4B]
  private static let mostMembers = 4096

  private let bytes: ArraySlice<UInt8>
  /// In the order of the archive's directory.
  let members: [Member]

  /// Reads the directory of the archive in `bytes`, which start at index 0.
  init(_ bytes: [UInt8]) throws(Diagnostic) {
    self.bytes = bytes[...]
    members = try Self.directory(bytes[...])
  }

  /// The bytes of a member, which are checked against its CRC-32. At most `SampleFile.largest`.
  func contents(_ member: Member) throws(Diagnostic) -> [UInt8] {
    let here = member.headerOffset
    guard member.flags & 1 == 0 else {
      throw Self.failure(
        "zip-encrypted", "the member is encrypted", at: here, "Save it with numpy.savez.")
    }
    guard member.length <= SampleFile.largest else {
      throw Self.failure(
        "zip-size",
        "the member has \(member.length) bytes; \(SampleFile.largest) are unpacked at most",
        at: here, "A few hundred samples are enough to calibrate: store fewer.")
    }
    // RFC 1951: 258 bytes from 2 bits at best, so a greater length is a lie.
    guard member.length / 1032 <= member.packedLength else {
      throw Self.damaged("the member claims more bytes than can be packed", at: here)
    }
    guard Self.word(bytes, here) == 0x0403_4B50, let nameLength = Self.half(bytes, here + 26),
      let extraLength = Self.half(bytes, here + 28)
    else { throw Self.damaged("there is no header of a member", at: here) }
    let start = here + 30 + nameLength + extraLength
    guard start <= bytes.count, member.packedLength <= bytes.count - start else {
      throw Self.damaged("the member reaches beyond the end of the file", at: start)
    }
    let packed = bytes[start..<start + member.packedLength]
    let result = try unpacked(packed, member, at: start)
    guard CRC32.byEightBytes(result.span) == member.crc32 else {
      throw Self.damaged("the member's CRC-32 is not the one stated", at: here)
    }
    return result
  }

  private func unpacked(
    _ packed: ArraySlice<UInt8>, _ member: Member, at start: Int
  ) throws(Diagnostic) -> [UInt8] {
    switch member.method {
    case 0:
      guard member.packedLength == member.length else {
        throw Self.damaged(
          "the member is stored, but its two lengths differ", at: member.headerOffset)
      }
      return Array(packed)
    case 8:
      do throws(Inflate.Failure) {
        return try Inflate.bytes(packed, length: member.length)
      } catch {
        throw Self.damaged("the member cannot be unpacked to its \(member.length) bytes", at: start)
      }
    default:
      throw Self.failure(
        "zip-method", "the member is packed by method \(member.method); 0 and 8 are read",
        at: member.headerOffset,
        "Save it with numpy.savez or numpy.savez_compressed.")
    }
  }

  private static func directory(
    _ bytes: ArraySlice<UInt8>
  ) throws(Diagnostic) -> [Member] {
    // The end record stands last, before a comment of at most 65535 bytes.
    let first = max(0, bytes.count - 22 - 65535)
    guard bytes.count >= 22,
      let end = stride(from: bytes.count - 22, through: first, by: -1).first(where: {
        word(bytes, $0) == 0x0605_4B50
      }),
      let count = half(bytes, end + 10), let size = word(bytes, end + 12),
      let start = word(bytes, end + 16)
    else { throw damaged("there is no end of a zip directory", at: bytes.count) }
    let isZip64 = count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF
    if isZip64 { throw zip64(at: end) }
    guard count <= mostMembers else {
      throw failure(
        "zip-members", "there are \(count) members; \(mostMembers) are allowed", at: end,
        "Store samples as one array.")
    }
    var result: [Member] = []
    var position = start
    for _ in 0..<count {
      guard word(bytes, position) == 0x0201_4B50, let flags = half(bytes, position + 8),
        let method = half(bytes, position + 10), let crc = word(bytes, position + 16),
        let packed = word(bytes, position + 20), let length = word(bytes, position + 24),
        let nameLength = half(bytes, position + 28), let extra = half(bytes, position + 30),
        let comment = half(bytes, position + 32), let offset = word(bytes, position + 42),
        nameLength <= bytes.count - position - 46
      else { throw damaged("the directory is cut off or no directory", at: position) }
      if [packed, length, offset].contains(0xFFFF_FFFF) { throw zip64(at: position) }
      let name = bytes[position + 46..<position + 46 + nameLength]
      result.append(
        Member(
          name: String(decoding: name, as: UTF8.self), method: method, flags: flags,
          crc32: UInt32(crc), packedLength: packed, length: length, headerOffset: offset))
      position += 46 + nameLength + extra + comment
    }
    return result
  }

  private static func half(_ bytes: ArraySlice<UInt8>, _ position: Int) -> Int? {
    guard position >= 0, position <= bytes.count - 2 else { return nil }
    return Int(bytes[position]) | Int(bytes[position + 1]) << 8
  }

  private static func word(_ bytes: ArraySlice<UInt8>, _ position: Int) -> Int? {
    guard let low = half(bytes, position), let high = half(bytes, position + 2) else { return nil }
    return low | high << 16
  }

  private static func zip64(at offset: Int) -> Diagnostic {
    failure(
      "zip64", "the archive is in the zip64 form, for 4 GiB and more, which is not read",
      at: offset,
      "A few hundred samples are enough to calibrate: store fewer.")
  }

  private static func damaged(_ message: String, at offset: Int) -> Diagnostic {
    failure("zip-damaged", message, at: offset, "Copy or save the file again.")
  }

  private static func failure(
    _ rule: String, _ message: String, at offset: Int, _ remedy: String
  ) -> Diagnostic {
    Diagnostic(rule, message, remedy: remedy, place: Place(offset: offset))
  }
}
