/// Recognises a terminal that shows every line twice.
///
/// Two operators may well print equal lines, so equal neighbours prove nothing by themselves: an
/// echo is believed only from a line that no program prints twice in a row (a header, a counter),
/// and only as long as every line has its twin.
struct TFLMEcho: Sendable {
  /// Longer lines are none of a benchmark's.
  private static let limit = 256

  private var previous = [UInt8](repeating: 0, count: limit)
  /// How many bytes of that are the line before; 0 where it was too long.
  private var length = 0
  private var echoing = false
  private var hasTwin = false

  /// True when `text` is the echo of the line before; `unique` says that the line cannot
  /// otherwise come twice.
  mutating func repeats(_ text: Span<UInt8>, unique: Bool) -> Bool {
    let same = !hasTwin && isPrevious(text)
    if same, echoing || unique {
      echoing = true
      hasTwin = true
      return true
    }
    if echoing, !hasTwin { echoing = false }
    hasTwin = false
    keep(text)
    return false
  }

  /// No line had a twin of late.
  var isSilent: Bool { !echoing && !hasTwin }

  /// Lines were read at once, none of them twice; `text` ends with the last of them and blank lines.
  mutating func passed(_ text: Span<UInt8>) {
    var end = text.count
    while end > 0, text[end - 1] == UInt8(ascii: "\n") || text[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    var start = end
    while start > 0, text[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    keep(text.extracting(start..<end))
  }

  private mutating func keep(_ text: Span<UInt8>) {
    length = text.count <= Self.limit ? text.count : 0
    text.extracting(0..<length).withUnsafeBytes { line in
      // Bounds: the line has as many bytes as the length, which is at most that of `previous`.
      previous.withUnsafeMutableBytes { $0.copyMemory(from: line) }
    }
  }

  private func isPrevious(_ text: Span<UInt8>) -> Bool {
    guard text.count == length, length > 0 else { return false }
    for i in 0..<text.count where text[i] != previous[i] { return false }
    return true
  }
}
