import Foundation
import TestSupport
import Testing

@testable import analyze

/// What is asked for by name and comes to nothing is an error: it is said, and nothing is drawn.
@Suite(.serialized) struct ShortfallTests {
  private static let sections = [
    "summary", "findings", "runs", "assumptions", "speedup", "operators", "placement", "attribute",
    "explain", "roofline", "crossover", "instructions", "report",
  ]
  private static let noMatch = ["--filter", "board=pico2"]

  /// `body` gets a path whose file holds "old"; it must hold that afterwards.
  private func keeping(_ name: String, _ body: (String) throws -> Void) throws {
    try withFile(name, "old") { path in
      try body(path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }
  }

  private func expectTwoLines(_ result: CommandOutcome, _ fact: String, _ remedy: String) {
    let lines = result.err.split(separator: "\n")
    let place = lines.firstIndex { $0.hasPrefix("error: ") && $0.contains(fact) }
    #expect(result.status == 1, "\(result.err)")
    #expect(place != nil, "\(result.err)")
    if let place, place + 1 < lines.count {
      #expect(
        lines[place + 1].hasPrefix("  ") && lines[place + 1].contains(remedy), "\(result.err)")
    }
  }

  // MARK: a filter that matches nothing

  @Test(
    arguments: sections.map { [$0] } + ["json", "csv", "html"].map { ["speedup", "--format", $0] })
  func aFilterWithoutAMatchShowsNothing(command: [String]) {
    let result = Harness.analyze(command + ["logs/rp2350_tinyml.txt"] + Self.noMatch)
    #expect(result.out.isEmpty)
    expectTwoLines(
      result,
      "--filter board=pico2 matches none of 5 runs; their board is waveshare_rp2350_plus_16mb",
      "leave --filter out")
  }

  @Test(arguments: [
    "roofline.svg", "roofline.png", "roofline.csv", "roofline.json", "roofline.txt",
  ])
  func aFilterWithoutAMatchReplacesNoFile(name: String) throws {
    try keeping(name) { path in
      let result = Harness.analyze(["roofline"] + Harness.published + Self.noMatch + ["-o", path])
      expectTwoLines(result, "matches none of 8 runs", "'analyze runs' lists")
    }
    try withFolder { folder in
      let path = "\(folder)/\(name)"
      #expect(
        Harness.analyze(["roofline"] + Harness.published + Self.noMatch + ["-o", path]).status == 1)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func aFilterWithoutAMatchMakesNoFolder() throws {
    try withFile("study.md", "# S\n\n```analyze\nruns\n```\n") { notebook in
      for command in [[], ["notebook", notebook]] {
        try withFolder { folder in
          let target = folder + "/out"
          let result = Harness.analyze(command + Harness.published + Self.noMatch + ["-o", target])
          expectTwoLines(result, "matches none of 8 runs", "--filter")
          #expect(!FileManager.default.fileExists(atPath: target))
        }
      }
    }
  }

  @Test func partsThatMatchApartAreSaid() {
    let result = Harness.analyze(
      ["runs"] + Harness.published + ["--filter", "model=kws,dtype=fp32"])
    expectTwoLines(result, "each part matches some, but no run matches all", "--filter")
    let unsaid = Harness.analyze(["runs"] + Harness.published + ["--filter", "compiler=gcc"])
    expectTwoLines(unsaid, "nothing says their compiler", "--filter")
  }

  @Test func aCellWithoutAMatchFailsInItsPlace() throws {
    let study = "# S\n\n```analyze\nruns\nroofline --filter board=pico2\n```\n"
    try withFile("study.md", study) { path in
      let result = Harness.analyze(["notebook", path] + Harness.published)
      #expect(result.status == 1)
      #expect(
        result.err.contains("study.md:5:1: error: --filter board=pico2 matches none of 8 runs"))
      #expect(result.out.contains("8 runs; no line was damaged"))
      #expect(!result.out.contains("MAC/B"))
    }
  }

  // MARK: a file that does not exist

