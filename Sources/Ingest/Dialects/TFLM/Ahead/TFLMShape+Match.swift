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

  /// Compares what stands at `start` with the shape, and puts the numbers of its holes into `numbers`, in
  /// their order.
  ///
  /// Numbers are whole, below 2^31 and without leading zeros, as the readers of single lines take
  /// them; any other is a difference.
  func match(_ source: Span<UInt8>, at start: Int, numbers: inout [UInt32]) -> Match {
    match(parts, source, at: start, numbers: &numbers)
  }

  /// The same of its first line alone, which `numbers` has room for.
  func matchHead(_ source: Span<UInt8>, at start: Int, numbers: inout [UInt32]) -> Match {
    match(head, source, at: start, numbers: &numbers)
  }

  private func match(
    _ parts: [Part], _ source: Span<UInt8>, at start: Int, numbers: inout [UInt32]
  ) -> Match {
    source.withUnsafeBytes { raw in
      bytes.withUnsafeBytes { own in
        var i = start
        var hole = 0
        for part in parts {
          let length = part.literal.count
          guard i + length <= raw.count else { return .unfinished }
          // Bounds: i + length <= raw.count by the guard; the literal is a range of the shape's own bytes.
          guard Self.areEqual(raw, i, own, part.literal.lowerBound, length) else {
            return .different
          }
          i += length
          guard let kind = part.hole else { continue }
          if kind == .counter, i < raw.count, raw[i] == UInt8(ascii: "-") { i += 1 }
          let first = i
          var value: UInt64 = 0
          while i < raw.count {
            let digit = raw[i] &- UInt8(ascii: "0")
            guard digit < 10, i - first < 11 else { break }
            value = value * 10 + UInt64(digit)
            i += 1
          }
          guard i < raw.count else { return .unfinished }
          guard i > first, value <= UInt64(Int32.max),
            i - first == 1 || raw[first] != UInt8(ascii: "0")
          else { return .different }
          numbers[hole] = UInt32(truncatingIfNeeded: value)
          hole += 1
        }
        return .same(end: i)
      }
    }
  }

  /// Whether `length` bytes of `a` from `i` on and of `b` from `j` on are the same; both hold as many.
  @inline(__always)
  private static func areEqual(
    _ a: UnsafeRawBufferPointer, _ i: Int, _ b: UnsafeRawBufferPointer, _ j: Int, _ length: Int
  ) -> Bool {
    var k = 0
    // Bounds: k + 8 <= length, and i + length and j + length are within a and b.
    while k + 8 <= length {
      if a.loadUnaligned(fromByteOffset: i + k, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: j + k, as: UInt64.self)
      {
        return false
      }
      k += 8
    }
    while k < length {
      if a[i + k] != b[j + k] { return false }
      k += 1
    }
    return true
  }
}
