import Foundation
import Support
import TestSupport
import Testing

@testable import Notebook
@testable import analyze

/// Pictures and comments of a user's notebook, and where the pictures may lie.
@Suite(.serialized) struct NotebookPicturesTests {
  private static let log = "logs/rp2350_sram.txt"
  private static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]

  private func withNotebook(
    _ source: String, _ body: (_ folder: String, _ notebook: String) throws -> Void
  ) throws {
    try withFolder { outer in
      let folder = outer + "/study"
      try OutputFiles.write(Array(source.utf8), to: folder + "/study.md")
      try OutputFiles.write(Self.png, to: folder + "/sub/my pic.png")
      try OutputFiles.write(Self.png, to: outer + "/secret.png")
      try body(folder, folder + "/study.md")
    }
  }

  /// A picture of another machine is a link in every form.
  @Test func remotePicturesAreLinks() throws {
    let target = "http://127.0.0.1:8099/i.png"
    try withNotebook("# t\n\n![x](\(target))\n") { folder, notebook in
      for (format, text) in [
        ("markdown", "\n[x](\(target))\n"), ("html", "<a href=\"\(target)\">x</a>"),
        ("text", "x (\(target))"),
      ] {
        let out = Harness.analyze("notebook", notebook, Self.log, "--format", format).out
        #expect(out.contains(text) && !out.contains("![") && !out.contains("<img"), "\(out)")
      }
      #expect(
        Harness.analyze("notebook", notebook, Self.log, "-o", folder + "/out").status == 0)
      for name in ["study.md", "study.ipynb"] {
        let text = try String(contentsOfFile: "\(folder)/out/\(name)", encoding: .utf8)
        #expect(text.contains("[x](\(target))") && !text.contains("!["))
      }
    }
  }

  @Test func localPicturesAndCommentsGoThrough() throws {
    try withNotebook("<!-- mine -->\n\n![photo](sub/my%20pic.png)\n") { folder, notebook in
      let out = folder + "/out"
      let result = Harness.analyze("notebook", notebook, Self.log, "-o", out)
      #expect(result.status == 0, "\(result.err)")
      let pictures = try FileManager.default.contentsOfDirectory(atPath: out + "/pictures")
      #expect(pictures.count == 1 && pictures[0].hasPrefix("my-pic-"))
      let copy = try Data(contentsOf: URL(fileURLWithPath: "\(out)/pictures/\(pictures[0])"))
      #expect([UInt8](copy) == Self.png)
      let html = try String(contentsOfFile: out + "/study.html", encoding: .utf8)
      #expect(html.contains("<!-- mine -->"))
      #expect(html.contains("src=\"data:image/png;base64,\(Base64.encode(Self.png))\""))
      let markdown = try String(contentsOfFile: out + "/study.md", encoding: .utf8)
      #expect(markdown == "<!-- mine -->\n\n![photo](pictures/\(pictures[0]))\n")
      let jupyter = try String(contentsOfFile: out + "/study.ipynb", encoding: .utf8)
      #expect(jupyter.contains("attachment:\(pictures[0])"))
      #expect(
        Harness.analyze("notebook", notebook, Self.log, "--format", "markdown").out
          == "<!-- mine -->\n\n![photo](sub/my%20pic.png)\n")
      // A later run without it takes its copy away.
      try OutputFiles.write(Array("# t\n".utf8), to: notebook)
      #expect(Harness.analyze("notebook", notebook, Self.log, "-o", out).status == 0)
      try #expect(FileManager.default.contentsOfDirectory(atPath: out + "/pictures").isEmpty)
    }
  }

  @Test(arguments: [
    ("../secret.png", "lies outside"), ("sub/../../secret.png", "lies outside"),
    ("%2e%2e/secret.png", "lies outside"), ("link.png", "lies outside"),
    ("away/secret.png", "lies outside"), ("none.png", "is missing"), ("#x", "is missing"),
    ("study.md", "is not a picture"), ("script.svg", "is not a picture"),
    ("fifo.png", "is not a file"), ("sub", "is not a file"), ("large.png", "is not a file"),
    ("/etc/hostname", "is missing"), ("x%00.png", "is missing"),
  ])
  func whatMustNotBeShownIsNamed(_ target: String, _ reason: String) throws {
    try withNotebook("# t\n\n![alt](\(target))\n") { folder, notebook in
      let files = FileManager.default
      try files.createSymbolicLink(
        atPath: folder + "/link.png", withDestinationPath: "../secret.png")
      try files.createSymbolicLink(atPath: folder + "/away", withDestinationPath: "..")
      try OutputFiles.write(
        Array("<svg onload=\"alert(1)\"/>".utf8), to: folder + "/script.svg")
      #expect(mkfifo(folder + "/fifo.png", 0o600) == 0)
      try OutputFiles.write(Self.png, to: folder + "/large.png")
      #expect(truncate(folder + "/large.png", NotebookPictures.largest + 1) == 0)
      let result = Harness.analyze("notebook", notebook, Self.log, "--format", "html")
      #expect(result.status == 1)
      #expect(result.err.contains("study.md:3:1: error: the picture '\(target)' \(reason)"))
      #expect(result.out.contains("<p>alt</p>") && !result.out.contains("<img"))
    }
  }

  @Test func whatLinksInsideTheFolderIsShown() throws {
    try withNotebook("![a](link.png) ![b](./sub/../link.png?raw=1)\n") { folder, notebook in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.png", withDestinationPath: "sub/my pic.png")
      let result = Harness.analyze("notebook", notebook, Self.log, "--format", "html")
      #expect(result.status == 0, "\(result.err)")
      #expect(result.out.components(separatedBy: "<img").count == 3)
    }
  }

  @Test func allPicturesTogetherAreBounded() throws {
    let source = (0..<5).map { _ in "![a](big.png)" }.joined(separator: "\n\n")
    try withNotebook(source) { folder, notebook in
      try OutputFiles.write(Self.png, to: folder + "/big.png")
      #expect(truncate(folder + "/big.png", NotebookPictures.largest) == 0)
      var pictures = NotebookPictures(notebook: notebook)
      let target = try #require(LinkTarget("big.png"))
      let read = (0..<5).map { _ in (try? pictures.read(target).get()) != nil }
      #expect(read == [true, true, true, true, false])
    }
  }

  @Test func crossoverPredictsInACell() throws {
    let source = "```analyze\ncrossover --predict --flash quad/2\n```\n"
    try withNotebook(source) { _, notebook in
      let result = Harness.analyze("notebook", notebook, Self.log, width: 200)
      #expect(result.status == 0, "\(result.err)")
      #expect(result.out.contains("Predicted for") && result.out.contains("flash quad/2"))
    }
    for (line, words) in [
      ("crossover --flash quad/2", "there is no --predict"),
      ("crossover --predict --flash octal", "octal"),
      ("crossover --perdict", "Unknown option '--perdict'"),
    ] {
      try withNotebook("```analyze\n\(line)\n```\n") { _, notebook in
        let result = Harness.analyze("notebook", notebook, Self.log)
        #expect(result.status == 1 && result.err.contains(words), "\(result.err)")
      }
    }
  }
}
