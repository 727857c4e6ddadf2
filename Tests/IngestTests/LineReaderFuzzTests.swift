import Support
import Testing

@testable import Ingest

@Suite struct LineReaderFuzzTests {
  private func places(_ chunks: [String]) -> [TextPlace] {
    var places: [TextPlace] = []
    var reader = LineReader()
    for chunk in chunks {
      reader.feed(Array(chunk.utf8).span) { _, place, _ in places.append(place) }
    }
    reader.finish { _, place, _ in places.append(place) }
    return places
  }

  /// Found by the fuzzer: what a chunk before the one with the carriage return held was forgotten.
  @Test func columnsBehindABareCRDoNotDependOnChunks() {
    let text = "first\nabcdef\rghi\n"
    let whole = places([text])
    #expect(
      whole == [.init(line: 1, column: 1), .init(line: 2, column: 1), .init(line: 2, column: 8)])
    #expect(places(text.map(String.init)) == whole)
    for cut in 1..<text.count {
      #expect(places([String(text.prefix(cut)), String(text.dropFirst(cut))]) == whole)
    }
  }
}
