import CZlib

/// Makes .zip files.
package struct ZipSketch {
  package var members: [(name: String, data: [UInt8], isDeflated: Bool)]
  /// What the directory says of each member's length, where it is not the truth.
  package var claimedLength: Int?
  package var flags: Int
  package var method: Int?

  package init(
    members: [(name: String, data: [UInt8], isDeflated: Bool)] = [], claimedLength: Int? = nil,
    flags: Int = 0, method: Int? = nil
  ) {
    (self.members, self.claimedLength, self.flags, self.method) =
      (members, claimedLength, flags, method)
  }

  package func bytes() -> [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let packed = member.isDeflated ? Self.deflate(member.data) : member.data
      let crc = Int(
        crc32(0, member.data, UInt32(member.data.count)))
      let name = Array(member.name.utf8)
      let common =
        half(flags) + half(method ?? (member.isDeflated ? 8 : 0)) + half(0) + half(33) + word(crc)
        + word(packed.count) + word(claimedLength ?? member.data.count) + half(name.count)
      directory +=
        word(0x0201_4B50) + half(20) + half(20) + common + half(0) + half(0) + half(0) + half(0)
        + word(0) + word(result.count) + name
      // NumPy leaves an extra field in front of the data.
      result += word(0x0403_4B50) + half(20) + common + half(4) + name + [1, 0, 0, 0] + packed
    }
    let start = result.count
    result += directory
    result +=
      word(0x0605_4B50) + half(0) + half(0) + half(members.count) + half(members.count)
      + word(directory.count) + word(start) + half(0)
    return result
  }

  private func half(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }
  private func word(_ value: Int) -> [UInt8] { half(value & 0xFFFF) + half(value >> 16 & 0xFFFF) }

  package static func deflate(_ data: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = data
    var output = [UInt8](repeating: 0, count: data.count + 128)
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        CZlib.deflate(&stream, Z_FINISH)
        return target.count - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }
}
