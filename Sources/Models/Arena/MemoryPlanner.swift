import Support

/// Places buffers that live at different times in one piece of memory.
///
/// Greedy by size (Pisarchyk, Lee 2020, "Efficient memory management for deep neural net
/// inference"): the largest buffer first, each at the lowest gap among those placed that live at the
/// same time. Of equal sizes the later buffer is placed first, as TFLM's planner does, so that the
/// offsets are TFLM's.
public enum MemoryPlanner {
  /// More buffers are refused: placing takes time with the square of their number.
  public static let mostBuffers = 4096
  /// Larger buffers are refused: 1 TiB, so that sums of offsets cannot overflow.
  public static let mostBytes = 1 << 40

  /// What is to be placed.
  public struct Buffer: Sendable, Equatable {
    /// Size, not yet rounded up.
    public var bytes: Int
    /// Step in which it is first written.
    public var first: Int
    /// Step in which it is last used; not before `first`.
    public var last: Int

    /// Names size and lifetime.
    public init(bytes: Int, first: Int, last: Int) {
      self.bytes = bytes
      self.first = first
      self.last = last
    }
  }

  /// Offsets of all buffers, each a multiple of `alignment` bytes, as are the sizes in use.
  ///
  /// Throws for more buffers or bytes than allowed, and for a buffer that ends before it begins.
  public static func plan(
    buffers: [Buffer], alignment: Int = 16
  ) throws(Diagnostic) -> MemoryPlan {
    try check(buffers, alignment: alignment)
    let sizes = buffers.map { alignUp($0.bytes, to: alignment) }
    let order = buffers.indices.sorted {
      sizes[$0] == sizes[$1] ? $0 > $1 : sizes[$0] > sizes[$1]
    }
    var offsets = Array(repeating: 0, count: buffers.count)
    var placed: [Placed] = []
    placed.reserveCapacity(buffers.count)
    for index in order {
      let (first, last) = (buffers[index].first, buffers[index].last)
      let offset = lowestGap(of: sizes[index], first: first, last: last, among: placed)
      offsets[index] = offset
      let entry = Placed(offset: offset, end: offset + sizes[index], first: first, last: last)
      placed.insert(entry, at: position(of: offset, in: placed))
    }
    return MemoryPlan(
      offsets: offsets, sizes: sizes, bytes: placed.reduce(0) { max($0, $1.end) },
      lowerBound: peak(buffers, sizes: sizes))
  }

  private struct Placed {
    let offset: Int
    let end: Int
    let first: Int
    let last: Int
  }

  private static func lowestGap(
    of size: Int, first: Int, last: Int, among placed: [Placed]
  ) -> Int {
    var candidate = 0
    for other in placed where other.first <= last && first <= other.last {
      if other.offset - candidate >= size { break }
      candidate = max(candidate, other.end)
    }
    return candidate
  }

  /// Behind all that stand at `offset` or before it.
  private static func position(of offset: Int, in placed: [Placed]) -> Int {
    var (low, high) = (0, placed.count)
    while low < high {
      let middle = (low + high) / 2
      if placed[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The most bytes that live in one step: no plan takes fewer.
  private static func peak(_ buffers: [Buffer], sizes: [Int]) -> Int {
    var changes = zip(buffers, sizes).map { (step: $0.first, isEnd: false, bytes: $1) }
    changes += zip(buffers, sizes).map { (step: $0.last, isEnd: true, bytes: $1) }
    // In one step, beginnings come before endings: the last step of a buffer is still its own.
    changes.sort { $0.step == $1.step ? !$0.isEnd && $1.isEnd : $0.step < $1.step }
    var (live, most) = (0, 0)
    for change in changes {
      live += change.isEnd ? -change.bytes : change.bytes
      most = max(most, live)
    }
    return most
  }

  private static func check(_ buffers: [Buffer], alignment: Int) throws(Diagnostic) {
    guard (1...4096).contains(alignment) else {
      throw Diagnostic(
        "memory-plan", "the alignment is \(alignment) bytes; 1 to 4096 are allowed",
        remedy: "Use 16.")
    }
    try checkCount(buffers.count)
    for (index, buffer) in buffers.enumerated() {
      guard buffer.bytes >= 0, buffer.bytes <= mostBytes else {
        throw Diagnostic(
          "memory-plan", "buffer \(index) has \(buffer.bytes) bytes; 0 to 2^40 are allowed",
          remedy: "Shapes this large are no model's: convert it again.")
      }
      guard buffer.first <= buffer.last else {
        throw Diagnostic(
          "memory-plan", "buffer \(index) lives from step \(buffer.first) to \(buffer.last)",
          remedy: "The last step must not be before the first.")
      }
    }
  }

  static func checkCount(_ count: Int) throws(Diagnostic) {
    guard count <= mostBuffers else {
      throw Diagnostic(
        "memory-plan", "there are \(count) buffers; \(mostBuffers) are allowed",
        remedy: "No model for a microcontroller is this large: fold constants, convert it again.")
    }
  }

  /// The next multiple; `bytes` is not negative.
  static func alignUp(_ bytes: Int, to alignment: Int) -> Int {
    (bytes + alignment - 1) / alignment * alignment
  }
}

/// Where buffers stand in one piece of memory.
public struct MemoryPlan: Sendable, Equatable {
  /// Bytes from the start, by buffer.
  public let offsets: [Int]
  /// Sizes as placed: rounded up to the alignment.
  public let sizes: [Int]
  /// Size of the memory.
  public let bytes: Int
  /// The most bytes that live in one step; no plan takes fewer.
  public let lowerBound: Int
}
