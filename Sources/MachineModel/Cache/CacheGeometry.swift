/// Which line of a full set makes room for a new one.
public enum Replacement: String, Sendable, Equatable {
  /// Every way of the set is as likely as any other.
  case random
  /// The way that was not used for the longest time.
  case leastRecentlyUsed = "least recently used"
}

/// Size and organisation of a cache.
public struct CacheGeometry: Sendable, Equatable {
  /// Capacity, bytes.
  public let bytes: Int
  /// Lines per set.
  public let ways: Int
  /// Length of a line, bytes.
  public let lineBytes: Int
  /// How a line to evict is chosen.
  public let replacement: Replacement

  /// Number of sets; a power of two.
  public var sets: Int { bytes / (ways * lineBytes) }

  /// Nil unless line length and number of sets are powers of two and the sizes fit each other.
  public init?(bytes: Int, ways: Int, lineBytes: Int, replacement: Replacement) {
    guard ways > 0, ways <= 64, lineBytes > 0, bytes > 0, bytes <= 1 << 24,
      lineBytes <= 4096, lineBytes & (lineBytes - 1) == 0, bytes % (ways * lineBytes) == 0
    else { return nil }
    let sets = bytes / (ways * lineBytes)
    guard sets & (sets - 1) == 0 else { return nil }
    self.bytes = bytes
    self.ways = ways
    self.lineBytes = lineBytes
    self.replacement = replacement
  }
}
