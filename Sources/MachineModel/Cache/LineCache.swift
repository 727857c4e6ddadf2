/// A cache that is asked for one line after the other.
public protocol LineCache: ~Copyable {
  /// Reads a line and answers how likely it had to be fetched: 0 or 1 where that is certain.
  mutating func read(line: Int) -> Double

  /// Number of sets, 1 for none: lines whose numbers leave the same rest share one.
  var sets: Int { get }

  /// Whether it draws lots, so that equal reads need not fetch the same.
  var drawsLots: Bool { get }

  /// At the end of the first sequence of reads: if it were read again, at most so many of these lines
  /// would be found by the first reads of each.
  func linesKeptAtMost(_ lines: Range<Int>) -> Double
}

/// No cache: every line is fetched anew, unless it is the very one that was read before.
public struct NoCache: LineCache, Sendable {
  private var first = -1
  private var last = -1

  /// Nothing is held.
  public init() {}

  /// 1 for every line that is not the one before.
  public mutating func read(line: Int) -> Double {
    defer { last = line }
    if first < 0 { first = line }
    return line == last ? 0 : 1
  }

  /// Whatever is read is in the way of everything else.
  public var sets: Int { 1 }
  /// Nothing is drawn.
  public var drawsLots: Bool { false }
  /// None but the line that was read last, should it come first.
  public func linesKeptAtMost(_ lines: Range<Int>) -> Double {
    first == last && lines.contains(first) ? 1 : 0
  }
}
