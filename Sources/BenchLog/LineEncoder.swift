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
    decimal(UInt64(Schema.version))
    put(UInt8(ascii: " "))
    decimal(UInt64(sequence))
    put(UInt8(ascii: " "))
    word(record.word)
  }

  /// Adds `key=value`.
  public mutating func field(_ key: StaticString, _ value: UInt64) {
    start(key)
    decimal(value)
  }

  /// Adds `key=` and eight hexadecimal digits.
  public mutating func field(_ key: StaticString, hex value: UInt32) {
    start(key)
    hexadecimal(value)
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

  private mutating func decimal(_ value: UInt64) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
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
