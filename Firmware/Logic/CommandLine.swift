/// Gathers bytes from the host until they make a line, in memory that it is given.
public struct CommandLine {
  /// What a byte came to.
  public enum Event: Sendable {
    /// More has to come.
    case none
    /// `bytes` are a line.
    case line
    /// A line ended that was longer than the memory; it is gone.
    case tooLong
    /// A line ended that had bytes which are no printable ASCII; it is gone.
    case unprintable
  }

  /// The longest line.
  public static let limit = 96

  private let memory: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  private var ended = false
  private var isTooLong = false
  private var isUnprintable = false

  /// Nothing yet, in `memory`.
  init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

  /// The line, until the next byte comes.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory)[..<count])
  }

  /// Takes a byte. Lines end with LF, CR or both; empty ones say nothing.
  mutating func take(_ byte: UInt8) -> Event {
    if ended {
      count = 0
      (ended, isTooLong, isUnprintable) = (false, false, false)
    }
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      ended = true
      if isUnprintable { return .unprintable }
      if isTooLong { return .tooLong }
      for byte in bytes where byte != UInt8(ascii: " ") { return .line }
    case 0x08, 0x7F:  // Somebody types.
      if count > 0 { count -= 1 }
    case 0x20..<0x7F, UInt8(ascii: "\t"):
      guard count < memory.count else {
        isTooLong = true
        return .none
      }
      memory[count] = byte == UInt8(ascii: "\t") ? UInt8(ascii: " ") : byte  // Bounds: above.
      count += 1
    default:
      isUnprintable = true
    }
    return .none
  }
}
