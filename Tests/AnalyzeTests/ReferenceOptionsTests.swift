import Foundation
import TestSupport
import Testing

@testable import analyze

/// What `--set`, `--set-reference`, `--filter` and a repeated `--reference` do to the other side of a
/// comparison.
@Suite(.serialized) struct ReferenceOptionsTests {
  private static func block(_ ticks: Int) -> String {
    "CONV_2D took \(ticks) ticks (\(ticks / 1000) ms).\nSOFTMAX took 80 ticks (0 ms).\n"
  }

  /// Runs `analyze` with files of a folder; an argument `@NAME` is the path of NAME.
  private func analyze(_ files: [String: String], _ arguments: [String]) throws -> CommandOutcome {
    try withFolder { folder in
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      return Harness.analyze(
        arguments.map { $0.hasPrefix("@") ? "\(folder)/\($0.dropFirst())" : $0 }, width: 400)
    }
  }

  private func document(_ files: [String: String], _ arguments: [String]) throws -> [String: Any] {
    let out = try analyze(files, arguments + ["--format", "json"]).out
    return try #require(
      JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any], "\(out)")
  }

  private func ratios(_ document: [String: Any]) -> [Double] {
    (document["speedups"] as? [[String: Any]] ?? []).compactMap { $0["ratio"] as? Double }
  }

  private let twoBuilds = ["old.txt": block(20_100), "new.txt": block(10_040)]
  private let comparison = ["speedup", "@new.txt", "--reference", "@old.txt"]

  @Test func modelDtypeAndTickReachBothSides() throws {
    for more in [[], ["--set", "dtype=int8"]] {
      let result = try document(
        twoBuilds, comparison + ["--set", "model=kws", "--set", "tick=us"] + more)
      #expect(ratios(result) == [10_120.0 / 20_180])
      let references = try #require(result["references"] as? [[String: Any]])
      #expect(references.map { $0["dtype"] as? String } == [more.isEmpty ? nil : "int8"])
    }
  }

  @Test func otherKeysReachTheReferenceByTheirOwnOptionOnly() throws {
    let both = comparison + ["--set", "model=kws", "--set", "tick=us", "--set", "clock=150MHz"]
    let without = try document(twoBuilds, both)
    let first = try #require((without["speedups"] as? [[String: Any]])?.first)
    #expect(first["per_cycle"] == nil)
    let reasons = try #require(first["reasons"] as? [String: String])
    #expect(try #require(reasons["per_cycle"]).contains("--set-reference clock=150MHz"))
    let with = try document(twoBuilds, both + ["--set-reference", "clock=75MHz"])
    let second = try #require((with["speedups"] as? [[String: Any]])?.first)
    #expect(second["per_cycle"] as? Double == 10_120.0 / 20_180 * 2)
    let reference = try #require((with["references"] as? [[String: Any]])?.first)
    let clock = (reference["configuration"] as? [String: [String: String]])?["clock"]
    #expect(clock?["known"] == "from --set-reference")
  }

  /// A sidecar of the reference, its name and the log itself say something; `--set` fills, and no more.
  @Test func setNeverOverridesWhatTheReferenceSays() throws {
    var files = twoBuilds
    files["old.toml"] = "model = \"kws\"\ntick = \"2us\"\ndtype = \"int8\"\n"
    let sets = ["--set", "model=kws", "--set", "tick=us", "--set", "dtype=int8"]
    #expect(try ratios(document(files, comparison + sets)) == [10_120.0 / 40_360])
    files["old.toml"] = "model = \"ad\"\n"
    let other = try analyze(files, comparison + sets)
    #expect(other.status == 1)
    #expect(other.err.contains("the reference has no result for 'kws'"))
    files["old.toml"] = nil
    files["old_fp32.txt"] = files["old.txt"]
    let named = try document(
      files, ["speedup", "@new.txt", "--reference", "@old_fp32.txt"] + sets)
    let references = try #require(named["references"] as? [[String: Any]])
    #expect(references.first?["dtype"] as? String == "fp32")
    #expect(ratios(named).isEmpty)
    // A log that says its tick keeps it.
    files["old.txt"] = SlowInt8Tests.console(500_000)
    let said = try document(
      files, comparison + ["--set", "model=kws", "--set", "dtype=int8", "--set", "tick=4us"])
    let times = (said["references"] as? [[String: Any]])?.compactMap {
      ($0["latency"] as? [String: Any])?["seconds"] as? Double
    }
    #expect(times == [0.5])
  }

  @Test func theBundledReferenceIsLeftAlone() throws {
    let result = try document(
      twoBuilds, ["speedup", "@new.txt", "--set", "model=kws", "--set", "tick=us"])
    let models = (result["references"] as? [[String: Any]])?.compactMap { $0["model"] as? String }
    #expect(models?.contains("ad") == true)
  }

  @Test func errorsNameTheOptions() throws {
    let unnamed = try analyze(
      twoBuilds.merging(["new.toml": "model = \"kws\"\ntick = \"us\"\n"]) { $1 }, comparison)
    #expect(unnamed.status == 1)
    for option in ["--set model=NAME", "--set-reference model=NAME"] {
      #expect(unnamed.err.contains(option), "\(unnamed.err)")
    }
    let mistyped = try analyze(twoBuilds, comparison + ["--set-reference", "bord=pico2"])
    #expect(mistyped.status == 2)
    #expect(mistyped.err.contains("--set-reference: unknown key 'bord'"))
    #expect(mistyped.err.contains("Did you mean 'board'?"))
  }

  @Test func setReferenceNeedsAFile() throws {
    for more in [[], ["--reference", "none"]] {
      let result = try analyze(
        twoBuilds, ["runs", "@new.txt", "--set-reference", "clock=150MHz"] + more)
      #expect(result.status == 2)
      #expect(result.err.contains("needs a file of --reference"))
      #expect(result.err.contains("\n  Name one with --reference FILE"))
    }
  }

  @Test func everyReferenceIsRead() throws {
    let files = twoBuilds.merging(["older.txt": Self.block(30_100)]) { $1 }
    let sets = ["--set", "model=kws", "--set", "tick=us"]
    let arguments = comparison + ["--reference", "@older.txt"] + sets
    let both = try ratios(document(files, arguments)).sorted().map { ($0 * 1e4).rounded() }
    #expect(both == [3353, 5015])
    #expect(try analyze(files, arguments).out.contains("old.txt and "))
    // The same file twice is one.
    let twice = comparison + ["--reference", "@old.txt"] + sets
    #expect(try ratios(document(files, twice)).count == 1)
    let none = try analyze(files, comparison + ["--reference", "none"] + sets)
    #expect(none.status == 2)
    #expect(none.err.contains("and 'none'"))
  }

  @Test func filterSelectsModelAndDtypeOnBothSides() throws {
    let logs = Harness.published
    func models(_ filter: String) throws -> (runs: Set<String>, references: Set<String>) {
      let result = try document([:], ["speedup"] + logs + ["--filter", filter])
      func set(_ key: String) -> Set<String> {
        Set((result[key] as? [[String: Any]] ?? []).compactMap { $0["model"] as? String })
      }
      return (set("runs"), set("references"))
    }
    let kws = try models("model=kws")
    #expect(kws.runs == ["kws"] && kws.references == ["kws"])
    let fp32 = try models("dtype=fp32")
    #expect(fp32.references == ["sww", "proprietary"])
    // Other keys speak of the logs: no Nucleo has a board of that name.
    let board = try models("board=waveshare_rp2350_plus_16mb")
    #expect(board.references.contains("vww"))
  }
}
