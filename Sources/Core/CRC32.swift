/// CRC-32 as zlib, PNG and Ethernet have it (CRC-32/ISO-HDLC: reflected polynomial 0xEDB88320, start and
/// final value all ones). Whoever computes it chooses what that costs: no table, for bytes that come
/// one by one on a chip; 16 words on the stack, a quarter of the time; 2,048 words, which take in eight bytes
/// at once, on a host.
public struct CRC32: Sendable, Equatable {
  @usableFromInline var register: UInt32 = 0xFFFF_FFFF

  /// The checksum of nothing.
  @inlinable
  public init() {}

  /// The checksum of everything taken in so far.
  @inlinable
  public var value: UInt32 { ~register }

  /// Takes in one byte, without a table.
  @inlinable @inline(__always)
  public mutating func add(_ byte: UInt8) {
    register = Self.divide(register ^ UInt32(byte), bits: 8, by: Self.polynomial)
  }

  /// Takes in bytes by a table of 16 words, the remainders of half bytes, or of 2,048: those of bytes, then of
  /// bytes with up to seven more behind them (slicing by eight: Kounavis and Berry 2005).
  public mutating func add(_ bytes: Span<UInt8>, by table: Span<UInt32>) {
    precondition(table.count == 16 || table.count == 2048)
    var i = 0
    if table.count == 2048 {
      while i &+ 8 <= bytes.count {
        addEight(bytes.bytes, at: i, by: table)
        i &+= 8
      }
    }
    let bits: UInt32 = table.count == 16 ? 4 : 8
    let mask = (1 &<< bits) &- 1
    while i < bytes.count {
      register ^= UInt32(bytes[unchecked: i])  // Bounds: those of the loop.
      var left: UInt32 = 8
      while left > 0 {
        // Bounds: the mask leaves no more values than the table has words.
        register = register &>> bits ^ table[unchecked: Int(register & mask)]
        left &-= bits
      }
      i &+= 1
    }
  }

  @inline(__always)
  private mutating func addEight(_ bytes: RawSpan, at start: Int, by table: Span<UInt32>) {
    // Bounds: the caller has eight bytes from `start` and a table of eight times 256 words.
    let first = UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt32.self))
    let second = UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 4, as: UInt32.self))
    let word = first ^ register
    func remainder(_ byte: UInt32, behind: Int) -> UInt32 {
      table[unchecked: behind &<< 8 &+ Int(byte & 0xFF)]
    }
    register =
      remainder(word, behind: 7) ^ remainder(word &>> 8, behind: 6)
      ^ remainder(word &>> 16, behind: 5) ^ remainder(word &>> 24, behind: 4)
      ^ remainder(second, behind: 3) ^ remainder(second &>> 8, behind: 2)
      ^ remainder(second &>> 16, behind: 1) ^ remainder(second &>> 24, behind: 0)
  }

  /// The checksum of `bytes`, without a table.
  @inlinable
  public static func of(_ bytes: Span<UInt8>) -> UInt32 {
    var crc = CRC32()
    for i in 0..<bytes.count { crc.add(bytes[i]) }
    return crc.value
  }

  /// The checksum of `bytes`, with 16 words on the stack.
  public static func byHalfBytes(_ bytes: Span<UInt8>) -> UInt32 {
    typealias Row = (UInt32, UInt32, UInt32, UInt32)
    var words: (Row, Row, Row, Row) = ((0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
    return withUnsafeMutableBytes(of: &words) { memory -> UInt32 in
      // Bounds: the memory is that of 16 words.
      let table = memory.bindMemory(to: UInt32.self)
      fill(table, polynomial: polynomial)
      var crc = CRC32()
      crc.add(bytes, by: UnsafeBufferPointer(table).span)
      return crc.value
    }
  }

  /// The checksum of `bytes`, with 2,048 words that stay in memory.
  public static func byEightBytes(_ bytes: Span<UInt8>) -> UInt32 {
    var crc = CRC32()
    crc.add(bytes, by: remainders.span)
    return crc.value
  }

  private static let remainders = eightByteTable(polynomial: polynomial)

  /// The polynomial, its highest power in the lowest bit.
  @inlinable
  public static var polynomial: UInt32 { 0xEDB8_8320 }

  /// Remainders of the 256 bytes, of this polynomial or another, then of each with one to seven bytes of 0
  /// behind it.
  public static func eightByteTable(polynomial: UInt32) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: 2048) { table, count in
      fill(UnsafeMutableBufferPointer(rebasing: table[..<256]), polynomial: polynomial)
      for i in 256..<2048 {
        let before = table[i - 256]
        table[i] = before &>> 8 ^ table[Int(before & 0xFF)]
      }
      count = 2048
    }
  }

  /// Makes a table of 16 or 256 words.
  private static func fill(_ table: UnsafeMutableBufferPointer<UInt32>, polynomial: UInt32) {
    let bits = table.count.trailingZeroBitCount
    for i in 0..<table.count {
      table[i] = divide(UInt32(truncatingIfNeeded: i), bits: bits, by: polynomial)
    }
  }

  /// What is left after so many bits are divided away.
  @inlinable @inline(__always)
  static func divide(_ value: UInt32, bits: Int, by polynomial: UInt32) -> UInt32 {
    var rest = value
    for _ in 0..<bits { rest = (rest &>> 1) ^ (polynomial & (0 &- (rest & 1))) }
    return rest
  }
}
