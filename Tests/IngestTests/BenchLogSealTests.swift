import Testing

@testable import Ingest

@Suite struct BenchLogSealTests {
  private let draft = """
    # a draft
    log origin=published citation="a paper"
    machine id=1 board=pico2
    run id=1 machine=1 unit=us latency=58950
    """

  private func rules(_ text: String) -> [String] {
    Ingestor().ingest(bytes: Array(text.utf8), path: "-").diagnostics.map(\.rule)
  }

  /// Found by the fuzzer: a draft written on Windows was one line, a comment.
  @Test func lineEndsDoNotMatter() {
    let sealed = BenchLogSeal.seal(draft: draft, file: "d")
    #expect(sealed.diagnostics.isEmpty)
    #expect(rules(sealed.text).isEmpty)
    for end in ["\r\n", "\r"] {
      let other = BenchLogSeal.seal(draft: draft.replacing("\n", with: end), file: "d")
      #expect(other.text == sealed.text && other.diagnostics.isEmpty)
    }
  }
}
