import Core
import Support

extension TFLMShape {
  /// How the bytes go on.
  enum Match {
    /// As the shape says, up to there.
    case same(end: Int)
    case different
    /// As far as there are bytes they do.
    case unfinished
  }

  /// Numbers that there must be room for.
  var numberCount: Int { parts.count + head.count }

  /// Compares what stands at `start` with the shape and with its first line behind it, for whatever else
  /// stands there may still belong to it. Puts the numbers of its holes into `numbers`, in their order.
  ///
  /// Numbers are whole, below 2^31 and without leading zeros, as the readers of single lines take
  /// them; any other is a difference. Where fewer bytes are left than they may take it is unfinished.
  func match(_ source: Span<UInt8>, at start: Int, numbers: inout MutableSpan<UInt32>) -> Match {
    guard source.count - start >= mostLength else { return .unfinished }
    return source.withUnsafeBytes { raw in
      bytes.withUnsafeBytes { own in
        guard let base = raw.baseAddress, let own = own.baseAddress,
          let end = Self.match(parts, base + start, own, &numbers, from: 0),
          Self.match(head, end, own, &numbers, from: parts.count) != nil
        else { return .different }
        return .same(end: end - base)
      }
    }
  }

  /// Where the parts end that stand at `source`; nil where something else does.
  ///
  /// Bounds: all loads are of eight bytes or fewer. In a literal or a number they begin in it, so `source` is
  /// read up to eight bytes behind the literals and twelve bytes for each hole (see `mostLength`), and `own`,
  /// which begins with the shape's bytes, into its padding.
  private static func match(
    _ parts: [Part], _ source: UnsafeRawPointer, _ own: UnsafeRawPointer,
    _ numbers: inout MutableSpan<UInt32>, from first: Int
  ) -> UnsafeRawPointer? {
    var at = source
    var hole = first
    for part in parts {
      guard areEqual(at, own + part.literal.lowerBound, part.literal.count) else { return nil }
      at += part.literal.count
      guard let kind = part.hole else { continue }
      if kind == .counter, byte(at) == UInt8(ascii: "-") { at += 1 }
      let start = at
      let value = whole(&at)
      guard at > start, value <= UInt64(Int32.max),
        at - start == 1 || byte(start) != UInt8(ascii: "0")
      else { return nil }
      numbers[hole] = UInt32(truncatingIfNeeded: value)
      hole &+= 1
    }
    return at
  }

  @inline(__always)
  private static func byte(_ at: UnsafeRawPointer) -> UInt8 { at.load(as: UInt8.self) }

  @inline(__always)
  private static func word(_ at: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: at.loadUnaligned(as: UInt64.self))
  }

  /// The number whose digits begin at `at`, which moves behind them, or behind eleven of them.
  @inline(__always)
  private static func whole(_ at: inout UnsafeRawPointer) -> UInt64 {
    let digits = LeadingDigits(word(at))
    at += digits.count
    var value = digits.value
    guard digits.count == 8 else { return value }
    for _ in 8..<11 {
      let digit = byte(at) &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      at += 1
    }
    return value
  }

  /// Whether `length` bytes are the same.
  @inline(__always)
  private static func areEqual(
    _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ length: Int
  ) -> Bool {
    var (a, b, rest) = (a, b, length)
    while rest >= 8 {
      guard word(a) == word(b) else { return false }
      a += 8
      b += 8
      rest &-= 8
    }
    // Of the last word only the bytes in front count.
    return rest == 0
      || (word(a) ^ word(b)) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* rest) == 0
  }
}
