import Models
import Support

/// A position in a part of an HDF5 file; reading past the part's end throws.
struct HDF5Cursor {
  let file: HDF5File
  private(set) var position: Int
  let end: Int
  /// What is being read, for diagnostics.
  let what: String

  init(file: HDF5File, position: Int, end: Int, what: String) {
    self.file = file
    self.position = position
    self.end = end
    self.what = what
  }

  var remaining: Int { end - position }

  /// The next bytes, shared with the file.
  mutating func take(_ count: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else {
      throw HDF5File.damaged(
        "hdf5-range", "\(what) needs \(count) bytes more, where \(remaining) are left", at: position
      )
    }
    try file.spend(max(count, 1), at: position)
    defer { position += count }
    return file.bytes[position..<position + count]
  }

  mutating func skip(_ count: Int) throws(Diagnostic) {
    guard count >= 0, count <= remaining else {
      throw HDF5File.damaged(
        "hdf5-range", "\(what) needs \(count) bytes more, where \(remaining) are left", at: position
      )
    }
    position += count
  }

  /// A cursor on the next bytes, which this one skips.
  mutating func part(_ count: Int, _ name: String) throws(Diagnostic) -> HDF5Cursor {
    let start = position
    try skip(count)
    return HDF5Cursor(file: file, position: start, end: position, what: name)
  }

  /// The unsigned little-endian integer in the next `width` bytes, 8 at most.
  mutating func unsigned(_ width: Int) throws(Diagnostic) -> UInt64 {
    var value: UInt64 = 0
    for byte in try take(width).reversed() { value = value << 8 | UInt64(byte) }
    return value
  }

  /// The same as a number that can be counted with.
  mutating func count(_ width: Int) throws(Diagnostic) -> Int {
    let start = position
    guard let value = Int(exactly: try unsigned(width)) else {
      throw HDF5File.damaged("hdf5-size", "a size in \(what) is above 2^63", at: start)
    }
    return value
  }

  /// A size, as wide as the superblock says.
  mutating func length() throws(Diagnostic) -> Int {
    try count(file.superblock.lengthSize)
  }

  /// An address; nil for the undefined one, all bits set.
  mutating func address() throws(Diagnostic) -> Int? {
    let width = file.superblock.offsetSize
    let start = position
    let value = try unsigned(width)
    if value == UInt64.max >> UInt64(64 - 8 * width) { return nil }
    guard let address = Int(exactly: value) else {
      throw HDF5File.damaged("hdf5-size", "an address in \(what) is above 2^63", at: start)
    }
    return address
  }

  /// An address that must be there.
  mutating func definedAddress(_ name: String) throws(Diagnostic) -> Int {
    let start = position
    guard let address = try address() else {
      throw HDF5File.damaged("hdf5-address", "the address of \(name) is undefined", at: start)
    }
    return address
  }

  /// Four bytes that mark a structure.
  mutating func expect(_ signature: String) throws(Diagnostic) {
    let start = position
    guard try take(signature.utf8.count).elementsEqual(signature.utf8) else {
      throw HDF5File.damaged(
        "hdf5-signature", "\(what) does not begin with \(signature)", at: start)
    }
  }

  /// A version that must be one of those known.
  mutating func version(_ known: ClosedRange<Int>) throws(Diagnostic) -> Int {
    let start = position
    let found = try count(1)
    guard known.contains(found) else {
      throw HDF5File.unsupported(
        "hdf5-version",
        "\(what) has version \(found); read are \(known.lowerBound) to \(known.upperBound)",
        at: start)
    }
    return found
  }
}
