/// What was found in bytes that lie ahead, by place: each part is a stretch of lines of which all was read
/// that does not depend on what stands before them.
public struct Surveyed: Sendable {
  /// Lines that begin at `start`.
  public struct Part: Sendable {
    var start: Int
    /// What their reader made of them.
    var content: any Sendable
  }

  /// In their order.
  private var parts: [Part] = []

  /// Nothing yet.
  init() {}

  /// Adds what was found in the block that begins at `offset`, behind all others.
  mutating func append(_ next: [Part], ofBlockAt offset: Int) {
    parts += next.map { Part(start: offset + $0.start, content: $0.content) }
  }

  /// What was found from `start` on; nil where no part begins there.
  func content(at start: Int) -> (any Sendable)? {
    let index = index(atOrAfter: start)
    return index < parts.count && parts[index].start == start ? parts[index].content : nil
  }

  /// Where the first part behind `start` begins.
  func start(after start: Int) -> Int? {
    let index = index(atOrAfter: start + 1)
    return index < parts.count ? parts[index].start : nil
  }

  private func index(atOrAfter start: Int) -> Int {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
