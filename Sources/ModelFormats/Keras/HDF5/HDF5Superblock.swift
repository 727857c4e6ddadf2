import Models
import Support

/// Where the root group is and how wide addresses are (specification, section II.A).
struct HDF5Superblock {
  static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Byte at which addresses start to count.
  private(set) var base = 0
  /// Bytes of an address.
  private(set) var offsetSize = 8
  /// Bytes of a size.
  private(set) var lengthSize = 8
  /// Address of the root group's object header.
  private(set) var root = 0

  init(_ bytes: [UInt8]) throws(Diagnostic) {
    guard let start = Self.start(bytes) else {
      throw Diagnostic(
        "hdf5-signature", "is no HDF5 file: its signature stands nowhere",
        remedy: "Name a .h5 file that Keras wrote with `model.save('NAME.h5')`.",
        place: Place(offset: 0))
    }
    let version = Int(try Self.unsigned(bytes, at: start + 8, 1))
    switch version {
    case 0, 1: try readOld(bytes, at: start, version: version)
    case 2, 3: try readNew(bytes, at: start)
    default:
      throw HDF5File.unsupported(
        "hdf5-version", "the superblock has version \(version); read are 0 to 3", at: start + 8)
    }
  }

  /// The signature stands at byte 0, 512, 1024, ..., after a block of the user's.
  static func start(_ bytes: [UInt8]) -> Int? {
    var place = 0
    while place <= bytes.count - 9 {
      if bytes[place..<place + 8].elementsEqual(signature) { return place }
      place = place == 0 ? 512 : 2 * place
    }
    return nil
  }

  private mutating func readOld(
    _ bytes: [UInt8], at start: Int, version: Int
  ) throws(Diagnostic) {
    try readSizes(bytes, at: start + 13)
    // Version 1 has a rank for chunk indices and two reserved bytes more.
    let addresses = start + 24 + (version == 1 ? 4 : 0)
    base = try Self.address(bytes, at: addresses, offsetSize, "the base")
    // Base, free space, end of file, driver; then the root's entry: its name, its header.
    root = try Self.address(bytes, at: addresses + 5 * offsetSize, offsetSize, "the root group")
  }

  private mutating func readNew(_ bytes: [UInt8], at start: Int) throws(Diagnostic) {
    try readSizes(bytes, at: start + 9)
    base = try Self.address(bytes, at: start + 12, offsetSize, "the base")
    root = try Self.address(bytes, at: start + 12 + 3 * offsetSize, offsetSize, "the root group")
  }

  private mutating func readSizes(_ bytes: [UInt8], at start: Int) throws(Diagnostic) {
    offsetSize = Int(try Self.unsigned(bytes, at: start, 1))
    lengthSize = Int(try Self.unsigned(bytes, at: start + 1, 1))
    guard [2, 4, 8].contains(offsetSize), [2, 4, 8].contains(lengthSize) else {
      throw HDF5File.unsupported(
        "hdf5-version",
        "addresses have \(offsetSize) bytes and sizes \(lengthSize); read are 2, 4 and 8", at: start
      )
    }
  }

  private static func address(
    _ bytes: [UInt8], at offset: Int, _ width: Int, _ name: String
  ) throws(Diagnostic) -> Int {
    let value = try unsigned(bytes, at: offset, width)
    guard let address = Int(exactly: value), address <= bytes.count else {
      throw HDF5File.damaged(
        "hdf5-range", "\(name) stands at byte \(value); the file has \(bytes.count)", at: offset)
    }
    return address
  }

  private static func unsigned(
    _ bytes: [UInt8], at offset: Int, _ width: Int
  ) throws(Diagnostic) -> UInt64 {
    guard offset >= 0, offset <= bytes.count - width else {
      throw HDF5File.damaged(
        "hdf5-range", "the file ends at byte \(bytes.count), inside its superblock", at: offset)
    }
    return bytes[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
