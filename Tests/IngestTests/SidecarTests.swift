import Testing

@testable import Ingest

@Suite struct SidecarTests {
  /// For each key the whole text was once searched.
  @Test(.timeLimit(.minutes(5))) func manyUnknownKeysTakeLinearTime() {
    let count = 8000
    let text = (0..<count).map { "k\($0)=1\n" }.joined()
    let clock = ContinuousClock()
    let start = clock.now
    let read = Sidecar.read(text: text, file: "s.toml")
    #expect(clock.now - start < .seconds(30))
    #expect(read.values.isEmpty)
    #expect(Set(read.diagnostics.map(\.line)) == Set(1...count))
  }

  @Test func linesAreThoseOfTheKeys() {
    let text = """
      flash_clock = "none"
      \t"flash\" = []
      'dtype' = "fp33"
      clock.x = 1
      [board]
      a = 1
      """
    let crlf = text.replacing("\n", with: "\r\n")
    for text in [text, crlf] {
      let read = Sidecar.read(text: text, file: "s.toml")
      let lines = read.diagnostics.map { "\($0.line) \($0.rule)" }
      #expect(
        lines.sorted() == [
          "1 sidecar-key", "2 sidecar-value", "3 sidecar-key", "4 sidecar-value", "5 sidecar-value",
        ])
    }
  }

  /// A word of 64 KiB was once compared letter by letter with every candidate.
  @Test(.timeLimit(.minutes(5))) func longWordsHaveNoNearestOne() {
    let word = String(repeating: "é", count: 1 << 15)
    let start = ContinuousClock().now
    for _ in 0..<20 {
      #expect(Nearest.match(word, in: ConfigurationKey.allCases.map(\.rawValue)) == nil)
    }
    #expect(ContinuousClock().now - start < .seconds(30))
    #expect(Nearest.match("clokc", in: ["board", "clock"]) == "clock")
    #expect(Nearest.match("xip_cach", in: ["xip_cache"]) == "xip_cache")
  }

  /// toml++ ends the process, or stops reading at the NUL.
  @Test func whatTOMLCannotTakeIsRefused() {
    let hostile = [
      "[", "[[[", "[\n", "\u{feff}[ [", "a=1\n \t[[ =", "[é]", "a=1\n\u{0}\nb=2", "[\r\n",
    ]
    for text in hostile {
      let read = Sidecar.read(text: text, file: "s.toml")
      #expect(read.values.isEmpty && read.diagnostics.map(\.rule) == ["sidecar-syntax"], "\(text)")
    }
    let good = Sidecar.read(text: "\u{feff}clock = \"150MHz\"\n", file: "s.toml")
    #expect(good.diagnostics.isEmpty && good.values.map(\.1) == ["150000000"])
  }
}
