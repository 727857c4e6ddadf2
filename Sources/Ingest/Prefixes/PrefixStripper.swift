/// Finds how much of each line of a log is prefix, also where a byte of the prefix is damaged.
struct PrefixStripper: Sendable {
  /// What is taken off.
  var prefix = LinePrefix.stamps { didSet { last = [] } }
  /// The whole prefix of a line before.
  private var last: [UInt8] = []

  /// Bytes in front of the line that are no part of it.
  mutating func length(of text: Span<UInt8>) -> Int {
    let (length, isWhole) = prefix.length(of: text)
    guard prefix.isFound else { return length }
    if isWhole {
      if length != last.count || !stands(text) {
        last.removeAll(keepingCapacity: true)
        for i in 0..<length { last.append(text[i]) }
      }
      return length
    }
    return damaged(text) ?? length
  }

  private func stands(_ text: Span<UInt8>) -> Bool {
    for i in last.indices where text[i] != last[i] { return false }
    return true
  }

  /// A shorter prefix is too little to tell it from a damaged one.
  private static let least = 6

  /// Length of a prefix that is like the last one but for a few bytes, or for one that is missing or too many.
  private func damaged(_ text: Span<UInt8>) -> Int? {
    guard last.count >= Self.least else { return nil }
    var differences = 0
    var first = last.count
    for i in 0..<min(last.count, text.count) where !isLike(text[i], i) {
      first = min(first, i)
      differences += 1
    }
    if text.count >= last.count, differences <= 1 + last.count / 16 { return last.count }
    if continues(text, at: first, from: first + 1) { return last.count - 1 }
    if continues(text, at: first + 1, from: first) { return last.count + 1 }
    return nil
  }

  /// Whether the bytes at `at` are those of the last prefix from `from` on.
  private func continues(_ text: Span<UInt8>, at: Int, from: Int) -> Bool {
    let rest = last.count - from
    guard rest >= 2, at + rest <= text.count else { return false }
    for k in 0..<rest where !isLike(text[at + k], from + k) { return false }
    return true
  }

  /// Numbers change, and are padded with blanks.
  private func isLike(_ byte: UInt8, _ i: Int) -> Bool {
    byte == last[i] || Self.isOfNumber(byte) && Self.isOfNumber(last[i])
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    Scan.isDigit(byte) || byte == UInt8(ascii: " ")
  }
}