  @Test(arguments: ["x.svg", "x.csv", "x.json", "x.txt"])
  func aMissingFileReplacesNoResult(name: String) throws {
    try keeping(name) { path in
      for logs in [["absent.txt"], ["absent.txt"] + Harness.published] {
        let result = Harness.analyze(["roofline"] + logs + ["-o", path])
        #expect(result.err.contains("absent.txt: error: cannot be opened"))
        expectTwoLines(result, "is not written: 'absent.txt' could not be read", "Correct the name")
        #expect(result.out.isEmpty)
      }
    }
  }

  @Test func aMissingLogAloneDrawsNoReference() {
    let result = Harness.analyze("roofline", "absent.txt")
    #expect(result.status == 1)
    #expect(!result.out.contains("Nucleo"))
  }

  @Test func aMissingFileMakesNoFolder() throws {
    try withFolder { folder in
      let target = folder + "/out"
      let result = Harness.analyze(["absent.txt"] + Harness.published + ["-o", target])
      expectTwoLines(result, "'\(target)' is not written", "Correct the name")
      #expect(!FileManager.default.fileExists(atPath: target))
      #expect(result.out.contains("KWS"))
    }
  }

  @Test func aFileWithoutARunReplacesNoResult() throws {
    try withFile("notes.txt", "nothing a benchmark prints\n") { log in
      try keeping("x.svg") { path in
        let result = Harness.analyze("roofline", log, "-o", path)
        expectTwoLines(result, "no run was read from", "The diagnostics say why")
      }
    }
  }

  /// The figure would show the reference alone.
  @Test func aRunWithoutAPlaceDrawsNoReference() throws {
    try withFile("console.txt", SlowInt8Tests.console(60_400)) { log in
      try keeping("x.svg") { path in
        let result = Harness.analyze("roofline", log, "--set", "model=kws", "-o", path)
        expectTwoLines(result, "'roofline' has no point of the logs to draw", "--set board=pico2")
      }
    }
  }

  // MARK: a comparison without a pair

  @Test func whatIsThereInsteadComesWithItsDtype() throws {
    try withFile("a.txt", SlowInt8Tests.console(60_400)) { log in
      try withFile("b.txt", SlowInt8Tests.console(61_000)) { other in
        let result = Harness.analyze(
          ["speedup", log, "--reference", other, "--set", "model=made", "--set", "dtype=int8"]
            + ["--set-reference", "model=kws", "--set-reference", "dtype=fp32"])
        #expect(result.err.contains("; there are results of KWS in fp32\n"), "\(result.err)")
      }
    }
  }

  /// Of two files the one that cannot be read is no reference.
  @Test func ofTheReferencesOnlyThoseReadAreNamed() throws {
    try withFile("b.txt", SlowInt8Tests.console(61_000)) { other in
      try withFile("a.txt", SlowInt8Tests.console(60_400)) { log in
        let result = Harness.analyze(
          ["speedup", log, "--reference", other, "--reference", "absent.txt"] + Self.kws)
        #expect(result.out.contains("Ratios against"), "\(result.err)")
        #expect(!result.out.contains("absent.txt"))
        #expect(result.err.contains("absent.txt"))
      }
    }
  }
  private static let kws = ["--set", "model=kws", "--set", "dtype=int8"]

  private static let unknown = SlowInt8Tests.console(60_400)
  private static let named = ["--set", "model=made", "--set", "dtype=int8"]

  @Test(arguments: ["speedup", "attribute"])
  func aComparisonByNameWithoutAPairIsAnError(section: String) throws {
    try withFile("console.txt", Self.unknown) { log in
      let command = [section, log] + Self.named
      let result = Harness.analyze(command)
      expectTwoLines(
        result, "'\(section)' compared nothing with published NUCLEO-U575ZI-Q results",
        "--reference FILE")
      #expect(result.err.contains("the reference has no result for 'made'"))
      #expect(result.err.contains("there are results of AD, IC, KWS"))
      #expect(result.err.contains("--set-reference key=value"))
      let json = Harness.analyze(command + ["--format", "json"])
      #expect(json.status == 1)
      let document = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
      let reasons = document?["reasons"] as? [String: String]
      #expect(reasons?["speedups"]?.contains("compared nothing") == true)
      let csv = Harness.analyze(command + ["--format", "csv"])
      #expect(csv.out.isEmpty)
      expectTwoLines(csv, "compared nothing", "--reference FILE")
      for name in ["x.svg", "x.csv", "x.txt", "x.json"] {
        try keeping(name) { path in
          expectTwoLines(
            Harness.analyze(command + ["-o", path]), "compared nothing", "--reference FILE")
        }
      }
    }
  }

