import Core

/// Takes the bytes of a line; a serial port, a buffer, a file.
public protocol ByteSink {
  /// Takes one byte.
  mutating func put(_ byte: UInt8)
}

/// Writes lines of the log without allocating: bytes go to the sink as they come, the checksum is
/// computed on the way.
public struct LineEncoder<Sink: ByteSink> {
  /// Where the bytes go.
  public var sink: Sink
  /// Number of the next line, and so how many were written.
  public private(set) var sequence: UInt32
  private var crc = CRC32()

  /// An encoder whose first line gets the number `sequence`.
  public init(sink: Sink, sequence: UInt32 = 0) {
    self.sink = sink
    self.sequence = sequence
  }

  /// Starts a line.
  public mutating func begin(_ record: Record) {
    crc = CRC32()
    word("pb")
    decimal(Schema.version)
    put(UInt8(ascii: " "))
    decimal(sequence)
    put(UInt8(ascii: " "))
    word(record.word)
  }

  /// Adds `key=value`.
  public mutating func field(_ key: StaticString, _ value: UInt64) {
    start(key)
    decimal(value)
  }

  /// Adds `key=value` of a shorter number, so that callers need not widen theirs.
  public mutating func field<Number: FixedWidthInteger & UnsignedInteger>(
    _ key: StaticString, _ value: Number
  ) {
    field(key, UInt64(truncatingIfNeeded: value))
  }

  /// Adds `key=` and eight hexadecimal digits.
  public mutating func field(_ key: StaticString, hex value: UInt32) {
    start(key)
    hexadecimal(value)
  }

  /// Adds `key=` and two hexadecimal digits for each byte. A line has room for 400 of them.
  public mutating func field(_ key: StaticString, hexBytes bytes: Span<UInt8>) {
    start(key)
    if bytes.count == 0 { word("\"\"") }
    for i in 0..<bytes.count {
      put(Self.digit(bytes[i] >> 4))
      put(Self.digit(bytes[i] & 15))
    }
  }

  /// Adds `key=text` of a C string, quoted where it must be; 256 bytes of it at most.
  ///
  /// - Parameter text: bytes that can be read up to the first zero, or 256 of them.
  public mutating func field(_ key: StaticString, cString text: UnsafePointer<CChar>) {
    var count = 0
    // Bounds: no byte behind the first zero is read, and none from the 257th on.
    while count < 256, text[count] != 0 { count += 1 }
    text.withMemoryRebound(to: UInt8.self, capacity: count) {
      field(key, text: UnsafeBufferPointer(start: $0, count: count).span)
    }
  }

  /// Adds `key=text`, quoted where it must be.
  public mutating func field(_ key: StaticString, text: StaticString) {
    text.withUTF8Buffer { field(key, text: $0.span) }
  }

  /// Adds `key=text`, quoted where it must be. Bytes that are no printable ASCII are escaped.
  public mutating func field(_ key: StaticString, text: Span<UInt8>) {
    start(key)
    if Self.isToken(text) {
      for i in 0..<text.count { put(text[i]) }
      return
    }
    put(UInt8(ascii: "\""))
    for i in 0..<text.count {
      let b = text[i]
      switch b {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        put(UInt8(ascii: "\\"))
        put(b)
      case 0x20..<0x7F:
        put(b)
      default:
        put(UInt8(ascii: "\\"))
        put(UInt8(ascii: "x"))
        put(Self.digit(b >> 4))
        put(Self.digit(b & 15))
      }
    }
    put(UInt8(ascii: "\""))
  }

  /// Ends the line with its checksum and CRLF, which any terminal shows well.
  public mutating func end() {
    let sum = crc.value
    sink.put(UInt8(ascii: " "))
    sink.put(UInt8(ascii: "~"))
    hexadecimal(sum)
    sink.put(UInt8(ascii: "\r"))
    sink.put(UInt8(ascii: "\n"))
    sequence &+= 1
  }

  /// True for text that needs no quotes.
  static func isToken(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0 else { return false }
    for i in 0..<text.count where !Lexis.isTokenByte(text[i]) { return false }
    return true
  }

  private mutating func start(_ key: StaticString) {
    put(UInt8(ascii: " "))
    word(key)
    put(UInt8(ascii: "="))
  }

  private mutating func put(_ byte: UInt8) {
    crc.add(byte)
    sink.put(byte)
  }

  private mutating func word(_ text: StaticString) {
    text.withUTF8Buffer { for b in $0 { put(b) } }
  }

  /// A Cortex-M divides 32 bits in hardware and 64 in a loop: at most two such divisions.
  private mutating func decimal(_ value: UInt64) {
    if let short = UInt32(exactly: value) { return decimal(short) }
    let (high, low) = value.quotientAndRemainder(dividingBy: 1_000_000_000)
    if let short = UInt32(exactly: high) {
      decimal(short)
    } else {
      let (top, middle) = high.quotientAndRemainder(dividingBy: 1_000_000_000)
      decimal(UInt32(truncatingIfNeeded: top))
      digits(UInt32(truncatingIfNeeded: middle), from: 100_000_000)
    }
    digits(UInt32(truncatingIfNeeded: low), from: 100_000_000)
  }

  private mutating func decimal(_ value: UInt32) {
    var divisor: UInt32 = 1
    while value / divisor >= 10 { divisor &*= 10 }
    digits(value, from: divisor)
  }

  /// The digits of `value` from that of the power of ten `divisor` down.
  private mutating func digits(_ value: UInt32, from divisor: UInt32) {
    var rest = value
    var divisor = divisor
    while divisor > 0 {
      let digit = rest / divisor
      put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit))
      rest &-= digit &* divisor
      divisor /= 10
    }
  }

  private mutating func hexadecimal(_ value: UInt32) {
    var shift: UInt32 = 28
    while true {
      put(Self.digit(UInt8(truncatingIfNeeded: value >> shift) & 15))
      if shift == 0 { return }
      shift -= 4
    }
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
