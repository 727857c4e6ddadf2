/// A closed list of words, as logs, tables and options have them.
public protocol Word: RawRepresentable<UInt8>, CaseIterable, Sendable {
  /// The word.
  var word: StaticString { get }
}

extension Word {
  /// The case whose word has these bytes; nil for any other.
  @inlinable
  public init?(_ bytes: Span<UInt8>) {
    var raw: UInt8 = 0
    while let candidate = Self(rawValue: raw) {
      if candidate.word.isEqual(to: bytes) {
        self = candidate
        return
      }
      raw &+= 1
    }
    return nil
  }
}

extension StaticString {
  @usableFromInline
  func isEqual(to bytes: Span<UInt8>) -> Bool {
    guard utf8CodeUnitCount == bytes.count else { return false }
    return withUTF8Buffer { word in
      // Bounds: both have `bytes.count` bytes.
      for i in 0..<bytes.count where word[i] != bytes[i] { return false }
      return true
    }
  }
}
