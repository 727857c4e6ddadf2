import Foundation
import Plots
import TestSupport
import Testing

@testable import analyze

/// Figures drawn again from their SVGs, and SVGs that nobody should trust.
@Suite(.serialized) struct RedrawTests {
  private static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map(Array.init)
  }

  private static func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static let figure = "attribution"

  @Test func everyFigureOfTheReportIsDrawnAgainByteForByte() throws {
    let files = try ReportFigures.files()
    try withFolder { folder in
      for figure in files.figures {
        for (name, options) in [(figure, []), ("\(figure)-dark", ["--dark"])] {
          let svg = try files.svg(name)
          try Self.write(svg, folder + "/in.svg")
          let result = Harness.analyze(
            ["redraw", folder + "/in.svg", "-o", folder + "/out.svg"] + options)
          #expect(result.status == 0 && result.out.isEmpty && result.err.isEmpty, "\(result.err)")
          #expect(Self.bytes(folder + "/out.svg") == Array(svg.utf8), "\(name)")
        }
        let png = folder + "/out.png"
        #expect(Harness.analyze("redraw", folder + "/in.svg", "-o", png).status == 0)
        #expect(Self.bytes(png) == (try files.bytes("plots/\(figure).png")), "\(figure)")
      }
    }
  }

  @Test func compactLayoutIsStoredToo() throws {
    let files = try ReportFigures.files()
    try withFolder { folder in
      let paths = ["wide", "compact", "again"].map { "\(folder)/\($0).svg" }
      try Self.write(try files.svg(Self.figure), paths[0])
      #expect(Harness.analyze("redraw", paths[0], "--compact", "-o", paths[1]).status == 0)
      #expect(Harness.analyze("redraw", paths[1], "-o", paths[2]).status == 0)
      let compact = try #require(Self.bytes(paths[1]))
      #expect(compact != Self.bytes(paths[0]))
      #expect(compact == Self.bytes(paths[2]))
      let chart = try Figures.chart(fromSVG: String(decoding: compact, as: UTF8.self))
      #expect(chart.heading.layout == .compact)
    }
  }

  @Test func numbersAreThoseInTheFile() throws {
    let files = try ReportFigures.files()
    for figure in files.figures {
      try withFile("f.svg", try files.svg(figure)) { path in
        let printed = Harness.analyze("redraw", path, "--format", "json")
        #expect(printed.status == 0)
        let document = try #require(
          try JSONSerialization.jsonObject(with: Data(printed.out.utf8)) as? NSDictionary)
        let metadata = try #require(
          try files.svg(figure).firstMatch(of: /<metadata>([^<]*)<\/metadata>/)?.output.1)
        let plain = metadata.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
          .replacing("&amp;", with: "&")
        let stored = try #require(
          try JSONSerialization.jsonObject(with: Data(plain.utf8)) as? NSDictionary)
        #expect(document["kind"] as? String == stored["kind"] as? String)
        #expect(document["chart"] as? NSDictionary == stored["chart"] as? NSDictionary)

        let table = Harness.analyze("redraw", path, "--format", "csv")
        #expect(table.status == 0)
        let lines = table.out.components(separatedBy: "\r\n")
        #expect(lines.first == "path,value")
        #expect(lines.contains("chart.heading.layout,wide"))
        #expect(lines.last?.isEmpty == true)
      }
    }
  }

  @Test func numbersGoToAFile() throws {
    try withFolder { folder in
      let svg = folder + "/a.svg"
      try Self.write(try ReportFigures.files().svg(Self.figure), svg)
      let result = Harness.analyze("redraw", svg, "--format", "csv", "-o", folder + "/n/a.csv")
      #expect(result.status == 0 && result.out.isEmpty)
      #expect(
        Self.bytes(folder + "/n/a.csv")
          == Array(Harness.analyze("redraw", svg, "--format", "csv").out.utf8))
    }
  }

  @Test func inputsAndLogsAreNotReplaced() throws {
    try withFolder { folder in
      let svg = try ReportFigures.files().svg(Self.figure)
      let path = folder + "/a.svg"
      try Self.write(svg, path)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.svg", withDestinationPath: path)
      try FileManager.default.linkItem(atPath: path, toPath: folder + "/twin.svg")
      let log = try String(
        contentsOfFile: Checkout.path(Harness.logs[0]), encoding: .utf8)
      try Self.write(log, folder + "/log.svg")
      for name in [
        "a.svg", "link.svg", "twin.svg", "../\(folder.split(separator: "/").last ?? "")/a.svg",
      ] {
        let result = Harness.analyze("redraw", path, "-o", "\(folder)/\(name)")
        #expect(result.status == 2)
        #expect(result.err.contains("would replace the input"), "\(result.err)")
      }
      let result = Harness.analyze("redraw", path, "-o", folder + "/log.svg")
      #expect(result.status == 2)
      #expect(result.err.contains("is a log"))
      #expect(Self.bytes(path) == Array(svg.utf8))
      #expect(Self.bytes(folder + "/log.svg") == Array(log.utf8))
    }
  }

  @Test(arguments: [
    ([], "neither -o nor --format"), (["-o", "never.gif"], "names no kind of drawing"),
    (["--format", "html"], "no html form"), (["-o", "never.svg", "--format", "json"], "drawing"),
    (["--format", "json", "--dark"], "neither dark nor compact"), (["--dark"], "neither -o"),
  ])
  func argumentsMustMakeSense(options: [String], words: String) throws {
    try withFile("a.svg", try ReportFigures.files().svg(Self.figure)) { path in
      let result = Harness.analyze(["redraw", path] + options)
      #expect(result.status == 2)
      #expect(result.err.contains(words), "\(result.err)")
      #expect(result.out.isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: Checkout.path("never.svg")))
  }

  @Test func helpHasExamples() {
    let result = Harness.analyze("redraw", "--help")
    #expect(result.status == 0)
    #expect(result.out.contains("EXAMPLES"))
  }

  @Test func whatCannotBeReadIsNamed() throws {
    try withFolder { folder in
      for (path, words) in [
        (folder, "is a folder"), (folder + "/absent.svg", "cannot be opened: No such file"),
      ] {
        let result = Harness.analyze("redraw", path, "--format", "json")
        #expect(result.status == 2)
        #expect(result.err.contains("'\(path)' \(words)"), "\(result.err)")
      }
    }
  }

  @Test func foreignFilesAreRefusedWithFileFactAndRemedy() throws {
    let good = try ReportFigures.files().svg(Self.figure)
    let deep = String(repeating: "[", count: 100_000)
    let cases: [(String, String)] = [
      ("", "no <metadata>"), ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "no <metadata>"),
      ("<svg><metadata>{}</metadata></svg>", "not a stored figure"),
      ("<svg><metadata>\(deep)</metadata></svg>", "not a stored figure"),
      ("<svg><metadata>{\"format\":1}", "no <metadata>"), ("a\u{0}b", "not UTF-8"),
      (good.replacing("figure/1\"", with: "figure/2\""), "figure/2"),
      (good.replacing("\"kind\":\"waterfall\"", with: "\"kind\":\"\u{7}pie\""), "not a stored"),
      (good.replacing("\"kind\":\"waterfall\"", with: "\"kind\":\"pie\""), "'pie'"),
      (good.replacing("\"gaps\":", with: "\"gap\":"), "lacks 'gaps'"),
      (good.replacing("\"width\":700", with: "\"width\":[]"), "heading.size.width"),
    ]
    for (text, words) in cases {
      try withFolder { folder in
        try Self.write(text, folder + "/in.svg")
        let result = Harness.analyze("redraw", folder + "/in.svg", "-o", folder + "/out.svg")
        #expect(result.status == 1, "\(words)")
        #expect(result.err.hasPrefix("\(folder)/in.svg: error: "), "\(result.err)")
        #expect(result.err.contains(words), "\(result.err)")
        #expect(result.err.split(separator: "\n").count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["in.svg"])
      }
    }
  }

  @Test func endlessAndLargeFilesAreRefused() throws {
    try withFile("large.svg", "<svg>") { path in
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: UInt64(RedrawCommand.limit) + 1)
      try handle.close()
      for path in [path, "/dev/zero"] where FileManager.default.fileExists(atPath: path) {
        let result = Harness.analyze("redraw", path, "--format", "json")
        #expect(result.status == 1)
        #expect(result.err.contains("longer than \(RedrawCommand.limit) bytes"), "\(result.err)")
      }
    }
  }

  /// Values that decode but that no caller of the drawing would choose.
  @Test func extremeValuesGiveAFigureOrAReason() throws {
    let good = try ReportFigures.files().svg(Self.figure)
    let long = String(repeating: "long ", count: 20_000)
    let cases = [
      good.replacing("\"height\":460,\"width\":700", with: "\"height\":1e308,\"width\":-1e308"),
      good.replacing("\"height\":460,\"width\":700", with: "\"height\":\"nan\",\"width\":\"inf\""),
      good.replacing("\"caption\":\"", with: "\"caption\":\"\(long)"),
      good.replacing("\"title\":\"", with: "\"title\":\"&lt;script>alert(1)&lt;/script>\\u0000"),
      good.replacing("\"name\":\"attribution\"", with: "\"name\":\"../../&lt;x y=\\\"1\\\">\""),
      good.replacing(/"ratio":[0-9.]+/, with: "\"ratio\":\"-inf\""),
      good.replacing(/"ratio":[0-9.]+/, with: "\"ratio\":1e-320"),
      good.replacing(/"ratio":[0-9.]+/, with: "\"ratio\":0"),
    ]
    for (number, text) in cases.enumerated() {
      #expect(text != good, "case \(number) changes nothing")
      try expectFigureOrReason(text, "case \(number)")
    }
  }

  /// Flipped, removed and doubled bytes.
  @Test(arguments: 0..<40 as Range<UInt64>) func damagedFilesGiveAFigureOrAReason(
    seed: UInt64
  ) throws {
    var random = SplitMix(seed)
    var bytes = try ReportFigures.files().bytes("plots/\(Self.figure).svg")
    let end = try #require(
      String(decoding: bytes, as: UTF8.self).firstRange(of: "</metadata>")?.lowerBound
        .utf16Offset(in: String(decoding: bytes, as: UTF8.self)))
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0..<min(end, bytes.count), using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0x20...0x7e, using: &random)
      case 1: bytes.removeSubrange(index..<min(bytes.count, index + 1 + index % 30))
      default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 40)], at: index)
      }
    }
    try expectFigureOrReason(String(decoding: bytes, as: UTF8.self), "seed \(seed)")
  }

  private func expectFigureOrReason(_ text: String, _ what: String) throws {
    try withFolder { folder in
      try Self.write(text, folder + "/in.svg")
      let result = Harness.analyze("redraw", folder + "/in.svg", "-o", folder + "/out.svg")
      if result.status == 0 {
        let svg = String(decoding: try #require(Self.bytes(folder + "/out.svg")), as: UTF8.self)
        #expect(ReportFigures.isWellFormedXML(svg), "\(what)")
        #expect(!svg.contains("<script") && !svg.contains("\u{0}"), "\(what)")
      } else {
        #expect(result.status == 1, "\(what): \(result.err)")
        #expect(result.err.split(separator: "\n").count == 2, "\(what): \(result.err)")
      }
    }
  }
}
