import Support
import Testing

@testable import Reference

/// Typed access says file, line, column and value of what is wrong.
@Suite struct TableTests {
  private let row = BundledTable.Row(
    file: "t.csv", line: 7, columns: ["a", "b", "c"], fields: ["-1", "", "nan"])

  @Test func failuresSayWhere() {
    #expect(
      throws: Diagnostic.table("'-1' in 'a' is no whole number", file: "t.csv", line: 7)
    ) { try row.whole("a") }
    #expect(throws: Diagnostic.table("'nan' in 'c' is no number", file: "t.csv", line: 7)) {
      try row.number("c")
    }
    #expect(throws: Diagnostic.table("there is no column 'd'", file: "t.csv", line: 7)) {
      try row.text("d")
    }
    let failure = Diagnostic.table("x", file: "t.csv", line: 7)
    #expect(failure.headline == "t.csv:7:1: error: x")
  }

  @Test func emptyIsNotKnown() throws {
    #expect(try row.optional("b") == nil)
    #expect(try row.optional("a") == "-1")
    #expect(throws: Diagnostic.self) { try row.number("b") }
  }
}
