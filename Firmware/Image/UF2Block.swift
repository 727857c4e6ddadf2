import Support

/// One of the 512-byte blocks that a UF2 file consists of (github.com/microsoft/uf2; RP2350 data sheet
/// 5.5.3).
struct UF2Block: Hashable, Sendable {
  static let byteCount = 512
  /// What RP2350's boot ROM takes per block: a page of flash.
  static let payloadBytes = 256
  static let dataBytes = 476

  enum Magic {
    static let start: UInt32 = 0x0a32_4655
    static let second: UInt32 = 0x9e5d_5157
    static let end: UInt32 = 0x0ab1_6f30
  }
  enum Flags {
    static let family: UInt32 = 0x2000
    static let extensions: UInt32 = 0x8000
  }
  enum Family {
    /// Programs for RP2350's Arm cores in the secure state.
    static let rp2350ArmSecure: UInt32 = 0xe48b_ff59
    /// Bytes for an address, whatever partitions there are.
    static let absolute: UInt32 = 0xe48b_ff57
  }

  var flags: UInt32
  var address: UInt32
  var number: UInt32
  var count: UInt32
  var family: UInt32
  var payload: [UInt8]
  /// What follows the payload.
  var rest: [UInt8]

  init(
    flags: UInt32, address: UInt32, number: UInt32, count: UInt32, family: UInt32,
    payload: [UInt8], rest: [UInt8] = []
  ) {
    self.flags = flags
    self.address = address
    self.number = number
    self.count = count
    self.family = family
    self.payload = payload
    self.rest = rest + [UInt8](repeating: 0, count: Self.dataBytes - payload.count - rest.count)
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for word in [
      Magic.start, Magic.second, flags, address, UInt32(payload.count), number, count, family,
    ] { bytes.append(word: word) }
    bytes += payload
    bytes += rest
    bytes.append(word: Magic.end)
    return bytes
  }

  /// - Throws: `Diagnostic` where the bytes from `start` on are no block; `index` is for its words.
  init(_ bytes: [UInt8], at start: Int, index: Int) throws(Diagnostic) {
    let remedy = "Write the file again, by 'modelgen image'."
    func word(_ offset: Int) -> UInt32 { bytes.word(at: start + offset) ?? 0 }
    guard start + Self.byteCount <= bytes.count else {
      throw Diagnostic("uf2", "block \(index): the file ends inside of it", remedy: remedy)
    }
    let end = Self.byteCount - 4
    for (offset, magic) in [(0, Magic.start), (4, Magic.second), (end, Magic.end)]
    where word(offset) != magic {
      throw Diagnostic(
        "uf2",
        """
        block \(index): there is \(Format.address(word(offset))) at byte \(start + offset); \
        a UF2 block has \(Format.address(magic)) there
        """, remedy: remedy)
    }
    let size = Int(word(16))
    guard size == Self.payloadBytes else {
      throw Diagnostic(
        "uf2", "block \(index): has \(size) bytes; RP2350 takes \(Self.payloadBytes)",
        remedy: remedy)
    }
    flags = word(8)
    address = word(12)
    number = word(20)
    count = word(24)
    family = word(28)
    payload = Array(bytes[start + 32..<start + 32 + size])
    rest = Array(bytes[start + 32 + size..<start + end])
  }
}
