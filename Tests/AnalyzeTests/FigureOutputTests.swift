import ArgumentParser
import Foundation
import Notebook
import Performance
import Support
import TestSupport
import Testing

@testable import analyze

/// A drawing of a few bytes; `absent` forms are not offered, `broken` ones fail.
private struct TinyFigure: FigureSource {
  var word: String
  var absent: [FigureForm] = []
  var broken: [FigureForm] = []

  func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? {
    if broken.contains(form) { throw Diagnostic("figure", "no \u{1B}ink", remedy: "") }
    if absent.contains(form) { return nil }
    switch form {
    case .svg: return Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><!--\(word)--></svg>".utf8)
    case .png: return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF, 0x00]
    case .pdf: return Array("%PDF-1.5 \(word)".utf8)
    }
  }

  func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    TextDrawing([unicode ? "▁▂▃ \(word)" : "_-= \(word)"])
  }
}

private func figure(_ name: String, _ source: TinyFigure? = nil, table: Table? = nil) -> Block {
  .figure(
    Figure(
      name: name, source: source ?? TinyFigure(word: name), alternativeText: "bars of \(name)",
      caption: ["Bars"], table: table))
}

private let points = Table(
  columns: [.init(["x"])], rows: [.init([.number("1.5", sortValue: 1.5)])])

/// A section with two figures, the second of which has the name of the first.
private struct TwoFigures: SectionCommand {
  @OptionGroup var arguments: CommonArguments
  static let section = Section(name: "bars", title: "Bars") { _ in
    [figure("Bars"), figure("Bars", table: points)]
  }
}

/// A section whose figure cannot be drawn.
private struct BrokenBars: SectionCommand {
  @OptionGroup var arguments: CommonArguments
  static let section = Section(name: "bars", title: "Bars") { _ in
    let forms: [FigureForm] = [.svg(.light, .wide), .pdf]
    return [figure("bars", TinyFigure(word: "x", absent: [.png(.light)], broken: forms))]
  }
}

/// Figures on their way into files and onto terminals.
@Suite(.serialized) struct FigureOutputTests {
  private static let log = "logs/rp2350_tinyml.txt"

