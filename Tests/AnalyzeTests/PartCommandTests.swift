import Foundation
import Support
import TestSupport
import Testing

@testable import analyze

/// Reports from parts against reports from logs.
@Suite(.serialized) struct PartCommandTests {
  /// Reduces each group of logs to a part, in a folder of its own.
  private func reduced(
    _ groups: [[String]], _ more: [String] = [], in folder: String
  ) -> [String] {
    groups.enumerated().map { i, logs in
      let path = "\(folder)/\(i).part"
      let result = Harness.analyze(["reduce"] + logs + more + ["-o", path])
      #expect(result.out.isEmpty && result.status < 2, "\(result.err)")
      return path
    }
  }

  /// What the logs give, the groups of them give, too.
  private func expectEqual(
    _ groups: [[String]], _ more: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withFolder { folder in
      let parts = reduced(groups, in: folder)
      let whole = Harness.analyze(groups.flatMap(\.self) + more)
      let merged = Harness.analyze(["merge"] + parts + more)
      #expect(merged.out == whole.out, sourceLocation: sourceLocation)
      #expect(merged.err == whole.err, sourceLocation: sourceLocation)
      #expect(merged.status == whole.status, sourceLocation: sourceLocation)
    }
  }

  /// Logs of every dialect.
  private static let fixtures: [String] = {
    let folder = "Tests/IngestTests/Fixtures"
    let names = (try? Files.names(Checkout.path(folder))) ?? []
    return names.filter { $0.hasSuffix(".txt") }.map { "\(folder)/\($0)" }
  }()

  @Test(arguments: [[], ["--format", "json", "--reference", "none"]])
  func theExamplesAreEqual(more: [String]) throws {
    try expectEqual(Harness.logs.map { [$0] }, more)
  }

  @Test func everyDialectIsEqual() throws {
    let half = Self.fixtures.count / 2
    let groups = [Array(Self.fixtures[..<half]), Array(Self.fixtures[half...])]
    try expectEqual(groups, ["--format", "json"])
    try expectEqual(Self.fixtures.map { [$0] }, ["--format", "text", "--set", "board=pico2"])
  }

  @Test(arguments: 1...4) func damagedLogsInRandomSplitsAreEqual(seed: UInt64) throws {
    var random = SplitMix(seed)
    try withFolder { folder in
      var groups: [[String]] = [[]]
      for (i, path) in (Self.fixtures + Harness.published).shuffled(using: &random).enumerated() {
        var bytes = try Checkout.bytes(path)
        for _ in 0..<max(1, bytes.count / 100) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        let copy = "\(folder)/\(i).txt"
        try Files.write(bytes, copy)
        if Int.random(in: 0..<3, using: &random) == 0 { groups.append([]) }
        groups[groups.count - 1].append(copy)
      }
      groups.removeAll(where: \.isEmpty)
      try expectEqual(groups, ["--format", "json"])
    }
  }

  @Test func anotherOrderIsThatOfTheParts() throws {
    try expectEqual(Harness.logs.reversed().map { [$0] }, ["--format", "json"])
  }

