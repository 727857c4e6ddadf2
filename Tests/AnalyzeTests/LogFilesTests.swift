import CZlib
import Foundation
import Support
import TestSupport
import Testing

@testable import analyze

/// One log under several names.
@Suite(.serialized) struct LogFilesTests {
  private static func draft(_ model: String, _ latency: Int, _ more: String = "") -> String {
    """
    log origin=measured
    machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000
    model id=1 name=\(model) dtype=fp32
    run id=1 machine=1 model=1\(more) unit=us latency=\(latency)

    """
  }

  private func withLogs(_ placed: String = " weights=sram", _ body: (String) throws -> Void) throws
  {
    try withFolder { folder in
      for (name, text) in [
        ("a", Self.draft("sww", 60000, placed)), ("b", Self.draft("proprietary", 252, placed)),
      ] {
        try OutputFiles.write(Array(text.utf8), to: folder + "/draft")
        let sealed = Harness.analyze("seal", folder + "/draft")
        #expect(sealed.status == 0, "\(sealed.err)")
        try OutputFiles.write(Array(sealed.out.utf8), to: "\(folder)/\(name).txt")
      }
      try body(folder)
    }
  }

  private func mean(_ result: CommandOutcome) -> Substring {
    let words = "Geometric mean over models of like rows: "
    let line = result.out.split(separator: "\n").first { $0.hasPrefix(words) }
    return line?.dropFirst(words.count).prefix(4) ?? "none"
  }

