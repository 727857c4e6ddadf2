import TestSupport
import Testing

@testable import Support

@Test(
  arguments: [
    ("", [""]), ("a", ["a"]), ("a,b,,", ["a", "b", "", ""]), ("a, b ", ["a", " b "]),
    (#""a,b",c"#, ["a,b", "c"]), (#""say ""hi""","""#, [#"say "hi""#, ""]), (#"a,""""#, nil),
    (#""say ""hi""""#, [#"say "hi""#]),
    (#""""#, [""]), (#""a"b,c"#, nil), (#""a"#, nil), (#"a"b,c"#, [#"a"b"#, "c"]),
    ("é,µ", ["é", "µ"]),
  ] as [(String, [String]?)])
func rowsAreCut(line: String, fields: [String]?) {
  #expect(CSVRow.fields(line)?.map(\.text) == fields)
}

@Test func columnsCountInBytes() {
  #expect(CSVRow.fields(#"é,"b""b",c,"#)?.map(\.column) == [0, 3, 10, 12])
}

/// Any texts, quoted, come back.
@Test func quotedFieldsSurvive() {
  var random = SplitMix(4)
  let alphabet = Array("a,\" é;")
  for _ in 0..<300 {
    let fields = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      String(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
    }
    let line = fields.map { field in
      "\"" + field.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }.joined(separator: ",")
    #expect(CSVRow.fields(line)?.map(\.text) == fields)
  }
}
