/// The arena while TFLM loads a model: persistent memory grows down from the end, everything else up
/// from the start (SingleArenaBufferAllocator).
///
/// The arena's size is not fixed: `minimumBytes` grows with what must fit. It starts and ends at
/// multiples of 16, so all offsets are the same from either end whatever the size.
struct Arena {
  /// What TFLM calls the largest alignment.
  static let alignment = 16

  /// End of the non-persistent memory, from the start.
  private(set) var head = 0
  /// End of temporary memory above it, from the start.
  private(set) var temporary = 0
  /// Persistent bytes, from the end.
  private(set) var tail = 0
  /// The smallest size so far.
  private(set) var minimumBytes = 0
  /// When it was last reached.
  private(set) var decisive = ArenaPhase.setup
  /// What `tail` is made of.
  private(set) var persistent: [ArenaPlan.PersistentItem] = []
  /// Where the loading is.
  var phase = ArenaPhase.setup

  /// Takes memory that stays. TFLM compares with `head` only; an arena in which it runs into
  /// temporary memory would fail in other ways, so that is kept free too.
  mutating func takePersistent(
    _ what: String, bytes: Int, alignment: Int, operatorIndex: Int? = nil
  ) {
    let end = MemoryPlanner.alignUp(tail + bytes, to: alignment)
    persistent.append(
      ArenaPlan.PersistentItem(what: what, operatorIndex: operatorIndex, bytes: end - tail))
    tail = end
    need(temporary + tail)
  }

  mutating func takePersistent(_ structure: TFLMStructure, count: Int = 1) {
    takePersistent(
      structure.name, bytes: count * structure.bytes, alignment: structure.alignment)
  }

  /// Takes memory until `freeTemporary`.
  mutating func takeTemporary(bytes: Int, alignment: Int) {
    temporary = MemoryPlanner.alignUp(temporary, to: alignment) + bytes
    need(temporary + tail)
  }

  mutating func freeTemporary() { temporary = head }

  /// Makes the non-persistent memory end there; no temporary memory is in use.
  mutating func setHead(_ bytes: Int) {
    head = bytes
    temporary = bytes
    need(head + tail)
  }

  /// Says that a free space of that size, aligned at both ends, is needed now.
  mutating func needFree(_ bytes: Int) {
    need(
      MemoryPlanner.alignUp(temporary, to: Self.alignment)
        + MemoryPlanner.alignUp(tail, to: Self.alignment) + bytes)
  }

  private mutating func need(_ bytes: Int) {
    let size = MemoryPlanner.alignUp(bytes, to: Self.alignment)
    guard size >= minimumBytes else { return }
    minimumBytes = size
    decisive = phase
  }
}
