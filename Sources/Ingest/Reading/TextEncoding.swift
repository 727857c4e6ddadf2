/// An encoding of text that is turned into UTF-8 before lines are cut. Windows PowerShell's `>` writes the first.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf16LittleEndian = "UTF-16"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32"
  case utf32BigEndian = "UTF-32BE"

  /// Bytes of a code unit.
  var width: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 4 }

  var isLittleEndian: Bool { self == .utf16LittleEndian || self == .utf32LittleEndian }

  /// Bytes that stand in front of a text to say its encoding.
  private var mark: [UInt8] {
    switch self {
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .utf32LittleEndian: [0xFF, 0xFE, 0, 0]
    case .utf32BigEndian: [0, 0, 0xFE, 0xFF]
    }
  }

  /// The encoding of a text that begins so, and how many bytes say so; nil for any that is like ASCII.
  static func of(_ head: ArraySlice<UInt8>) -> (encoding: TextEncoding, mark: Int)? {
    // The mark of UTF-32 begins with that of UTF-16.
    let marked = allCases.filter { head.starts(with: $0.mark) }.max {
      $0.mark.count < $1.mark.count
    }
    if let marked { return (marked, marked.mark.count) }
    return unmarked(head).map { ($0, 0) }
  }

  /// UTF-16 without a mark: nearly all of a log is ASCII, of which every other byte is NUL then.
  private static func unmarked(_ head: ArraySlice<UInt8>) -> TextEncoding? {
    let pairs = head.count / 2
    guard pairs >= 4 else { return nil }
    var nulls = (first: 0, second: 0)
    for i in 0..<pairs {
      if head[head.startIndex + 2 * i] == 0 { nulls.first += 1 }
      if head[head.startIndex + 2 * i + 1] == 0 { nulls.second += 1 }
    }
    let (few, most) = (pairs / 16, pairs * 3 / 4)
    if nulls.second >= most, nulls.first <= few { return .utf16LittleEndian }
    if nulls.first >= most, nulls.second <= few { return .utf16BigEndian }
    return nil
  }
}
