import Support
import TestSupport
import Testing

@testable import Notebook

@Suite struct TerminalTests {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("e\u{301}", 1), ("日本", 4), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("ﾊﾝ", 2), ("한", 2),
    ("\u{1112}\u{1161}\u{11ab}", 2), ("✅", 2), ("❤\u{fe0f}", 2), ("–", 1), ("a\u{200d}b", 2),
  ])
  func displayWidth(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test(arguments: [
    "1", "-1.5", "−3", "2.4×", "150MHz", "12.3 ms", "≥ 3", "1.2 ± 0.1 ms", "[1.1, 1.3]", "45 %",
    ".5",
    "1e-9", "1,024", "3–4", "7 cycles",
  ])
  func numbers(text: String) {
    #expect(NumberShape.isNumber(text))
  }

  @Test(arguments: [
    "", "-", "a1", "int8", "CONV_2D", "5 apples each", "1 2 3 4 5 6 7", "…", "7 operators",
  ])
  func notNumbers(text: String) {
    #expect(!NumberShape.isNumber(text))
  }

  @Test func decimalSplit() {
    #expect(NumberShape.split("-12.5 ms") == ("-12", ".5 ms"))
    #expect(NumberShape.split("1 204.5") == ("1 204", ".5"))
    #expect(NumberShape.split("1,024") == ("1,024", ""))
    #expect(NumberShape.split("9 ms") == ("9", " ms"))
    #expect(NumberShape.split(".5") == ("", ".5"))
  }

  @Test func wrapping() {
    let lines = { (text: String, width: Int) in
      WordWrap.wrap([Span(text: text)], width: width).map(\.text)
    }
    #expect(lines("aa bb cc", 5) == ["aa bb", "cc"])
    #expect(lines("abcdefgh ij", 4) == ["abcd", "efgh", "ij"])
    #expect(lines("日本語文", 5) == ["日本", "語文"])
    #expect(lines("x 123456.789 y", 5) == ["x", "123456.789", "y"])
    #expect(WordWrap.wrapPreformatted("  if a then b", width: 8) == ["  if a ", "then b"])
  }

  @Test func columnsAreDroppedByPriorityAndNamed() {
    let table = Table(
      columns: [
        .init(["name"]), .init(["first"], unit: "ms", priority: 1),
        .init(["second"], priority: 2), .init(["third"], priority: 3),
      ],
      rows: [.init((0..<4).map { _ in .text(String(repeating: "x", count: 12)) })])
    let shown = { (width: Int) in
      TerminalRenderer(width: width, columnHint: "with --format csv").render([.table(table)])
        .split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
    #expect(shown(45).hasPrefix("first name ms second ───"))
    #expect(
      shown(45).hasSuffix(
        "Not shown at this width: third. See all with a terminal 54 columns wide or "
          + "with --format csv."))
    #expect(shown(30).contains("Not shown at this width: second, third."))
    let exact = TerminalRenderer(width: 54).render([.table(table)])
    #expect(exact.contains("third") && !exact.contains("Not shown"))
    #expect(TerminalRenderer(width: 53).render([.table(table)]).contains("Not shown"))
  }

  @Test func identicalReasonsShareANumber() {
    let table = Table(
      columns: [.init(["a"]), .init(["b"])],
      rows: [
        .init([.missing(reason: "x"), .missing(reason: "y")]),
        .init([.missing(reason: "y"), .missing(reason: "x")]),
      ])
    let text = TerminalRenderer(unicode: true).render([.table(table)])
    #expect(text.hasSuffix("–¹  –²\n–²  –¹\n¹ x\n² y\n"))
    let plain = TerminalRenderer(unicode: false).render([.table(table)])
    #expect(plain.hasSuffix("-[1]  -[2]\n-[2]  -[1]\n[1] x\n[2] y\n"))
  }

  @Test func decimalPointsAreAligned() {
    let values = ["1.5", "22", "333.125", "-4.25"]
    let table = Table(
      columns: [.init(["v"])],
      rows: values.map { .init([.number($0)]) } + [.init([.missing(reason: "r")])])
    let lines = TerminalRenderer().render([.table(table)]).split(separator: "\n").dropFirst(2)
    #expect(Array(lines.prefix(5)) == ["  1.5", " 22", "333.125", " -4.25", "  –¹"])
  }

  @Test func automaticAlignment() {
    let alignment = { (values: [String]) in
      Table(
        columns: [.init(["v"])],
        rows: values.map { .init([NumberShape.isNumber($0) ? .number($0) : .text($0)]) }
      ).alignment(ofColumn: 0)
    }
    #expect(alignment(["1.5", "2", ""]) == .decimal)
    #expect(alignment(["1", "23"]) == .trailing)
    #expect(alignment(["[1.5, 2.5]", "[2, 3.5]"]) == .trailing)
    #expect(alignment(["1.5", "int8"]) == .leading)
    #expect(alignment([""]) == .leading)
  }

  @Test func colourOnlyWhenAllowed() {
    let blocks: [Block] = [.heading(level: 2, ["h"]), .paragraph([.strong(["b"]), " c"])]
    #expect(!TerminalRenderer(colour: false).render(blocks).contains("\u{1b}"))
    #expect(TerminalRenderer(colour: true).render(blocks).contains("\u{1b}[1mb\u{1b}[0m c"))
  }

  private func removingANSI(_ text: String) -> String {
    text.replacing(/\u{1b}\[[0-9;]*m/, with: "")
  }

  @Test func noLineIsTooWideAndNoControlCharacterPasses() {
    for seed in 0..<300 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let blocks = generator.blocks(most: 5)
      let width = generator.random.pick([60, 72, 80, 120, 200])
      let unicode = generator.random.pick([true, false])
      let plain = TerminalRenderer(width: width, colour: false, unicode: unicode).render(blocks)
      let coloured = TerminalRenderer(width: width, colour: true, unicode: unicode).render(blocks)
      #expect(removingANSI(coloured) == plain)
      for line in plain.split(separator: "\n") where DisplayWidth.of(line) > width {
        Issue.record("seed \(seed), width \(width): \(line.debugDescription)")
      }
      #expect(!plain.unicodeScalars.contains { $0 != "\n" && HiddenCharacters.contains($0) })
      if !unicode { #expect(plain.utf8.allSatisfy { $0 < 0x80 }) }
    }
  }

  /// At any width every number of a table that is shown stands on one line.
  @Test func numbersStayWhole() {
    var random = SplitMix(9)
    for width in stride(from: 20, through: 120, by: 7) {
      let numbers = (0..<12).map { _ in "\(Int.random(in: 1000...99_999_999, using: &random)).5 ms"
      }
      let table = Table(
        columns: (0..<4).map { .init([.text("column \($0)")]) },
        rows: (0..<3).map { row in .init((0..<4).map { .number(numbers[row * 4 + $0]) }) })
      let text = TerminalRenderer(width: width).render([.table(table)])
      for number in numbers { #expect(text.contains(number), "width \(width)") }
    }
  }
}
