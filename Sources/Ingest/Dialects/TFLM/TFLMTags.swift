/// Tags of one run, each kept once; lines are compared as bytes, so that a String is made only for
/// a tag that is new.
struct TFLMTags: Sendable {
  /// A log with more different tags is none.
  static let limit = 1024

  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  private(set) var names: [String] = []

  /// Number of the tag in `text`; `guess` is tried first.
  mutating func number(_ text: Span<UInt8>, _ range: Range<Int>, guess: Int?) -> Int? {
    if let guess, guess < names.count, matches(text, range, guess) { return guess }
    if let known = find(text, range) { return known }
    guard names.count < Self.limit else { return nil }
    for k in range { bytes.append(text[k]) }
    starts.append(bytes.count)
    names.append(Scan.string(text, range))
    return names.count - 1
  }

  /// Number of a tag that was seen before.
  func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    for tag in names.indices where matches(text, range, tag) { return tag }
    return nil
  }

  private func matches(_ text: Span<UInt8>, _ range: Range<Int>, _ tag: Int) -> Bool {
    let start = starts[tag]
    guard starts[tag + 1] - start == range.count else { return false }
    var k = start
    for i in range {
      if text[i] != bytes[k] { return false }
      k += 1
    }
    return true
  }
}
