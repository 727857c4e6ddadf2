import BenchLog

/// Words that stay in memory as long as the program runs: string literals, C strings and names in
/// the linked models.
public struct Text: @unchecked Sendable {
  /// Nobody writes to them, so they may be read from anywhere.
  public let bytes: UnsafeBufferPointer<UInt8>

  /// The words of a literal.
  public init(_ literal: StaticString) {
    bytes = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// Words that were linked in.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// True when there are none.
  public var isEmpty: Bool { bytes.count == 0 }

  /// True when `other` has the same bytes.
  public func equals(_ other: Span<UInt8>) -> Bool {
    guard bytes.count == other.count else { return false }
    for i in 0..<other.count where bytes[i] != other[i] { return false }
    return true
  }
}

/// Composes text in memory that it is given; what does not fit is cut off.
public struct TextBuffer: ByteSink {
  private let memory: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// An empty text in `memory`.
  public init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

  /// What was composed; valid until the buffer takes more or is left.
  public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory)[..<count])
  }

  /// Takes one byte.
  public mutating func put(_ byte: UInt8) {
    guard count < memory.count else { return }
    memory[count] = byte  // Bounds: checked above.
    count += 1
  }
}

extension ByteSink {
  /// Takes words.
  public mutating func write(_ text: StaticString) { write(Text(text)) }

  /// Takes words.
  public mutating func write(_ text: Text) {
    for byte in text.bytes { put(byte) }
  }

  /// Takes a number in decimal digits.
  public mutating func write(_ number: UInt64) {
    var divisor: UInt64 = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }
}