  private static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map(Array.init)
  }

  /// Runs a section as `Analyze.run` would.
  private func run<Command: SectionCommand>(
    _ command: Command.Type, _ arguments: String..., environment: Environment = Environment()
  ) throws -> (status: Int32, console: Console) {
    #expect(FileManager.default.changeCurrentDirectoryPath(Checkout.root.path))
    var console = Console(environment: environment)
    let parsed = try Command.parse([Self.log] + arguments)
    return (try parsed.run(on: &console), console)
  }

  @Test(arguments: [
    ("a.svg", FigureFormat.svg), ("b/c.PNG", .png), ("x.tar.pdf", .pdf), ("svg", nil),
    (".svg", nil), ("a.svg/b", nil), ("a.csv", nil), ("", nil), ("a.", nil), ("-", nil),
  ])
  func formatFollowsTheName(path: String, format: FigureFormat?) {
    #expect(Delivery.figureFormat(path) == format)
  }

  @Test func pathsAreNumbered() {
    #expect(
      Delivery.figurePaths("o.d/a.svg", count: 3) == ["o.d/a.svg", "o.d/a-2.svg", "o.d/a-3.svg"])
    #expect(Delivery.figurePaths("a.svg", count: 1) == ["a.svg"])
  }

  @Test func sectionWritesItsFigures() throws {
    try withFolder { folder in
      for (ending, start) in [("svg", "<svg"), ("pdf", "%PDF")] {
        let path = "\(folder)/new/r.\(ending)"
        let result = try run(TwoFigures.self, "-o", path)
        #expect(result.status == 0)
        #expect(result.console.out.isEmpty)
        let second = "\(folder)/new/r-2.\(ending)"
        #expect(result.console.err.hasSuffix("wrote \(path) (bars), \(second) (bars-2)\n"))
        for file in [path, second] {
          #expect(Self.bytes(file)?.starts(with: start.utf8) == true)
        }
      }
      _ = try run(TwoFigures.self, "-o", folder + "/r.png")
      #expect(Self.bytes(folder + "/r.png")?.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
      #expect(Self.bytes(folder + "/r.png")?.suffix(2) == [0xFF, 0x00])
      // Nothing half-written stays behind.
      try #expect(Files.names(folder) == ["new", "r-2.png", "r.png"])
      try #expect(Files.names(folder + "/new") == ["r-2.pdf", "r-2.svg", "r.pdf", "r.svg"])
    }
  }

  @Test func formatAndNameMustAgree() throws {
    let failure = #expect(throws: CommandFailure.self) {
      try run(TwoFigures.self, "-o", "never.svg", "--format", "csv")
    }
    #expect(failure?.status == 2)
    #expect(!FileManager.default.fileExists(atPath: Checkout.path("never.svg")))
  }

  @Test func sectionWithoutFigureSaysSo() throws {
    try withFolder { folder in
      let result = Harness.analyze("runs", Self.log, "-o", folder + "/runs.svg")
      #expect(result.status == 2)
      #expect(result.err.contains("'runs' draws no figure for these logs"), "\(result.err)")
      try #expect(Files.names(folder).isEmpty)
    }
  }

  @Test func drawingsNeverReplaceLogs() throws {
    try withFolder { folder in
      let log = try String(contentsOfFile: Checkout.path(Self.log), encoding: .utf8)
      // The second figure would go where a log lies.
      for (name, path) in [("a-2.svg", "a.svg"), ("a.svg", "a.svg")] {
        try Data(log.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        let failure = #expect(throws: CommandFailure.self) {
          try run(TwoFigures.self, "-o", folder + "/" + path)
        }
        #expect(failure?.status == 2)
        try #expect(Files.names(folder) == [name])
        #expect(Self.bytes(folder + "/" + name) == Array(log.utf8))
        try FileManager.default.removeItem(atPath: folder + "/" + name)
      }
    }
  }

  @Test func drawingThatFailsWritesNothing() throws {
    try withFolder { folder in
      for (ending, words) in [
        ("svg", "'bars' could not be drawn: no \\u{1b}ink"), ("png", "'bars' has no PNG form"),
      ] {
        do {
          _ = try run(BrokenBars.self, "-o", "\(folder)/a.\(ending)")
          Issue.record("\(ending) was written")
        } catch let failure as CommandFailure {
          #expect(failure.status == 1)
          #expect(failure.diagnostic.message.contains(words), "\(failure.diagnostic.message)")
        }
      }
      try #expect(Files.names(folder).isEmpty)
    }
    let page = try run(BrokenBars.self, "--format", "html")
    #expect(page.status == 1)
    #expect(page.console.out.contains("Figure bars could not be drawn: no ␛ink"))
    #expect(
      page.console.err.contains("error: figure 'bars' could not be drawn: no \\u{1b}ink\n"))
    // Text does not need the broken forms.
    let text = try run(BrokenBars.self)
    #expect(text.status == 0)
    #expect(text.console.out.contains("▁▂▃ x\nBars\n"))
  }

  @Test func terminalGetsImagesAndFilesDoNot() throws {
    var environment = Environment()
    environment.images = .kitty
    environment.colour = true
    let shown = try run(TwoFigures.self, environment: environment)
    #expect(shown.console.out.contains("\u{1B}_Ga=T,f=100,c=80,q=2,m=0;iVBORw0KGgr/AA==\u{1B}\\\n"))
    try withFolder { folder in
      _ = try run(TwoFigures.self, "-o", folder + "/a.txt", environment: environment)
      let text = try String(contentsOfFile: folder + "/a.txt", encoding: .utf8)
      #expect(!text.contains("\u{1B}"))
      #expect(text.contains("▁▂▃ Bars\n"))
    }
  }

  @Test func tableOfAFigureIsCSV() throws {
    let result = try run(TwoFigures.self, "--format", "csv")
    #expect(result.console.out == "x\r\n1.5\r\n")
  }

  @Test func folderHoldsTheDrawings() throws {
    #expect(FileManager.default.changeCurrentDirectoryPath(Checkout.root.path))
    try withFolder { folder in
      let plots = folder + "/plots"
      try FileManager.default.createDirectory(
        atPath: plots + "/kept.svg", withIntermediateDirectories: true)
      for name in ["mine.svg", "mine.png", "notes.txt", "photo.jpg"] {
        try Data("x".utf8).write(to: URL(fileURLWithPath: plots + "/" + name))
      }
      // What this program drew there before goes; what came otherwise stays.
      let old: [UInt8] = [1, 2, 3]
      try OutputFiles.write(old, to: plots + "/old.svg")
      try ReportManifest([.init(path: "plots/old.svg", bytes: old)]).write(to: folder)
      var console = Console(environment: Environment())
      let session = try Session(InputOptions.parse([Self.log]), console: &console)
      let noDark = TinyFigure(
        word: "b", absent: [.svg(.dark, .wide)], broken: [.png(.light)])
      let notebook = ExecutedNotebook(
        title: "t", blocks: [figure("a", table: points), figure("b", noDark)])
      let target = ReportFolder(folder: folder + "/", name: "report", document: "analysis")
      try target.write(
        notebook, analysis: session.analysis(AnalysisOptions()), diagnostics: [], on: &console)
      try #expect(
        Files.names(plots)
          == [
            "a-dark.svg", "a.png", "a.svg", "b.svg", "kept.svg", "mine.png", "mine.svg",
            "notes.txt", "photo.jpg",
          ])
      try #expect(Files.names(folder + "/tables") == ["table.csv"])
      #expect(
        console.err
          == "wrote \(folder)/: report.html, report.md, report.ipynb, analysis.json, 1 table, "
          + "2 figures\n\(plots)/mine.png and 1 other file: note: were not written by this run, and "
          + "stay\n  Move it elsewhere if it could pass for a result.\n")
      #expect(!Delivery.reportFigures(of: notebook, on: &console))
      let markdown = try String(contentsOfFile: folder + "/report.md", encoding: .utf8)
      #expect(markdown.contains("srcset=\"plots/a-dark.svg\""))
      #expect(markdown.contains("![bars of b](plots/b.svg)"))
      // Every file that the document names is there.
      for match in markdown.matches(of: /plots\/[a-z.-]+/) {
        #expect(FileManager.default.fileExists(atPath: folder + "/" + match.output))
      }
    }
  }

  @Test func aLogAmongTheDrawingsStays() throws {
    try withFolder { folder in
      let plots = folder + "/plots"
      try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
      let log = plots + "/mine.svg"
      try FileManager.default.copyItem(
        atPath: Checkout.path(Self.log), toPath: log)
      #expect(Harness.analyze(log, "-o", folder).status == 0)
      #expect(
        FileManager.default.contentsEqual(atPath: log, andPath: Checkout.path(Self.log)))
    }
  }
}
