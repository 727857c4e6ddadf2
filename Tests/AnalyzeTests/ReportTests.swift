import Foundation
import TestSupport
import Testing

@testable import analyze

/// The report on the example logs, in every form.
@Suite(.serialized) struct ReportTests {
  /// The page, made once for all tests that look at it.
  private static let page = Harness.analyze(Harness.logs + ["--format", "html"])

  @Test func textReportFitsEightyColumns() throws {
    let result = Harness.analyze(Harness.logs)
    #expect(result.status == 0)
    #expect(result.err.isEmpty)
    for line in result.out.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    try Golden.expect(result.out, "report.txt")
  }

  @Test func textReportGrowsWithTheTerminal() {
    let narrow = Harness.analyze(["speedup"] + Harness.logs)
    let wide = Harness.analyze(["speedup"] + Harness.logs, width: 300)
    #expect(narrow.out.contains("Not shown at this width"))
    #expect(!wide.out.contains("Not shown at this width"))
  }

  @Test(arguments: ["markdown", "html", "json"]) func otherForms(form: String) throws {
    // The document has every number of every run, which is too much to compare by eye.
    let logs = form == "json" ? Harness.published : Harness.logs
    let result = form == "html" ? Self.page : Harness.analyze(logs + ["--format", form])
    #expect(result.status == 0)
    try Golden.expect(
      Self.withoutDrawings(result.out), "report.\(form == "markdown" ? "md" : form)")
  }

  /// Drawings depend on the font and on Cairo's version; they have tests of their own.
  private static func withoutDrawings(_ page: String) -> String {
    var result = ""
    var rest = page[...]
    let mark = "data:image/svg+xml;base64,"
    while let start = rest.range(of: mark) {
      result += rest[..<start.upperBound]
      rest = rest[start.upperBound...].drop { $0 != "\"" }
    }
    return result + rest
  }

  /// Nor does the terminal change a page.
  @Test func sameInputSameOutput() {
    #expect(Self.page.out == Harness.analyze(Harness.logs + ["--format", "html"], width: 200).out)
  }

  @Test func pageNeedsNothingFromOutside() {
    let page = Self.page.out
    #expect(page.hasPrefix("<!doctype html>"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("src=\"http"))
    #expect(!page.contains("@import"))
    #expect(page.contains("prefers-color-scheme: dark"))
    #expect(page.contains("name=\"viewport\""))
  }

  @Test func folderHoldsEveryForm() throws {
    try withFolder { folder in
      let result = Harness.analyze(Harness.logs + ["-o", folder + "/r"])
      #expect(result.status == 0)
      #expect(result.err.contains("report.html"))
      for name in ["report.html", "report.md", "report.ipynb", "analysis.json"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/r/\(name)"), "\(name)")
      }
      let tables = try FileManager.default.contentsOfDirectory(atPath: folder + "/r/tables")
      #expect(tables.contains("speedup.csv"))
      let notebook = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: folder + "/r/report.ipynb")))
      let fields = try #require(notebook as? [String: Any])
      #expect(fields["nbformat"] as? Int == 4)
    }
  }

  /// The figures that the comparison stands for, as a script reads them from the document.
  @Test func documentHoldsTheFigures() throws {
    let text = Harness.analyze(Harness.logs + ["--format", "json"]).out
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(document["format"] as? String == "pico2-benchmark.analysis/2")
    let speedups = try #require(document["speedups"] as? [[String: Any]])
    func row(_ reference: String, _ subject: String) throws -> [String: Any] {
      try #require(
        speedups.first {
          ($0["reference"] as? [String: Any])?["run"] as? String == reference
            && ($0["subject"] as? [String: Any])?["run"] as? String == subject
        })
    }
    let expected: [(String, String, Double, Double, Bool)] = [
      ("nucleo-ad", "rp2350-ad-fp32-flash", 18.37, 17.22, false),
      ("nucleo-ic", "rp2350-ic-fp32-flash", 15.62, 14.64, false),
      ("nucleo-kws", "rp2350-kws-int8-flash", 2.08, 1.95, true),
      ("nucleo-sww", "rp2350-sww-fp32-flash", 16.51, 15.47, false),
      ("nucleo-vww", "rp2350-vww-fp32-flash", 23.20, 21.75, false),
      ("nucleo-proprietary-fp32", "rp2350-proprietary-fp32-sram", 1.05, 0.984, true),
      ("nucleo-proprietary-int8", "rp2350-proprietary-int8-sram", 4.67, 4.38, true),
      ("nucleo-sww-fp32", "rp2350-sww-fp32-sram", 1.08, 1.011, true),
    ]
    for (reference, subject, ratio, perCycle, like) in expected {
      let row = try row(reference, subject)
      let found = try #require(row["ratio"] as? Double)
      #expect(abs(found - ratio) <= 0.005, "\(reference)")
      let clocked = try #require(row["per_cycle"] as? Double)
      #expect(abs(clocked - perCycle) <= (perCycle < 1.1 ? 0.0005 : 0.005), "\(reference)")
      #expect(row["like_for_like"] as? Bool == like, "\(reference)")
      #expect(row["low"] as? Double ?? 9e9 <= found && found <= row["high"] as? Double ?? 0)
    }
    let keys = Set(document.keys)
    #expect(
      keys.isSuperset(of: [
        "runs", "speedups", "precision", "placement", "attribution", "findings", "diagnostics",
      ]))
    let runs = try #require(document["runs"] as? [[String: Any]])
    let ad = try #require(runs.first { $0["id"] as? String == "rp2350-ad-fp32-flash" })
    #expect(ad["dtype"] as? String == "fp32")
    #expect(ad["dtype_claimed"] as? String == "int8")
    #expect(ad["dtype_evidence"] as? String != nil)
    #expect((ad["latency"] as? [String: Any])?["seconds"] as? Double == 0.05895)
  }
}
