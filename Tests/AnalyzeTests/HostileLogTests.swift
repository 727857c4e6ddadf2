import Foundation
import TestSupport
import Testing

@testable import analyze

/// Logs that try to mislead a reader, a terminal or another program, through the whole command.
@Suite(.serialized) struct HostileLogTests {
  private static func fixture(_ name: String) -> String {
    "Tests/AnalyzeTests/Fixtures/Hostile/\(name).txt"
  }

  /// A terminal takes U+009B for the start of a control sequence.
  @Test func controlCharactersAreEscapedInJSON() throws {
    let result = Harness.analyze(Self.fixture("c1_in_json"), "--format", "json")
    #expect(!result.out.unicodeScalars.contains("\u{9b}"))
    #expect(result.out.contains(#""\u009b31mx""#))
    let document = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    let runs = try #require(document?["runs"] as? [[String: Any]])
    #expect(runs.map { $0["model"] as? String } == ["\u{9b}31mx"])
  }

  /// Spreadsheets of many languages cut at semicolons.
  @Test func formulasBehindASemicolonAreText() {
    let result = Harness.analyze("runs", Self.fixture("csv_semicolon"), "--format", "csv")
    #expect(result.out.contains(",\"'x;=1+1\",int8,"), "\(result.out)")
  }

  @Test func addressesMakeNoLinks() {
    let result = Harness.analyze("runs", Self.fixture("bare_url"), "--format", "markdown")
    #expect(result.out.contains("| https\\://evil.example/login |"), "\(result.out)")
    #expect(!result.out.contains("https://evil"))
  }

  @Test func charactersWithoutWidthAreSeenOnStandardError() {
    let result = Harness.analyze("runs", Self.fixture("zero_width"))
    #expect(result.err.contains(#"'a\u{200b}\u{feff}b' is no value"#), "\(result.err)")
    #expect(!result.err.unicodeScalars.contains { $0 == "\u{200b}" || $0 == "\u{feff}" })
  }

  @Test func commentsOfADraftCannotDriveTheTerminal() {
    let result = Harness.analyze("seal", Self.fixture("seal_escape"))
    #expect(result.status == 0)
    #expect(result.out.hasPrefix("# \\u{1b}[2J\\u{1b}]52;c;AA\\u{7}\npb1 0 log "), "\(result.out)")
    #expect(result.out.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  /// MathJax would make a link that runs a script of the name.
  @Test func dollarsBeginNoFormulaInJupyter() throws {
    try withFolder { folder in
      #expect(Harness.analyze(Self.fixture("dollar"), "-o", folder).status == 0)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/report.ipynb"))
      let document = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
      var pages: [String] = []
      for cell in try #require(document?["cells"] as? [[String: Any]]) {
        for output in cell["outputs"] as? [[String: Any]] ?? [] {
          let data = output["data"] as? [String: Any]
          pages.append(((data?["text/html"] as? [String]) ?? []).joined())
        }
      }
      let html = pages.joined()
      #expect(html.contains("<span>$</span>\\href{javascript:alert(1)}{x}<span>$</span>"))
      #expect(!html.replacing("<span>$</span>", with: "").contains("$"))
      // A page of its own runs no MathJax.
      let page = try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
      #expect(page.contains("$\\href{javascript:alert(1)}{x}$"))
    }
  }
}
