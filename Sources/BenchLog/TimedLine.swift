import Core

/// What one `inf` or `opt` line measured.
public struct MeasuredTime: Sendable, Equatable {
  /// The run it belongs to.
  public var run: UInt64
  /// Number of the inference.
  public var inference: UInt64
  /// Index of the operator; nil for the inference as a whole.
  public var op: UInt64?
  /// The time, in the unit of the run.
  public var time: UInt64
  /// Accesses to the XIP cache.
  public var accesses: UInt64?
  /// Those that missed it.
  public var misses: UInt64?

  /// A time, and perhaps counters.
  public init(
    run: UInt64, inference: UInt64, op: UInt64?, time: UInt64, accesses: UInt64? = nil,
    misses: UInt64? = nil
  ) {
    self.run = run
    self.inference = inference
    self.op = op
    self.time = time
    self.accesses = accesses
    self.misses = misses
  }
}

/// An `inf` or `opt` line just as the encoder writes it: of this version, its keys in the order of the
/// schema, whole from `pb` to the line feed.
///
/// Nearly all lines of a long log are such, and are read so in a small part of the time that `LineDecoder`
/// takes. It finds the same in them, and alone says what is wrong with any other.
public struct TimedLine: Sendable, Equatable {
  /// Number of the line within its boot.
  public let sequence: UInt32
  /// The line's checksum, which fits.
  public let checksum: UInt32
  /// What was measured.
  public let measured: MeasuredTime
  /// Bytes with the line feed.
  public let length: Int

  /// The line that begins at `start`; nil where none such does.
  public init?(_ bytes: Span<UInt8>, at start: Int) {
    let text = bytes.bytes
    var i = start
    guard Self.passes("pb2 ", text, &i), let number = Self.whole(text, &i),
      number <= UInt64(UInt32.max), Self.passes(" ", text, &i)
    else { return nil }
    let isOperator = Self.passes("opt run=", text, &i)
    guard isOperator || Self.passes("inf run=", text, &i), let run = Self.whole(text, &i),
      Self.passes(" i=", text, &i), let inference = Self.whole(text, &i)
    else { return nil }
    var op: UInt64?
    if isOperator {
      guard Self.passes(" op=", text, &i), let index = Self.whole(text, &i) else { return nil }
      op = index
    }
    guard Self.passes(" time=", text, &i), let time = Self.whole(text, &i) else { return nil }
    var accesses: UInt64?
    if isOperator, Self.passes(" access=", text, &i) {
      guard let count = Self.whole(text, &i) else { return nil }
      accesses = count
    }
    var misses: UInt64?
    if isOperator, Self.passes(" miss=", text, &i) {
      guard let count = Self.whole(text, &i) else { return nil }
      misses = count
    }
    let sealed = i
    guard Self.passes(" ~", text, &i), i < text.byteCount &- 8 else { return nil }
    let checksum = CRC32.byEightBytes(bytes.extracting(start..<sealed))
    guard Self.eight(text, i) == Self.hexadecimal(checksum) else { return nil }
    i &+= 8
    // Bounds: eight digits and one byte more are there; for a second it is asked.
    if bytes[i] == UInt8(ascii: "\r") { i &+= 1 }
    guard i < text.byteCount, bytes[i] == UInt8(ascii: "\n") else { return nil }
    sequence = UInt32(truncatingIfNeeded: number)
    self.checksum = checksum
    measured = MeasuredTime(
      run: run, inference: inference, op: op, time: time, accesses: accesses, misses: misses)
    length = i &+ 1 &- start
  }

  /// Eight bytes, the first of them in the lowest bits. The caller knows that they are there.
  @inline(__always)
  private static func eight(_ text: RawSpan, _ i: Int) -> UInt64 {
    UInt64(littleEndian: text.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
  }

  /// Moves over `word`, of up to eight bytes, where it stands at `i`. Behind each word of a whole line there
  /// are as many more.
  @inline(__always)
  private static func passes(_ word: StaticString, _ text: RawSpan, _ i: inout Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard i &+ 8 <= text.byteCount else { return false }
    var same: UInt64 = 0
    word.withUTF8Buffer { for k in 0..<length { same |= UInt64($0[k]) &<< UInt64(8 &* k) } }
    guard (Self.eight(text, i) ^ same) &<< UInt64(64 &- 8 &* length) == 0 else { return false }
    i &+= length
    return true
  }

  /// Reads a whole number of up to 19 digits, so that 64 bits hold it.
  @inline(__always)
  private static func whole(_ text: RawSpan, _ i: inout Int) -> UInt64? {
    guard i &+ 8 <= text.byteCount else { return nil }
    let digits = LeadingDigits(eight(text, i))
    guard digits.count > 0 else { return nil }
    var value = digits.value
    let start = i
    i &+= digits.count
    guard digits.count == 8 else { return value }
    while i < text.byteCount {
      // Bounds: those of the loop.
      let digit =
        text.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self) &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      guard i &- start < 19 else { return nil }
      value = value &* 10 &+ UInt64(digit)
      i &+= 1
    }
    return value
  }

  /// Eight small hexadecimal digits, the first of them in the lowest bits.
  @inline(__always)
  private static func hexadecimal(_ value: UInt32) -> UInt64 {
    var digits = UInt64(value.byteSwapped)
    digits = (digits | digits &<< 16) & 0x0000_FFFF_0000_FFFF
    digits = (digits | digits &<< 8) & 0x00FF_00FF_00FF_00FF
    // The higher half of a byte comes first.
    digits = digits &>> 4 & 0x000F_000F_000F_000F | (digits & 0x000F_000F_000F_000F) &<< 8
    let letters = (digits &+ 0x0606_0606_0606_0606) &>> 4 & 0x0101_0101_0101_0101
    return digits &+ 0x3030_3030_3030_3030 &+ letters &* 39
  }
}
