import Testing

@testable import Reference

/// Typed access says file, line, column and value of what is wrong.
@Suite struct TableTests {
  private let row = BundledTable.Row(
    file: "t.csv", line: 7, columns: ["a", "b", "c"], fields: ["-1", "", "nan"])

  @Test func failuresSayWhere() {
    #expect(
      throws: TableFailure(
        file: "t.csv", line: 7, message: "'-1' in 'a' is no whole number")
    ) { try row.whole("a") }
    #expect(throws: TableFailure(file: "t.csv", line: 7, message: "'nan' in 'c' is no number")) {
      try row.number("c")
    }
    #expect(throws: TableFailure(file: "t.csv", line: 7, message: "there is no column 'd'")) {
      try row.text("d")
    }
    let failure = TableFailure(file: "t.csv", line: 7, message: "x")
    #expect(failure.description == "t.csv:7: x")
  }

  @Test func emptyIsNotKnown() throws {
    #expect(try row.optional("b") == nil)
    #expect(try row.optional("a") == "-1")
    #expect(throws: TableFailure.self) { try row.number("b") }
  }
}
