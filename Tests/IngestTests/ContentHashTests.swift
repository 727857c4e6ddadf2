import TestSupport
import Testing

@testable import Ingest

@Suite struct ContentHashTests {
  @Test func piecesDoNotMatter() {
    var random = SplitMix(3)
    for length in [0, 1, 7, 8, 9, 63, 64, 1000] {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let whole = ContentHash.of(bytes)
      for _ in 0..<20 {
        var hash = ContentHash()
        var start = 0
        while start < length {
          let end = min(length, start + Int.random(in: 1...20, using: &random))
          hash.take(Array(bytes[start..<end]).span)
          start = end
        }
        #expect(hash.value == whole)
      }
    }
  }

  @Test func everyByteCounts() {
    let bytes = [UInt8](repeating: 0, count: 40)
    var seen: Set<UInt64> = [ContentHash.of(bytes)]
    for i in bytes.indices {
      for bit in 0..<8 {
        var other = bytes
        other[i] ^= 1 << bit
        #expect(seen.insert(ContentHash.of(other)).inserted)
      }
    }
    for length in 0..<40 {
      #expect(seen.insert(ContentHash.of(Array(bytes.prefix(length)))).inserted)
    }
  }

  /// A compressed log is the same log; what is read, not what lies on the disk, is hashed.
  @Test func filesCarryIt() {
    let one = ingest("no log\n")
    #expect(one.contentHash == LogHash.of(Array("no log\n".utf8)))
  }

  @Test func lineEndsOfACopyDoNotMatter() {
    func hash(_ text: String, pieces: Int = .max) -> UInt64 {
      var hash = LogHash()
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: min(pieces, bytes.count)) {
        hash.take(bytes.span.extracting(start..<min(start + min(pieces, bytes.count), bytes.count)))
      }
      return hash.value
    }
    let log = hash("a 1\n\nb\n")
    for copy in ["a 1\r\n\r\nb\r\n", "a 1\n\nb", "a 1\n\nb\n\r\n\n", "a 1\r\r\n\nb\r"] {
      for pieces in [1, 2, 3, .max] { #expect(hash(copy, pieces: pieces) == log, "\(copy)") }
    }
    for other in ["a 1\nb\n", "a 1\n\n\nb\n", "\na 1\n\nb\n", "a 1\n\nb \n", "a 1\n\nb\nc\n"] {
      #expect(hash(other) != log, "\(other)")
    }
    let many = String(repeating: "\n", count: 1000)
    #expect(hash(many + "a", pieces: 7) == hash(many + "a\n"))
    #expect(hash(many + "a") != hash(many + "\na"))
  }
}
