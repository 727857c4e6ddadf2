import Core

/// A cache of any number of ways, simulated read by read; random replacement draws from a seed.
public struct SeededCache: LineCache, Sendable {
  private let geometry: CacheGeometry
  private let mask: Int
  /// Lines by set and way; -1 for an empty way. With LRU the most recent comes first.
  private var lines: [Int]
  private var random: SplitMix64

  /// An empty cache.
  public init(_ geometry: CacheGeometry, seed: UInt64) {
    self.geometry = geometry
    mask = geometry.sets - 1
    lines = Array(repeating: -1, count: geometry.sets * geometry.ways)
    random = SplitMix64(seed: seed)
  }

  /// Number of sets.
  public var sets: Int { geometry.sets }
  /// Only where there is a choice of ways.
  public var drawsLots: Bool { geometry.replacement == .random && geometry.ways > 1 }
  /// As many as fit; all of them may be kept.
  public func linesKeptAtMost(_ lines: Range<Int>) -> Double {
    Double(min(lines.count, self.lines.count))
  }

  /// 0 for a hit, 1 for a miss.
  public mutating func read(line: Int) -> Double {
    let first = (line & mask) * geometry.ways
    let range = first..<first + geometry.ways
    let found = lines[range].firstIndex(of: line)
    switch geometry.replacement {
    case .random:
      if found != nil { return 0 }
      // An empty way is filled before anything is evicted.
      let way =
        lines[range].firstIndex(of: -1) ?? first + Int(random.next() % UInt64(geometry.ways))
      lines[way] = line
      return 1
    case .leastRecentlyUsed:
      let from = found ?? range.upperBound - 1
      var way = from
      while way > first {
        lines[way] = lines[way - 1]
        way -= 1
      }
      lines[first] = line
      return found == nil ? 1 : 0
    }
  }
}
