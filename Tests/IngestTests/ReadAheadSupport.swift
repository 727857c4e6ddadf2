import TestSupport
import Testing

@testable import Ingest

/// Reads `bytes` in chunks of random sizes up to `most`.
private func read(_ bytes: [UInt8], ahead: Bool, chunks seed: UInt64, most: Int) -> IngestedFile {
  var random = SplitMix(seed)
  var position = 0
  return Ingestor().read(path: "x.txt", readsAhead: ahead) { buffer in
    let n = min(buffer.count, bytes.count - position, 1 + random.below(most))
    for i in 0..<n { buffer[i] = bytes[position + i] }
    position += n
    return n
  }
}

/// Expects that taking in lines at once gives what reading them one by one gives, to the last diagnostic.
func expectSameAhead(_ bytes: [UInt8], seed: UInt64, _ comment: String) {
  for most in [1 << 20, 3000, 100] {
    let alone = read(bytes, ahead: false, chunks: seed, most: most)
    let ahead = read(bytes, ahead: true, chunks: seed, most: most)
    #expect(ahead.runs == alone.runs, "\(comment), seed \(seed), \(most)")
    #expect(ahead.diagnostics == alone.diagnostics, "\(comment), seed \(seed), \(most)")
    #expect(ahead.account == alone.account, "\(comment), seed \(seed), \(most)")
    #expect(ahead.recognition == alone.recognition)
    #expect(ahead.contentHash == alone.contentHash && ahead.bytes == alone.bytes)
  }
}