  @Test func whatIsNamedTwiceOrCopiedCountsOnce() throws {
    try withFolder { folder in
      let log = Harness.published[0]
      let (copy, link, twin) = ("\(folder)/copy.txt", "\(folder)/link.txt", "\(folder)/sram.txt")
      try Files.write(try Checkout.bytes(log), copy)
      try Files.write(Array("weights = \"sram\"\n".utf8), "\(folder)/sram.toml")
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: copy)
      try FileManager.default.createSymbolicLink(atPath: twin, withDestinationPath: copy)
      for logs in [
        [log, copy, link], [log, log, copy], [copy, link, twin, link],
        ["absent.txt", "absent.txt"],
      ] {
        try expectEqual(logs.map { [$0] }, ["--format", "json"])
        try expectEqual([logs, Array(logs.reversed())], ["--format", "json"])
        try expectEqual([[log, logs[1]], [logs[0], copy]], ["--format", "json"])
      }
    }
  }

  /// Two machines may keep logs of one name.
  @Test func logsOfOneNameAndOtherLinesBothCount() throws {
    try withFolder { folder in
      let log = "\(folder)/log.txt"
      var parts: [String] = []
      for (i, name) in Harness.published.enumerated() {
        try Files.write(try Checkout.bytes(name), log)
        parts.append("\(folder)/\(i).part")
        #expect(Harness.analyze("reduce", log, "-o", parts[i]).status == 0)
      }
      let merged = Harness.analyze(["merge"] + parts)
      #expect(merged.err.contains("\(log): note: is the name of two logs whose lines differ"))
      #expect(merged.err.components(separatedBy: "both count").count == parts.count)
    }
  }

  @Test func settingsMayBeGivenToEitherStep() throws {
    try withFolder { folder in
      let log = "Tests/IngestTests/Fixtures/tflm-application.txt"
      let set = ["--set", "board=pico2", "--set", "clock=150MHz", "--set", "model=kws"]
      let whole = Harness.analyze([log] + set)
      let early = reduced([[log]], set, in: folder)
      #expect(Harness.analyze(["merge"] + early).out == whole.out)
      #expect(Harness.analyze(["merge"] + early + set).out == whole.out)
      let late = reduced([[log]], in: folder)
      #expect(Harness.analyze(["merge"] + late + set).out == whole.out)
      #expect(Harness.analyze(["merge"] + late).out != whole.out)
    }
  }

  @Test func sectionsAndReduceTakeParts() throws {
    try withFolder { folder in
      let parts = reduced([[Harness.published[0]]], in: folder)
      let logs = Array(Harness.published.dropFirst())
      for command in [["speedup", "--format", "csv"], ["runs"]] {
        #expect(
          Harness.analyze(command + parts + logs).out
            == Harness.analyze(command + Harness.published).out)
      }
      let again = Harness.analyze(["reduce"] + parts + logs)
      #expect(again.out == Harness.analyze(["reduce"] + Harness.published).out)
    }
  }

  /// Its lines come from elsewhere; its name, and what stands beside it, say what they say of a file.
  @Test func aNamedStreamIsTheLogOfThatName() throws {
    try withFolder { folder in
      let (log, part) = ("\(folder)/rp2350plus_kws_int8.txt", "\(folder)/kws.part")
      try Files.write(try Checkout.bytes("Tests/IngestTests/Fixtures/tflm-application.txt"), log)
      try Files.write(Array("weights = \"sram\"\n".utf8), "\(folder)/rp2350plus_kws_int8.toml")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = ["reduce", "-", "--name", log, "-o", part]
      process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: log))
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      for more in [[log], Harness.logs] {
        let (whole, merged) = (
          Harness.analyze([log] + more),
          Harness.analyze(["merge", part] + reduced([more], in: folder))
        )
        #expect(merged.out == whole.out && merged.status == whole.status)
      }
    }
  }

  @Test func aDamagedPartIsAnErrorAndTheRestCounts() throws {
    try withFolder { folder in
      let parts = reduced(Harness.published.map { [$0] }, in: folder)
      var bytes = try Files.bytes(parts[0])
      bytes[bytes.count / 2] ^= 4
      try Files.write(bytes, parts[0])
      let merged = Harness.analyze(["merge"] + parts + ["--format", "json"])
      #expect(merged.status == 1)
      #expect(merged.err.contains("\(parts[0]): error: is damaged"))
      #expect(merged.out.contains("damaged-part") && merged.out.contains("\"sww\""))
      let report = "\(folder)/report"
      #expect(Harness.analyze(["merge"] + parts + ["-o", report]).status == 1)
      #expect(OutputFiles.kind(of: report) == nil)
      let log = Harness.analyze("merge", Harness.published[0])
      #expect(log.status == 1)
      #expect(log.err.contains("is not a part of logs\n  Make one of the log first"))
    }
  }

  @Test func argumentsThatMakeNoSenseAreRefused() throws {
    for (arguments, words) in [
      (["merge"], "no part is named"), (["reduce"], "no log is named"),
      (["reduce", "-o", Harness.published[0], Harness.published[1]], "is a log"),
      (["reduce", "-o", Harness.published[0], Harness.published[0]], "would replace the input"),
      (["reduce", Harness.published[0], "--name", "kws.txt"], "which is not read here"),
      (["reduce", "-", "--name", ""], "is empty"),
    ] {
      let result = Harness.analyze(arguments)
      #expect(result.status == 2 && result.err.contains(words), "\(result.err)")
    }
  }

  /// What README shows, in a folder with the example logs.
  @Test func readmeMakesPartsAtOnce() throws {
    let script = try Checkout.text("README.md").components(separatedBy: "```")
      .enumerated().filter { $0.offset % 2 == 1 }
      .flatMap { $0.element.split(separator: "\n") }
      .filter { $0.contains("farm/*") && $0.contains("analyze") }
    #expect(script.count == 2)
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/farm", withIntermediateDirectories: true)
      for log in Harness.logs {
        try Files.write(try Checkout.bytes(log), "\(folder)/farm/\(log.dropFirst(5))")
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      let bin = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
      let commands = ["set -e", "PATH=\(bin):$PATH"] + script + ["analyze farm/*.txt -o whole"]
      process.arguments = ["-c", commands.joined(separator: "\n")]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      for name in ["report.html", "report.md", "analysis.json"] {
        #expect(try Files.text("\(folder)/report/\(name)") == Files.text("\(folder)/whole/\(name)"))
      }
    }
  }
}
