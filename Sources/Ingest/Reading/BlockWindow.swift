import Dispatch
import Support
import Synchronization

/// Blocks of a log that come next, each read and surveyed on a core of its own.
struct BlockWindow: ~Copyable {
  private let storage: Storage

  /// What came into the window.
  struct Filling {
    /// Bytes, from its start; 0 at the end of the log.
    var count = 0
    /// What was found in them.
    var surveyed = Surveyed()
    /// Why there are no more.
    var failure: Diagnostic?
  }

  /// What a reader finds out of a block.
  typealias Survey = @Sendable (Span<UInt8>) -> [Surveyed.Part]

  /// A window of `count` blocks, of which a small log needs fewer, and of at least so many bytes.
  init(_ count: Int, of blockSize: Int, atLeast least: Int, for size: Int?) {
    let needed = size.map { max(min($0 / blockSize + 1, count), 1) } ?? count
    storage = Storage(
      bytes: .allocate(byteCount: max(needed * blockSize, least), alignment: 64),
      blockSize: blockSize)
  }

  deinit { storage.bytes.deallocate() }

  /// Calls `body` with the first `count` bytes, which must have come.
  func withBytes<Result>(_ count: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    storage.withSpan(0..<count, body)
  }

  /// The first bytes of a log, or the next: at least `least`, though a slow stream gives a few at a time, and
  /// at most `most`; nothing is surveyed.
  func fill(from source: some ReadableBytes, at offset: Int, least: Int, most: Int) -> Filling {
    var filling = Filling()
    do throws(Diagnostic) {
      repeat {
        let room = storage[filling.count..<min(most, storage.bytes.count)]
        let count = try source.read(into: room, at: offset + filling.count)
        filling.count += count
        if count == 0 { break }
      } while filling.count < least
    } catch {
      filling.failure = error
    }
    return filling
  }

  /// As many bytes as there is room for, or as a stream gives, and what is found in them.
  func fill(from source: some ReadableBytes, at offset: Int, survey: Survey) -> Filling {
    let storage = storage
    let blockSize = storage.blockSize
    guard let size = source.size else {
      let filling = fill(from: source, at: offset, least: 1, most: storage.bytes.count)
      var surveyed = inBlocks((filling.count + blockSize - 1) / blockSize, survey) { index in
        min(filling.count - index * blockSize, blockSize)
      }
      surveyed.failure = filling.failure
      return surveyed
    }
    // One more than is known of finds the end.
    let blocks = min(max(size - offset, 0) / blockSize + 1, storage.bytes.count / blockSize)
    return inBlocks(blocks, survey) { index throws(Diagnostic) in
      let start = index * blockSize
      return try source.read(into: storage[start..<start + blockSize], at: offset + start)
    }
  }

  /// Surveys blocks into which `read` says that so many bytes came, each on a core of its own.
  private func inBlocks(
    _ count: Int, _ survey: Survey, _ read: @Sendable (Int) throws(Diagnostic) -> Int
  ) -> Filling {
    typealias Block = Result<(count: Int, parts: [Surveyed.Part]), Diagnostic>
    let storage = storage
    let blocks = Mutex<[Block?]>([Block?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      var block: Block
      do throws(Diagnostic) {
        let count = try read(index)
        let start = index * storage.blockSize
        block = .success((count, storage.withSpan(start..<start + count, survey)))
      } catch {
        block = .failure(error)
      }
      blocks.withLock { $0[index] = block }
    }
    var filling = Filling()
    for case let block? in blocks.withLock({ $0 }) {
      switch block {
      case .failure(let failure):
        filling.failure = failure
        return filling
      case .success(let (count, parts)):
        filling.surveyed.append(parts, ofBlockAt: filling.count)
        filling.count += count
        // What stands behind a block that is not full was written while it was read, and comes next.
        if count < storage.blockSize { return filling }
      }
    }
    return filling
  }

  /// `@unchecked`: no two threads use the same block at a time.
  private struct Storage: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    let blockSize: Int

    subscript(range: Range<Int>) -> UnsafeMutableRawBufferPointer {
      UnsafeMutableRawBufferPointer(rebasing: bytes[range])
    }

    /// Calls `body` with bytes that must have been written.
    func withSpan<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
      // Bounds: the slice checks them.
      body(UnsafeBufferPointer(self[range].bindMemory(to: UInt8.self)).span)
    }
  }
}
