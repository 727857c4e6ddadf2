/// The memory of one case, cut into areas between red zones.
///
/// Unsafe on purpose, as kernels take pointers. Bounds: an area ends, with a zone behind it, before
/// the pool does, which is checked.
struct Memory {
  private static let zone = 64
  private static let guardByte: UInt8 = 0xA5
  private let pool: UnsafeMutableRawPointer
  private let size: Int
  private var used = 0
  /// Where zones begin and end, in turns.
  private var zones: [Int] = []

  /// Takes its memory once and for all.
  init(bytes: Int) {
    pool = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    size = bytes
    clear()
  }

  /// Gives up all areas.
  mutating func clear() {
    used = 0
    zones.removeAll(keepingCapacity: true)
    addZone(end: Self.zone)
  }

  /// Whether all that is outside the areas is as it was.
  var isSound: Bool {
    var place = 0
    while place < zones.count {
      for offset in zones[place]..<zones[place + 1] {
        if pool.load(fromByteOffset: offset, as: UInt8.self) != Self.guardByte { return false }
      }
      place += 2
    }
    return true
  }

  /// An area of elements that all have the byte 0x5A, `skew` bytes behind a multiple of 64.
  mutating func area<Element: BitwiseCopyable>(
    _ count: Int32, of type: Element.Type, skew: Int32 = 0
  ) -> UnsafeMutablePointer<Element> {
    let start = (used + 63) / 64 * 64 + Int(skew)
    addZone(end: start)
    let bytes = Int(count) * MemoryLayout<Element>.stride
    used = start + bytes
    addZone(end: used + Self.zone)
    let area = pool + start
    area.initializeMemory(as: UInt8.self, repeating: 0x5A, count: bytes)
    // Nothing reads the bytes by another type than this one from here on, but `isSound` outside.
    return area.bindMemory(to: Element.self, capacity: Int(count))
  }

  private mutating func addZone(end: Int) {
    precondition(end <= size, "the pool is too small for the case")
    (pool + used).initializeMemory(as: UInt8.self, repeating: Self.guardByte, count: end - used)
    zones.append(used)
    zones.append(end)
    used = end
  }
}
