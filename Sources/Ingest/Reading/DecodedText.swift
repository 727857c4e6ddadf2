import Support

/// The UTF-8 of a text in another encoding. What is no character becomes U+FFFD.
final class DecodedText: ReadableBytes, @unchecked Sendable {
  // `@unchecked`: a stream is read by one thread at a time.
  private static let step = 1 << 14

  private let source: any ReadableBytes
  private let encoding: TextEncoding
  private var position = 0
  /// Bytes at the start that are no text.
  private var mark: Int
  private var input = [UInt8](repeating: 0, count: step)
  /// Bytes of a code unit whose rest comes next.
  private var pending: [UInt8] = []
  /// The first half of a surrogate pair whose second comes next.
  private var high: UInt32?
  /// What was decoded and not yet handed over.
  private var output: [UInt8] = []
  private var handedOver = 0
  private var failure: Diagnostic?
  private var isAtEnd = false

  var size: Int? { nil }

  init(_ source: any ReadableBytes, in encoding: TextEncoding, behind mark: Int) {
    (self.source, self.encoding, self.mark) = (source, encoding, mark)
  }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(Diagnostic) -> Int {
    while handedOver == output.count, !isAtEnd, failure == nil { decodeNext() }
    let part = output[handedOver...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    handedOver += part.count
    if part.isEmpty, let failure { throw failure }
    return part.count
  }

  private func decodeNext() {
    output.removeAll(keepingCapacity: true)
    handedOver = 0
    var count = 0
    do throws(Diagnostic) {
      count = try source.read(into: &input, at: position)
    } catch {
      failure = error
    }
    position += count
    for byte in input.prefix(count) {
      guard mark == 0 else {
        mark -= 1
        continue
      }
      pending.append(byte)
      guard pending.count == encoding.width else { continue }
      let bytes = encoding.isLittleEndian ? pending.reversed() : pending
      take(bytes.reduce(0) { $0 << 8 | UInt32($1) })
      pending.removeAll(keepingCapacity: true)
    }
    if count == 0 { finish() }
  }

  private func take(_ unit: UInt32) {
    if let high {
      self.high = nil
      if unit >> 10 == 0x37 {
        append(0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF)
        return
      }
      append(high)
    }
    if encoding.width == 2, unit >> 10 == 0x36 { high = unit } else { append(unit) }
  }

  private func append(_ value: UInt32) {
    if value < 0x80 {
      output.append(UInt8(truncatingIfNeeded: value))
    } else {
      output += UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
    }
  }

  private func finish() {
    isAtEnd = true
    if let high { append(high) }
    high = nil
    guard !pending.isEmpty, failure == nil else { return }
    pending = []
    output += UTF8.encodedReplacementCharacter
    failure = Diagnostic(
      "read-failure", "the \(encoding.rawValue) text ends within a character",
      remedy: "Copy the file again if its end is missing.", severity: .warning)
  }
}
