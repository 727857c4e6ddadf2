import Foundation
import TestSupport
import Testing

@testable import analyze

/// What is written where, and what is refused.
@Suite(.serialized) struct FileOutputTests {
  @Test func notebookIsNeverWrittenOver() throws {
    try withFile("study.md", "# S\n\n```analyze\nplacement\n```\n") { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let before = try Files.text(path)
      // The second form leads to the same file by another way.
      for out in [folder, folder + "/../" + URL(fileURLWithPath: folder).lastPathComponent] {
        let result = Harness.analyze(["notebook", path] + Harness.logs + ["-o", out])
        #expect(result.status == 2)
        #expect(result.err.contains("would replace the input"), "\(result.err)")
        #expect(result.err.contains("Choose another place with -o"))
      }
      try #expect(Files.text(path) == before)
      try #expect(Files.names(folder) == ["study.md"])
    }
  }

  @Test func linkToTheNotebookIsTheNotebook() throws {
    try withFile("study.md", "# S\n") { path in
      try withFolder { folder in
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/study.md", withDestinationPath: path)
        let result = Harness.analyze(["notebook", path] + Harness.logs + ["-o", folder])
        #expect(result.status == 2)
        try #expect(Files.text(path) == "# S\n")
      }
    }
  }

  @Test func logIsNeverWrittenOver() throws {
    let log = try Files.text(Checkout.path("logs/rp2350_tinyml.txt"))
    try withFile("my.txt", log) { path in
      let result = Harness.analyze("runs", path, "-o", path)
      #expect(result.status == 2)
      try #expect(Files.text(path) == log)
    }
  }

  @Test func folderOfANotebookHoldsItsTablesOnly() throws {
    let source = """
      # S

      ```analyze
      speedup --filter model=kws
      runs
      speedup --filter model=ad
      ```

      | a |
      |---|
      | 1 |
      """
    try withFile("study.md", source) { path in
      try withFolder { folder in
        let command = ["notebook", path] + Harness.logs + ["-o", folder]
        #expect(Harness.analyze(command).status == 0)
        try #expect(
          Files.names(folder) == [
            ".analyze-manifest", "study.html", "study.ipynb", "study.json", "study.md", "tables",
          ])
        let tables = try Files.names(folder + "/tables")
        for name in ["runs.csv", "runs-files.csv", "speedup.csv", "speedup-2.csv", "table.csv"] {
          #expect(tables.contains(name), "\(tables)")
        }
        #expect(
          tables.allSatisfy { $0.hasPrefix("speedup") || $0.hasPrefix("runs") || $0 == "table.csv" }
        )
        let first = try Files.text(folder + "/tables/speedup.csv")
        #expect(first.contains("KWS") && !first.contains("AD,"))
        let second = try Files.text(folder + "/tables/speedup-2.csv")
        #expect(second.contains("AD,") && !second.contains("KWS"))
      }
    }
  }

  @Test func oldTableThatIsAnInputStays() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/tables", withIntermediateDirectories: true)
      let reference = folder + "/tables/mine.csv"
      try FileManager.default.copyItem(
        atPath: Checkout.path("data/published-results.csv"), toPath: reference)
      let result = Harness.analyze(
        Harness.logs + ["--reference", reference, "-o", folder])
      #expect(result.status == 2)
      try #expect(Files.names(folder) == ["tables"])
    }
  }

  @Test(arguments: ["summary", "findings"]) func proseHasNoCSV(section: String) {
    let result = Harness.analyze([section] + Harness.logs + ["--format", "csv"])
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.err.contains("has no CSV form"))
    #expect(result.err.contains("--format json"))
  }

  @Test func tableThatIsEmptyIsNoResult() {
    let result = Harness.analyze(
      ["placement"] + Harness.logs + ["--filter", "model=kws", "--format", "csv"])
    #expect(result.status == 1)
    #expect(result.out.isEmpty)
    #expect(result.err.contains("has no table for these logs"))
  }

  @Test func numbersHaveNoBinaryResidue() {
    let result = Harness.analyze(
      ["speedup"] + Harness.logs + ["--filter", "model=kws", "--format", "csv"])
    #expect(result.out.contains("KWS,int8,flash,60.4,"))
  }

  @Test(arguments: [
    [UInt8](repeating: 0, count: 8), [0x23, 0x20, 0xFF, 0x0A], [0x7F, 0x45, 0x00],
  ])
  func binaryFileIsNoNotebook(bytes: [UInt8]) throws {
    try withFolder { folder in
      let path = folder + "/x.md"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      for command in [["notebook", path] + Harness.logs, ["seal", path]] {
        let result = Harness.analyze(command)
        #expect(result.status == 2)
        #expect(result.out.isEmpty)
        #expect(result.err.contains("it is not UTF-8 text"), "\(result.err)")
      }
    }
  }

  @Test func notebookThatCannotBeReadSaysWhy() {
    let absent = Harness.analyze(["notebook", "absent.md"] + Harness.logs)
    #expect(absent.err.contains("cannot be read: there is no such file or folder"))
    let folder = Harness.analyze(["notebook", "logs"] + Harness.logs)
    #expect(folder.status == 2)
    #expect(folder.err.contains("cannot be read: it is a folder"))
  }

  @Test func obstaclesAreNamed() throws {
    try withFile("file", "x") { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let onFolder = Harness.analyze(["speedup"] + Harness.logs + ["-o", folder])
      #expect(onFolder.status == 1)
      #expect(onFolder.err.contains("cannot be written: it is a folder"), "\(onFolder.err)")
      for target in [path, path + "/x"] {
        let result = Harness.analyze(Harness.logs + ["-o", target])
        #expect(result.status == 1)
        #expect(result.err.contains("'\(path)' is a file, not a folder"), "\(result.err)")
      }
      let section = Harness.analyze(["runs"] + Harness.logs + ["-o", path + "/x/y"])
      #expect(section.err.contains("'\(path)' is a file, not a folder"), "\(section.err)")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func missingPermissionIsNamed() throws {
    try withFolder { folder in
      chmod(folder, 0o500)
      defer { chmod(folder, 0o700) }
      let result = Harness.analyze(["runs"] + Harness.logs + ["-o", folder + "/x.txt"])
      #expect(result.status == 1)
      #expect(result.err.contains("permission denied"))
    }
  }

  /// `-o /dev/null` must not put a file in the place of the device.
  @Test func deviceStaysADevice() {
    let result = Harness.analyze(["runs"] + Harness.logs + ["-o", "/dev/null"])
    #expect(result.status == 0)
    var status = stat()
    #expect(stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  #if os(Linux)
  @Test func fullDeviceIsAFailure() throws {
    let result = Harness.analyze(["runs"] + Harness.logs + ["-o", "/dev/full"])
    #expect(result.status == 1)
    #expect(result.err.contains("No space left on device"))
  }
  #endif

  @Test(arguments: [
    [], ["report"], ["runs"], ["speedup"], ["operators"], ["placement"], ["attribute"],
    ["findings"], ["summary"], ["notebook"], ["seal"],
  ])
  func examplesAreNotWrapped(command: [String]) {
    let lines = Harness.analyze(command + ["--help"]).out.components(separatedBy: "\n")
    let examples = lines.drop { $0 != "EXAMPLES" }.dropFirst().prefix { !$0.isEmpty }
    #expect(!examples.isEmpty)
    // A manual page of 78 columns indents by five.
    for line in examples {
      #expect(line.hasPrefix("  ") && line.count <= 73, "\(line)")
    }
  }
}
