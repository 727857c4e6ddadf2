/// Bytes at a multiple of 16, with a guard on either side that nobody may write.
package final class GuardedBytes {
  private static let guardBytes = 64
  private static let pattern: UInt8 = 0xA5
  private let memory: UnsafeMutableRawBufferPointer
  package let base: UnsafeMutableRawPointer
  package let count: Int

  package init(count: Int, filledWith value: UInt8 = 0) {
    self.count = count
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: count + 2 * Self.guardBytes, alignment: 16)
    base = start + Self.guardBytes
    memory = UnsafeMutableRawBufferPointer(start: start, count: count + 2 * Self.guardBytes)
    memory.initializeMemory(as: UInt8.self, repeating: Self.pattern)
    UnsafeMutableRawBufferPointer(start: base, count: count)
      .initializeMemory(as: UInt8.self, repeating: value)
  }

  package convenience init(_ bytes: [UInt8]) {
    self.init(count: bytes.count)
    UnsafeMutableRawBufferPointer(start: base, count: count).copyBytes(from: bytes)
  }

  deinit { memory.deallocate() }

  package var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: count)) }

  package var isIntact: Bool {
    memory.prefix(Self.guardBytes).allSatisfy { $0 == Self.pattern }
      && memory.suffix(Self.guardBytes).allSatisfy { $0 == Self.pattern }
  }
}