  private func runs(_ result: CommandOutcome) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    let runs = try #require(document?["runs"] as? [[String: Any]])
    return runs.filter { $0["origin"] as? String == "measured" }
  }

  @Test func everyNameOfALogCountsOnce() throws {
    try withLogs { folder in
      let (a, b) = ("\(folder)/a.txt", "\(folder)/b.txt")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.txt", withDestinationPath: a)
      try FileManager.default.linkItem(atPath: a, toPath: folder + "/twin.txt")
      try FileManager.default.copyItem(atPath: a, toPath: folder + "/copy.txt")
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: a)))
      let handle = try #require(gzopen(folder + "/a.txt.gz", "wb"))
      _ = bytes.withUnsafeBytes { gzwrite(handle, $0.baseAddress, UInt32($0.count)) }
      #expect(gzclose_w(handle) == Z_OK)
      let once = Harness.analyze("speedup", a, b, width: 200)
      #expect(mean(once) == "1.15", "\(once.out)")
      for (name, words) in [
        (a, "named more than once"), ("\(folder)/./a.txt", "is the same file as \(a)"),
        ("\(folder)/link.txt", "is the same file as \(a)"),
        ("\(folder)/twin.txt", "is the same file as \(a)"),
        ("\(folder)/copy.txt", "has the same content as \(a)"),
        ("\(folder)/a.txt.gz", "has the same content as \(a)"),
      ] {
        let twice = Harness.analyze("speedup", a, name, b, width: 200)
        #expect(twice.out == once.out && twice.status == 0)
        #expect(twice.err.contains("\(name): note: \(words); it counts once\n"), "\(twice.err)")
        let json = Harness.analyze("speedup", a, name, b, "--format", "json")
        #expect(json.out.contains("it counts once"))
      }
    }
  }

  /// An editor or a transfer may change the ends of lines, and add a blank one.
  @Test func otherLineEndsDoNotMakeAnotherLog() throws {
    try withLogs { folder in
      let a = folder + "/a.txt"
      let text = try String(contentsOfFile: a, encoding: .utf8)
      let once = Harness.analyze("runs", a, "--format", "json")
      let lines = text.split(whereSeparator: \.isNewline)
      for ends in ["\r\n", "\n"] {
        let copy = lines.map { $0 + ends }.joined() + ends
        try OutputFiles.write(Array(copy.utf8), to: folder + "/copy.txt")
        let twice = Harness.analyze("runs", a, folder + "/copy.txt", "--format", "json")
        #expect(twice.err.contains("copy.txt: note: has the same content as \(a); it counts once"))
        try #expect(runs(twice).count == runs(once).count)
      }
    }
  }

  @Test func anotherLogIsNoCopy() throws {
    try withLogs { folder in
      let text = try String(contentsOfFile: folder + "/a.txt", encoding: .utf8)
      try OutputFiles.write(Array((text + "more\n").utf8), to: folder + "/c.txt")
      let result = Harness.analyze(
        "runs", folder + "/a.txt", folder + "/c.txt", "--format", "json")
      #expect(!result.err.contains("counts once"))
      try #expect(runs(result).count == 2)
    }
  }

  /// The name that says more is kept, wherever it stands.
  @Test func theNameThatSaysMoreIsKept() throws {
    try withLogs("") { folder in
      let (plain, said) = ("\(folder)/a.txt", "\(folder)/a_sram.txt")
      try FileManager.default.copyItem(atPath: plain, toPath: said)
      for names in [[plain, said], [said, plain]] {
        let result = Harness.analyze(["runs"] + names + ["--format", "json"])
        #expect(result.err.contains("\(plain): note: has the same content as \(said)"))
        try #expect(runs(result).map { $0["weights"] as? String } == ["sram"])
      }
    }
  }

  /// Counts of an emulator are the same in two configurations, which only the names tell apart.
  @Test func namesThatContradictAreTwoConfigurations() throws {
    try withLogs("") { folder in
      let (flash, sram) = ("\(folder)/a_flash.txt", "\(folder)/a_sram.txt")
      try FileManager.default.copyItem(atPath: "\(folder)/a.txt", toPath: flash)
      try FileManager.default.createSymbolicLink(atPath: sram, withDestinationPath: flash)
      let result = Harness.analyze("runs", flash, sram, "--format", "json")
      try #expect(runs(result).count == 2)
      #expect(
        result.err.contains(
          "\(sram): warning: has the same content as \(flash), but is said to be of weights=sram, "
            + "not flash; both count"), "\(result.err)")
      try FileManager.default.copyItem(atPath: "\(folder)/a.txt", toPath: "\(folder)/c.txt")
      try OutputFiles.write(Array("weights = \"flash\"\n".utf8), to: "\(folder)/a.toml")
      try OutputFiles.write(Array("weights = \"sram\"\n".utf8), to: "\(folder)/c.toml")
      let sidecars = Harness.analyze("runs", "\(folder)/a.txt", "\(folder)/c.txt")
      #expect(sidecars.err.contains("both count"))
      let same = Harness.analyze("runs", "\(folder)/a.txt", flash)
      #expect(same.err.contains("it counts once"))
    }
  }

  /// What the log itself says, its names do not change.
  @Test func aNameDoesNotMakeTwoOfWhatTheLogSays() throws {
    try withLogs { folder in
      for name in ["a_flash.txt", "a_sram.txt"] {
        try FileManager.default.copyItem(atPath: "\(folder)/a.txt", toPath: "\(folder)/\(name)")
      }
      let result = Harness.analyze("runs", "\(folder)/a_flash.txt", "\(folder)/a_sram.txt")
      #expect(result.err.contains("it counts once"))
    }
  }

  @Test func aReferenceMayBeALog() throws {
    try withLogs { folder in
      let (a, b) = ("\(folder)/a.txt", "\(folder)/b.txt")
      let result = Harness.analyze("speedup", a, b, "--reference", a, width: 200)
      #expect(result.status == 0)
      #expect(result.out.contains("1.000"))
      #expect(result.err.contains("\(a): note: is the reference and a log"))
    }
  }

  @Test func standardInputIsOneOfTheNames() throws {
    try withLogs { folder in
      let (a, b) = ("\(folder)/a.txt", "\(folder)/b.txt")
      let saved = dup(STDIN_FILENO)
      defer {
        dup2(saved, STDIN_FILENO)
        close(saved)
      }
      for names in [["-", "-", b], ["-", a, b], [a, "-", b], ["-", "/dev/stdin", b]] {
        let descriptor = open(a, O_RDONLY)
        dup2(descriptor, STDIN_FILENO)
        close(descriptor)
        let result = Harness.analyze(["speedup"] + names, width: 200)
        #expect(mean(result) == "1.15" && result.status == 0, "\(names): \(result.out)")
        #expect(result.err.contains("it counts once"))
      }
    }
  }

  @Test func emptyAndUnreadableFilesAreEachReported() throws {
    try withFolder { folder in
      for name in ["a", "b"] { try OutputFiles.write([], to: "\(folder)/\(name).txt") }
      let result = Harness.analyze("runs", "\(folder)/a.txt", "\(folder)/b.txt")
      #expect(result.err.contains("a.txt: error: the file is empty"))
      #expect(result.err.contains("b.txt: error: the file is empty"))
    }
  }
}
