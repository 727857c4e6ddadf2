import Support
import TestSupport
import Testing

@testable import Ingest

/// Expects that taking in lines at once, and blocks on several cores, gives what reading line by line gives, to
/// the last diagnostic.
func expectSameAhead(_ bytes: [UInt8], seed: UInt64, _ comment: String) {
  for most in [1 << 20, 3000, 100] {
    // Chunks of random sizes.
    let stream = StreamOfBytes(bytes: bytes) { offset in
      var random = SplitMix(seed &+ UInt64(offset))
      return 1 + random.below(most)
    }
    expectSameAhead(LogRead(path: "x.txt"), stream, "\(comment), seed \(seed), \(most)")
  }
  let read = LogRead.inSmallBlocks(seed: seed)
  expectSameAhead(
    read, BytesInMemory(bytes), "\(comment), seed \(seed), blocks of \(read.blockSize)")
}

extension LogRead {
  /// One that needs several blocks for a log of a few kilobytes.
  static func inSmallBlocks(seed: UInt64) -> LogRead {
    var random = SplitMix(seed &* 13 &+ 1)
    var read = LogRead(path: "x.txt")
    (read.chunk, read.blocks) = (4096 + random.below(8192), 2 + random.below(5))
    read.blockSize = [3000, 10_000, 40_000][random.below(3)] + random.below(3000)
    return read
  }
}

/// The same of one way to read.
func expectSameAhead(_ read: LogRead, _ source: some ReadableBytes, _ comment: String) {
  let ahead = read.read(source)
  var read = read
  read.readsAhead = false
  let alone = read.read(source)
  #expect(ahead.runs == alone.runs, "\(comment)")
  #expect(ahead.diagnostics == alone.diagnostics, "\(comment)")
  #expect(ahead.account == alone.account, "\(comment)")
  #expect(ahead.recognition == alone.recognition, "\(comment)")
  #expect(ahead.contentHash == alone.contentHash && ahead.bytes == alone.bytes, "\(comment)")
}
