import Testing

@testable import Support

private func one(
  _ rule: String, _ severity: Severity = .error, file: String = "a.txt", line: Int = 1
) -> Diagnostic {
  Diagnostic(
    rule, "m", remedy: "r", place: Place(line: line, column: 1), file: file, severity: severity)
}

@Test func aListOfFewIsWhatCame() {
  let all = [one("a"), one("b", .note), one("a", line: 2)]
  #expect(DiagnosticList(all).all == all)
}

@Test func manyOfARuleAreCounted() throws {
  let most = DiagnosticList.most
  var list = DiagnosticList((1...most + 1200).map { one("a", line: $0) })
  list.add([one("a", .warning), one("b")])
  #expect(list.listed.map(\.rule) == Array(repeating: "a", count: most + 1) + ["b"])
  #expect(list.all.count == most + 3)
  let sum = try #require(list.all.last)
  #expect(sum.more == 1200 && sum.severity == .error && sum.rule == "a")
  #expect(
    "\(sum)" == "a.txt: error: 1,200 more errors of the rule 'a' are not listed\n"
      + "  Correct what is listed first; then more are.")
}

@Test func listsOfListsKeepTheCounts() throws {
  let most = DiagnosticList.most
  let files = ["a.txt", "b.txt"].map { file in
    DiagnosticList((1...most + 3).map { one("a", file: file, line: $0) }).all
  }
  let all = DiagnosticList(files.joined()).all
  #expect(all.count == most + 1)
  let sum = try #require(all.last)
  #expect(sum.more == most + 6 && sum.file == "", "of both files")
  let onlyFirst = DiagnosticList(files[0]).all
  #expect(onlyFirst == files[0], "a list of a list is that list")
}
