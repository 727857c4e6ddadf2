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
}
