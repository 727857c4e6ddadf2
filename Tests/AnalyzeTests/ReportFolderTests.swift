import Foundation
import Support
import Synchronization
import TestSupport
import Testing

@testable import analyze

/// A folder of results that is written again.
@Suite(.serialized) struct ReportFolderTests {
  private static func put(_ text: String, _ path: String) throws {
    try OutputFiles.write(Array(text.utf8), to: path)
  }

  /// Runs a notebook of these commands into the folder.
  private func run(_ commands: String, into folder: String) throws -> CommandOutcome {
    try withFile("study.md", "# S\n\n```analyze\n\(commands)\n```\n") { path in
      Harness.analyze("notebook", path, "logs/rp2350_sram.txt", "-o", folder)
    }
  }

  @Test func foreignFilesStayAndAreNamed() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/tables/kept.csv", withIntermediateDirectories: true)
      try Self.put("a", folder + "/tables/mine.csv")
      try Self.put("a", folder + "/tables/notes.txt")
      let first = try run("speedup", into: folder)
      #expect(first.status == 0)
      #expect(
        first.err.contains("\(folder)/tables/mine.csv: note: was not written by this run"))
      try #expect(
        Files.names(folder + "/tables") == ["kept.csv", "mine.csv", "notes.txt", "speedup.csv"])
      // What the first run wrote goes, with the note; what it did not, stays.
      let second = try run("runs", into: folder)
      #expect(second.err.contains("mine.csv: note"))
      try #expect(
        Files.names(folder + "/tables")
          == ["kept.csv", "mine.csv", "notes.txt", "runs-files.csv", "runs.csv"])
    }
  }

  @Test func aForeignFileIsNotReplacedWithoutAWord() throws {
    try withFolder { folder in
      for name in ["runs.csv", "runs-files.csv"] { try Self.put("a", "\(folder)/tables/\(name)") }
      let first = try run("runs", into: folder)
      #expect(
        first.err.contains(
          "\(folder)/tables/runs-files.csv and 1 other file: note: an earlier run did not write them, and "
            + "this one replaced them\n"), "\(first.err)")
      let again = try run("runs", into: folder)
      #expect(!again.err.contains("replaced"))
    }
  }

  @Test func aTableThatWasChangedStays() throws {
    try withFolder { folder in
      _ = try run("speedup", into: folder)
      try Self.put("my own numbers", folder + "/tables/speedup.csv")
      let again = try run("runs", into: folder)
      #expect(again.err.contains("tables/speedup.csv: note"))
      try #expect(Files.names(folder + "/tables") == ["runs-files.csv", "runs.csv", "speedup.csv"])
    }
  }

  @Test func theSameRunChangesNothing() throws {
    try withFolder { folder in
      let first = try run("roofline", into: folder)
      let manifest = try String(contentsOfFile: folder + "/.analyze-manifest", encoding: .utf8)
      let plots = try Files.names(folder + "/plots")
      let again = try run("roofline", into: folder)
      #expect(first.err == again.err && !again.err.contains("note: was not"))
      try #expect(
        String(contentsOfFile: folder + "/.analyze-manifest", encoding: .utf8) == manifest)
      try #expect(Files.names(folder + "/plots") == plots && !plots.isEmpty)
      for name in plots { #expect(manifest.contains(" plots/\(name)\n")) }
    }
  }

  /// A manifest may come with somebody else's folder.
  @Test func aHostileManifestRemovesNothingElse() throws {
    try withFolder { outer in
      let folder = outer + "/out"
      let victims = [
        "\(outer)/victim.csv", "\(folder)/victim.csv", "\(folder)/tables/deep/victim.csv",
        "\(folder)/tables/.victim.csv", "\(folder)/tables/victim.txt", "\(folder)/victim",
        "\(outer)/elsewhere/x.svg", "\(outer)/linked.csv",
      ]
      for victim in victims { try Self.put("x", victim) }
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/plots", withDestinationPath: outer + "/elsewhere")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/tables/link.csv", withDestinationPath: outer + "/linked.csv")
      try Self.put("mine", folder + "/tables/mine.csv")
      let paths = [
        "../victim.csv", "/etc/hostname", "\(outer)/victim.csv", "victim.csv", "victim",
        "tables/../../victim.csv", "tables/deep/victim.csv", "tables/.victim.csv",
        "tables/victim.txt", "tables/link.csv", "plots/x.svg", "tables//victim.csv", "tables/",
        "tables/mine.csv", "tables/..", "./tables/mine.csv",
      ]
      let lines = paths.map {
        ReportManifest.Entry(path: $0, bytes: Array("x".utf8)).line
      }
      try Self.put(
        "pico2-benchmark results 2\n" + lines.joined() + "x\n-1 -1 tables/mine.csv\n",
        folder + "/.analyze-manifest")
      #expect(try run("placement\nspeedup", into: folder).status == 0)
      for victim in victims { #expect(FileManager.default.fileExists(atPath: victim), "\(victim)") }
      let kept = try Files.names(folder + "/tables")
      #expect(kept.contains("mine.csv") && kept.contains("link.csv"))
    }
  }

  @Test func aManifestThatIsALinkIsNotFollowed() throws {
    try withFolder { outer in
      try Self.put("precious", outer + "/precious")
      try FileManager.default.createDirectory(
        atPath: outer + "/out", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: outer + "/out/.analyze-manifest", withDestinationPath: outer + "/precious")
      _ = try run("speedup", into: outer + "/out")
      try #expect(String(contentsOfFile: outer + "/precious", encoding: .utf8) == "precious")
      #expect(OutputFiles.kind(of: outer + "/out/.analyze-manifest", followsLinks: false) == .file)
    }
  }

  @Test func anInputThatWouldBeReplacedIsRefused() throws {
    try withFolder { folder in
      _ = try run("speedup", into: folder)
      let table = folder + "/plots/roofline.svg"
      try FileManager.default.createDirectory(
        atPath: folder + "/plots", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: Checkout.path("logs/rp2350_sram.txt"), toPath: table)
      try withFile("study.md", "```analyze\nroofline\n```\n") { path in
        let drawn = Harness.analyze("notebook", path, "logs/rp2350_sram.txt", "-o", folder)
        let name = try #require(
          try Files.names(folder + "/plots").first { $0.hasSuffix(".svg") && $0 != "roofline.svg" })
        #expect(drawn.status == 0)
        try FileManager.default.removeItem(atPath: "\(folder)/plots/\(name)")
        try FileManager.default.copyItem(atPath: table, toPath: "\(folder)/plots/\(name)")
        let result = Harness.analyze("notebook", path, "\(folder)/plots/\(name)", "-o", folder)
        #expect(result.status == 2)
        #expect(result.err.contains("would replace the input"), "\(result.err)")
      }
    }
  }

  /// A name of 240 characters stands in tables and figures, and is cut in the names of their files only.
  @Test func aLongModelNameIsCutInFileNamesOnly() throws {
    let name = String(repeating: "m", count: 240)
    let draft = """
      log origin=measured
      machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000
      model id=1 name=\(name)a dtype=int8
      model id=2 name=\(name)a dtype=fp32
      model id=3 name=\(name)b dtype=int8
      model id=4 name=\(name)b dtype=fp32
      run id=1 machine=1 model=1 unit=us latency=1000
      op run=1 index=0 kind=CONV_2D time=900
      run id=2 machine=1 model=2 unit=us latency=1000
      op run=2 index=0 kind=CONV_2D time=900
      run id=3 machine=1 model=3 unit=us latency=1000
      op run=3 index=0 kind=CONV_2D time=900
      run id=4 machine=1 model=4 unit=us latency=1000
      op run=4 index=0 kind=CONV_2D time=900

      """
    try withFile("draft.txt", draft) { path in
      let sealed = Harness.analyze("seal", path)
      #expect(sealed.status == 0, "\(sealed.err)")
      try withFile("log.txt", sealed.out) { log in
        try withFolder { folder in
          let result = Harness.analyze(log, "-o", folder)
          #expect(result.status == 0, "\(result.err)")
          let written = try Files.names(folder)
          for name in ["report.html", "report.md", "report.ipynb", "analysis.json"] {
            #expect(written.contains(name))
          }
          let tables = try Files.names(folder + "/tables")
          let cut = tables.filter { $0.contains("mmmm") }
          #expect(cut.count >= 4, "\(tables)")
          #expect(cut.allSatisfy { $0.utf8.count <= 143 })
          let document = try String(contentsOfFile: folder + "/analysis.json", encoding: .utf8)
          #expect(document.contains(name + "a") && document.contains(name + "b"))
        }
      }
    }
  }

  /// A long name of a notebook names four files.
  @Test func aLongNameOfANotebookIsCut() throws {
    try withFile(String(repeating: "n", count: 250) + ".md", "# S\n") { path in
      try withFolder { folder in
        let result = Harness.analyze("notebook", path, "logs/rp2350_sram.txt", "-o", folder)
        #expect(result.status == 0, "\(result.err)")
        let names = try Files.names(folder).map { ($0 as NSString).deletingPathExtension }
        #expect(names.count == 4 && Set(names).count == 1, "\(names)")
      }
    }
  }

  /// A process that is killed leaves its temporary files, in each folder it wrote to.
  @Test func abandonedTemporaryFilesGo() throws {
    try withFolder { folder in
      let left = [".analyze-4194304-0", "tables/.analyze-1-99", "plots/.analyze-\(getpid())-0"]
      let kept = [".analyze-manifest-1", ".analyze-x-1", "tables/.analyze-12", ".analyze-1-2-3"]
      for name in left + kept { try Data("x".utf8).write(to: try Self.made(folder, name)) }
      // A process that still writes holds a lock.
      let held = open(folder + "/tables/.analyze-77-0", O_CREAT | O_WRONLY, 0o666)
      #expect(flock(held, LOCK_EX) == 0)
      defer { close(held) }
      #expect(try run("roofline", into: folder).status == 0)
      for name in left {
        #expect(!FileManager.default.fileExists(atPath: folder + "/" + name), "\(name)")
      }
      for name in kept + ["tables/.analyze-77-0"] {
        #expect(FileManager.default.fileExists(atPath: folder + "/" + name), "\(name)")
      }
    }
  }

  private static func made(_ folder: String, _ name: String) throws -> URL {
    let url = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    return url
  }
}
