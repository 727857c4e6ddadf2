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

  /// A draft written on Windows was once one line, a comment.
  @Test func lineEndsDoNotMatter() {
    let sealed = BenchLogSeal.seal(draft: draft, file: "d")
    #expect(sealed.diagnostics.isEmpty)
    #expect(rules(sealed.text).isEmpty)
    for end in ["\r\n", "\r"] {
      let other = BenchLogSeal.seal(draft: draft.replacing("\n", with: end), file: "d")
      #expect(other.text == sealed.text && other.diagnostics.isEmpty)
    }
  }

  /// The first was found by the fuzzer: both became lines that are damaged when they are read.
  @Test func whatCannotBeReadAgainIsRefused() {
    let extra = ["# pb1 2 end lines=3 runs=1 ~0123abcd", "build id=1 flags=\"a\u{1}b\""]
    let sealed = BenchLogSeal.seal(
      draft: ([draft] + extra).joined(separator: "\n"), file: "d")
    #expect(sealed.diagnostics.map(\.line) == [5, 6])
    #expect(sealed.diagnostics.allSatisfy { $0.rule == "bad-draft" && !$0.remedy.isEmpty })
    #expect(sealed.text == BenchLogSeal.seal(draft: draft, file: "d").text)
    let escaped = BenchLogSeal.seal(draft: draft + "\nbuild id=1 flags=\"a\\x01b\"", file: "d")
    #expect(escaped.diagnostics.isEmpty && rules(escaped.text).isEmpty)
  }

  /// Only what editors end lines with ends one here: other characters that Unicode calls line ends must
  /// not shift the numbers of the lines behind them.
  @Test(arguments: ["\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"])
  func otherLineEndsAreRefusedWhereTheyStand(character: String) {
    let bad = "build id=1 flags=\"a\(character)b\"\nbuild id=1 flags=\"a\u{1}b\""
    let sealed = BenchLogSeal.seal(draft: draft + "\n" + bad, file: "d")
    #expect(sealed.diagnostics.map(\.line) == [5, 6])
  }
}
