import TestSupport
import Testing

@testable import Ingest

/// Files that are no logs get one message that helps.
@Suite struct RefusalTests {
  static let others: [(name: String, bytes: [UInt8], says: String)] = [
    ("pdf", Array("%PDF-1.7\n%abc\n1 0 obj\n".utf8), "a PDF"),
    ("picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "PNG picture"),
    ("photo", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], "JPEG picture"),
    ("program", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], "a program (ELF)"),
    ("image", Array("UF2\nWQ]\u{9E}".utf8), "firmware image"),
    ("model", [0x1C, 0, 0, 0] + Array("TFL3".utf8), "a TFLite model"),
    (
      "source", Array("int main(void) {\n  int n = 3;\n  run(n);\n  return 0;\n}\n".utf8),
      "source code"
    ),
    ("table", Array("day,rain\n1,2.5\n2,3.5\n3,0.0\n4,1.0\n".utf8), "a table of something else"),
    ("page", Array("<!DOCTYPE html>\n<html><body>\nhello\n</body></html>\n".utf8), "HTML or XML"),
    ("text", Array("A letter.\n\nDear all, nothing was measured.\n".utf8), "gives a time"),
    ("rates", Array("12.5 fps\n12.6 fps\n".utf8), "most like a time: '12.5 fps' (line 1)"),
  ]

  @Test(arguments: others.indices) func oneMessageHelps(_ i: Int) throws {
    let other = Self.others[i]
    let file = Ingestor().ingest(bytes: other.bytes, path: "x")
    #expect(file.rules == ["unknown-dialect"] && file.runs.isEmpty, "\(other.name)")
    let said = try #require(file.diagnostics.first)
    #expect(said.message.contains(other.says), "\(said.message)")
    #expect(!said.remedy.isEmpty)
  }

  @Test func timeLikeLinesAreNamedWithWhatReadsThem() throws {
    let file = ingest("start\nfrobnicated in 12 ms\nfrobnicated in 13 ms\nmunged in 3 ms\nend\n")
    let said = try #require(file.diagnostics.first)
    #expect(said.message.contains("'frobnicated in 12 ms' (line 2), 'munged in 3 ms' (line 4)"))
    #expect(said.remedy.contains("--pattern 'frobnicated in {time:ms} ms'"))
    #expect(said.remedy.contains("analyze seal") && said.line == 2)
  }

  @Test func timesThatNothingNamesAreNotTaken() {
    let file = ingest("alpha took 12 ms\nbeta took 3 ms\nalpha took 13 ms\nbeta took 3 ms\n")
    #expect(file.runs.isEmpty && file.rules == ["several-times"])
    #expect(file.diagnostics.first?.remedy.contains("--pattern 'alpha took {time:ms} ms'") == true)
  }
}
