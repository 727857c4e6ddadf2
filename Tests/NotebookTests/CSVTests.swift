import Foundation
import TestSupport
import Testing

@testable import Notebook

@Suite struct CSVTests {
  private func cell(_ text: String) -> String {
    let table = Table(columns: [.init(["h"])], rows: [.init([.text(text)])])
    return String(CSVRenderer().render(table).dropFirst("h".count + 1).dropLast(1))
  }

  @Test(arguments: [
    ("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "a b"), ("", ""),
    ("-1.5", "-1.5"), ("+3", "+3"), ("-1e-3", "-1e-3"), ("=1+1", "'=1+1"), ("@x", "'@x"),
    ("-1+cmd", "'-1+cmd"), ("+", "'+"), ("\t=x", "' =x"), ("＝1", "'＝1"), ("\u{1b}", "␛"),
    (" a", "\" a\""), ("-inf", "'-inf"),
  ])
  func field(text: String, expected: String) {
    #expect(cell(text) == expected)
  }

  @Test func headerHasUnitAndMissingIsEmpty() {
    let table = Table(
      columns: [.init(["a"], unit: "ms"), .init(["=b"])],
      rows: [.init([.missing(reason: "r"), .text("1")])])
    #expect(CSVRenderer().render(table) == "a (ms),'=b\r\n,1\r\n")
  }

  @Test func anIntervalHasFourColumns() {
    let known = Table.Interval(
      low: 1.5, high: 2, kind: "confidence", level: 0.95, mark: "ᶜ", meaning: "m")
    var certain = known
    (certain.kind, certain.level) = ("rounding", nil)
    let table = Table(
      columns: [.interval(unit: "ms"), .init(["n"])],
      rows: [
        .init([.interval("1.5 – 2", known), .text("a")]),
        .init([.interval("1.5 – 2", certain), .text("b")]),
        .init([.missing(reason: "r"), .text("c")]),
      ])
    #expect(
      CSVRenderer().render(table) == """
        interval low (ms),interval high (ms),interval kind,interval level,n\r
        1.5,2,confidence,0.95,a\r
        1.5,2,rounding,,b\r
        ,,,,c\r

        """)
  }

  @Test func aMarkIsExplainedOnceInEveryForm() {
    let one = Table.Interval(
      low: 1, high: 2, kind: "rounding", level: nil, mark: "ʳ", meaning: "rounding of figures")
    let table = Table(
      columns: [.interval()],
      rows: [.init([.interval("1 – 2", one)]), .init([.interval("1 – 3", one)])])
    let document = ExecutedNotebook(title: "t", blocks: [.table(table)])
    func count(_ text: String, _ part: String) -> Int {
      text.components(separatedBy: part).count - 1
    }
    for text in [
      MarkdownRenderer().render(document), HTMLRenderer().render(document),
      TerminalRenderer(width: 80, colour: false, unicode: true).render(document),
    ] {
      #expect(count(text, "rounding of figures") == 1)
      #expect(count(text, "ʳ") == 3)
    }
    let ascii = TerminalRenderer(width: 80, colour: false, unicode: false).render(document)
    #expect(count(ascii, "[r]") == 3)
  }

  @Test(arguments: [
    (60.400000000000006, "60.4"), (62399.99999999999, "62400"), (0.1 + 0.2, "0.3"),
    (-60.400000000000006, "-60.4"), (999.9999999999999, "1000"),
    (28.99475194989707, "28.9947519498971"),
    (1, "1"), (-0.0, "-0"), (0, "0"), (1e300, "1e+300"), (1.0000000000000002e-7, "1e-07"),
    (0.0012000000000000001, "0.0012"), (9.999999999999999e22, "1e+23"),
    (123456789012345, "123456789012345"),
    (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
  ])
  func number(value: Double, expected: String) {
    let table = Table(
      columns: [.init(["h"])], rows: [.init([.number("shown", sortValue: value)])])
    #expect(CSVRenderer().render(table) == "h\r\n\(expected)\r\n")
  }
}
