import Support
import TestSupport
import Testing

@testable import Notebook

/// Random and mutated notebooks: nothing crashes or hangs, and every line is part of some element.
@Suite struct ParserFuzzTests {
  private static let pieces = [
    "```", "```analyze\n", "~~~", "\n", "\n\n", "> ", "- ", "* ", "1. ", "    ", "\t", "#", "## ",
    "|", "|-|-|\n", "| a | b |\n", "*", "**", "_", "`", "[", "](", ")", "<http://", ">", "\\", "\"",
    "'", "word", "é", "\r\n", "\r", "\u{0}", "\u{301}", "[!NOTE]", "---\n", " ", "$", "\u{2028}",
    "<!--", "-->", "--!>", "![", "](a.png)",
  ]

  private func check(_ source: String) {
    let parsed = ParsedNotebook(parsing: source, name: "fuzz.md")
    let lines = VisibleText.splitLines(source)
    var covered = Set<Int>()
    var last = 0
    for element in parsed.elements {
      #expect(element.lines.lowerBound > last)
      last = element.lines.upperBound
      covered.formUnion(element.lines)
    }
    #expect(last <= lines.count)
    for (index, line) in lines.enumerated() {
      let isBlank = line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if !isBlank && !covered.contains(index + 1) {
        Issue.record("line \(index + 1) of \(source.debugDescription) is in no element")
      }
    }
    for error in parsed.errors {
      #expect((1...max(1, lines.count)).contains(error.line) && error.column >= 1)
      #expect(!error.message.isEmpty && !error.remedy.isEmpty)
    }
  }

  @Test func randomPieces() {
    var random = SplitMix(1)
    for _ in 0..<1500 {
      let count = Int.random(in: 0...60, using: &random)
      check((0..<count).map { _ in random.pick(Self.pieces) }.joined())
    }
  }

  @Test func randomBytes() {
    var random = SplitMix(2)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func mutatedSample() {
    var random = SplitMix(3)
    let sample = Array(SampleDocument.source.utf8)
    for _ in 0..<150 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(contentsOf: Array(random.pick(Self.pieces).utf8), at: place)
        default: bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
      }
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Words of the source turn up in the blocks: nothing is dropped while reading.
  @Test func wordsSurvive() {
    var random = SplitMix(4)
    for _ in 0..<500 {
      var source = ""
      var words: [String] = []
      for index in 0..<Int.random(in: 1...25, using: &random) {
        let word = "w\(index)w"
        words.append(word)
        source += random.pick(["\n", "\n\n", "> ", "- ", "1. ", "| ", "  ", "*", "`", "# "]) + word
      }
      let notebook = Notebook.run(source: source, name: "t") { _ in .blocks([]) }
      let text = MarkdownRenderer().render(notebook)
      for word in words where !text.contains(word) {
        Issue.record("\(word) of \(source.debugDescription) is lost")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func longInputsTakeLinearTime() {
    for piece in Self.pieces {
      check(String(repeating: piece, count: 8000))
      check(String(repeating: piece + "a ", count: 4000))
    }
  }
}