  @Test func attributeWithoutClocksSplitsNothing() throws {
    let block = "CONV_2D took 20100 ticks (20 ms).\nSOFTMAX took 80 ticks (0 ms).\n"
    try withFile("block.txt", block) { log in
      let result = Harness.analyze("attribute", log, "--set", "model=kws", "--set", "tick=us")
      expectTwoLines(
        result, "'attribute' split no gap: the CPU clock is not known", "--set clock=150MHz")
    }
  }

  @Test func askingForNoReferenceLeavesNothingToCompare() {
    let result = Harness.analyze(["speedup"] + Harness.published + ["--reference", "none"])
    expectTwoLines(
      result, "'speedup' compared nothing: no reference was asked for (--reference none)",
      "--baseline")
    #expect(!result.out.contains("with no reference"))
  }

  @Test(arguments: ["summary", "runs", "roofline", "crossover", "report"])
  func aNamedReferenceThatComparesNothingIsAnError(section: String) throws {
    try withFile("console.txt", Self.unknown) { log in
      try withFile("notes.txt", "nothing a benchmark prints\n") { notes in
        for reference in ["absent.txt", notes] {
          let result = Harness.analyze([section, log, "--reference", reference] + Self.named)
          expectTwoLines(result, "--reference \(reference) compared nothing", "--reference FILE")
        }
      }
    }
  }

  @Test func aFilterThatLeavesNoReferenceIsSaid() throws {
    try withFile("console.txt", Self.unknown) { log in
      let result = Harness.analyze(["speedup", log, "--filter", "model=made"] + Self.named)
      expectTwoLines(
        result,
        "--filter, which selects model and dtype on both sides, leaves none of the reference's 8",
        "--reference FILE")
    }
  }

  @Test func aNamedReferenceThatComparesNothingMakesNoFolder() throws {
    try withFolder { folder in
      let target = folder + "/out"
      let result = Harness.analyze(
        ["logs/rp2350_tinyml.txt", "--filter", "model=kws", "--reference", "logs/rp2350_sram.txt"]
          + ["-o", target])
      expectTwoLines(result, "compared nothing", "--reference FILE")
      #expect(!FileManager.default.fileExists(atPath: target))
    }
  }

  @Test func aBaselineWithoutAMatchIsAnError() {
    for section in ["speedup", "runs", "report"] {
      let result = Harness.analyze([section] + Harness.published + ["--baseline", "board=pico2"])
      expectTwoLines(
        result, "--baseline board=pico2 matches none of 8 runs; their board is waveshare",
        "analyze runs")
    }
  }

  @Test func aBaselineOfAllRunsLeavesNone() {
    let result = Harness.analyze(["speedup"] + Harness.published + ["--baseline", "mcu=rp2350"])
    expectTwoLines(
      result, "--baseline mcu=rp2350 takes 8 runs and leaves none to compare", "Narrow it")
  }

  @Test func aCellThatComparesByNameIsAnError() throws {
    try withFile("study.md", "# S\n\n```analyze\nspeedup\nruns\n```\n") { notebook in
      try withFile("console.txt", Self.unknown) { log in
        let result = Harness.analyze(["notebook", notebook, log] + Self.named)
        #expect(result.status == 1)
        #expect(result.err.contains("study.md:4:1: error: 'speedup' compared nothing"))
        #expect(result.out.contains("no line was damaged"))
      }
    }
  }

  // MARK: what is no error

  @Test func theReportOfOneRunIsNoError() throws {
    try withFile("console.txt", Self.unknown) { log in
      for command in [[], ["summary"], ["roofline"], ["operators"], ["placement"]] {
        let result = Harness.analyze(command + [log] + Self.named)
        #expect(result.status == 0, "\(command): \(result.err)")
      }
      try withFolder { folder in
        #expect(Harness.analyze([log, "-o", folder + "/out"] + Self.named).status == 0)
        #expect(FileManager.default.fileExists(atPath: folder + "/out/report.html"))
      }
    }
  }
}
