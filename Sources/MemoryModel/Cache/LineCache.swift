/// A cache that is asked for one line after the other.
public protocol LineCache {
  /// Reads a line and answers how likely it had to be fetched: 0 or 1 where that is certain.
  mutating func read(line: Int) -> Double
}

/// No cache: every line is fetched anew, unless it is the very one that was read before.
public struct NoCache: LineCache, Sendable {
  private var last = -1

  /// Nothing is held.
  public init() {}

  /// 1 for every line that is not the one before.
  public mutating func read(line: Int) -> Double {
    defer { last = line }
    return line == last ? 0 : 1
  }
}
