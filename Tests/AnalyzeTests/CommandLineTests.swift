import Foundation
import TestSupport
import Testing

@testable import analyze

/// Options, exit status, messages.
@Suite(.serialized) struct CommandLineTests {
  @Test(arguments: [
    [], ["report"], ["runs"], ["speedup"], ["operators"], ["placement"], ["attribute"],
    ["findings"], ["summary"], ["assumptions"], ["notebook"], ["seal"], ["reduce"], ["merge"],
    ["capture"],
  ])
  func helpHasExamples(command: [String]) throws {
    let result = Harness.analyze(command + ["--help"])
    #expect(result.status == 0)
    #expect(result.out.contains("EXAMPLES"))
    #expect(result.out.contains("USAGE"))
  }

  @Test func rootHelp() throws {
    try Golden.expect(Harness.analyze("--help").out, "help.txt")
  }

  @Test func noLogIsNamed() {
    let result = Harness.analyze("speedup")
    #expect(result.status == 2)
    #expect(result.err.contains("no log is named"))
    #expect(result.err.contains("analyze logs/*.txt"))
  }

  @Test func unknownOptionIsRefusedWithStatusTwo() {
    let result = Harness.analyze("speedup", "--formt", "csv", "x.txt")
    #expect(result.status == 2)
    #expect(result.err.contains("--format"))
    #expect(result.out.isEmpty)
  }

  @Test(arguments: [
    (["--set", "bord=pico2"], "unknown key 'bord'", "Did you mean 'board'?"),
    (["--set", "dtype=in8"], "'in8' is no value for 'dtype'", "Did you mean 'int8'?"),
    (["--set", "weights"], "is not of the form key=value", "model=kws"),
    (["--set", "clock=fast"], "'fast' is no clock", "clock=150MHz"),
    (["--filter", "modle=kws"], "unknown key 'modle'", "Did you mean 'model'?"),
    (["--reference-clock", "x"], "'x' is no clock", "150MHz"),
    (["--confidence", "95"], "not between 0 and 1", "0.95"),
  ])
  func wrongValuesNameTheNearest(options: [String], fact: String, remedy: String) {
    let result = Harness.analyze(["speedup", "logs/rp2350_tinyml.txt"] + options)
    #expect(result.status == 2)
    #expect(result.err.contains(fact), "\(result.err)")
    #expect(result.err.contains(remedy), "\(result.err)")
  }

  @Test func mistypedSubcommandIsNoFile() {
    let result = Harness.analyze("speedpu", "logs/rp2350_tinyml.txt")
    #expect(result.status == 2)
    #expect(result.err.contains("Did you mean 'analyze speedup'?"))
  }

  @Test func reportHasNoCSV() {
    let result = Harness.analyze(Harness.logs + ["--format", "csv"])
    #expect(result.status == 2)
    #expect(result.err.contains("analyze speedup"))
  }

  @Test func missingFileIsADiagnosticAndTheRestCounts() {
    let result = Harness.analyze(["speedup", "logs/absent.txt"] + Harness.logs)
    #expect(result.status == 1)
    #expect(result.err.contains("logs/absent.txt: error: cannot be opened"))
    #expect(result.out.contains("18.37"))
  }

  @Test func strictFailsOnFindings() {
    #expect(Harness.analyze(Harness.logs + ["--strict"]).status == 1)
    #expect(
      Harness.analyze(["speedup", "logs/rp2350_tinyml.txt", "--filter", "model=kws", "--strict"])
        .status == 0)
  }

  @Test func clockWithoutUnitIsRefused() {
    let result = Harness.analyze("runs", "logs/rp2350_tinyml.txt", "--reference-clock", "150")
    #expect(result.status == 2)
    #expect(result.err.contains("150MHz"))
    let set = Harness.analyze("runs", "logs/rp2350_tinyml.txt", "--set", "clock=150")
    #expect(set.status == 2)
  }

  @Test func filterThatMatchesNothingSaysSo() {
    let result = Harness.analyze(["summary"] + Harness.published + ["--filter", "model=none_such"])
    #expect(result.status == 1)
    #expect(result.err.contains("matches none of 8 runs"))
  }

  @Test func baselineThatMatchesNothingSaysSo() {
    let result = Harness.analyze(["speedup"] + Harness.logs + ["--baseline", "board=zzz"])
    #expect(result.out.contains("no run of the logs matches the baseline"))
  }

  @Test func aFileNamedTwiceIsReadOnce() {
    let result = Harness.analyze("summary", "logs/rp2350_tinyml.txt", "logs/rp2350_tinyml.txt")
    #expect(result.err.contains("named more than once"))
    #expect(result.out == Harness.analyze("summary", "logs/rp2350_tinyml.txt").out)
  }

  /// `analyze speedup -o logs/*.txt` would write over the first log.
  @Test func logsAreNotOverwritten() throws {
    let log = try String(
      contentsOf: Checkout.root.appendingPathComponent("logs/rp2350_sram.txt"), encoding: .utf8)
    try withFile("mine.txt", log) { path in
      let result = Harness.analyze("speedup", "-o", path, "logs/rp2350_tinyml.txt")
      #expect(result.status == 2)
      #expect(result.err.contains("is a log"))
      let kept = try String(contentsOfFile: path, encoding: .utf8)
      #expect(kept == log)
    }
  }

  @Test func filterKeepsMatchingRunsOnly() {
    let result = Harness.analyze(["speedup"] + Harness.logs + ["--filter", "model=kws"])
    #expect(result.out.contains("KWS"))
    #expect(!result.out.contains("VWW"))
  }

  @Test func referenceNoneComparesNothing() {
    let result = Harness.analyze(["speedup"] + Harness.logs + ["--reference", "none"])
    #expect(result.status == 1)
    #expect(!result.out.contains("18.37"))
    #expect(result.out.contains("not compared: no reference was asked for"))
  }

  @Test func referenceMayBeATable() {
    let result = Harness.analyze(
      ["speedup"] + Harness.logs + ["--reference", "data/published-results.csv"])
    #expect(result.status == 0)
    #expect(result.out.contains("18.37"))
  }

  @Test func baselineIsTakenFromTheLogs() {
    let result = Harness.analyze(
      ["speedup"] + Harness.logs + ["--baseline", "weights=sram,dtype=fp32"], width: 160)
    #expect(result.status == 0)
    #expect(result.out.contains("3.73"))
    #expect(!result.out.contains("Nucleo"))
  }

  @Test func referenceClockAddsAColumn() {
    let result = Harness.analyze(
      ["runs"] + Harness.logs + ["--reference-clock", "300MHz"], width: 200)
    #expect(result.out.contains("at 300 MHz"))
    #expect(result.out.contains("29.475"))
  }

  @Test func sectionGoesToAFile() throws {
    try withFolder { folder in
      let path = folder + "/deep/speedup.csv"
      let result = Harness.analyze(
        ["speedup"] + Harness.logs + ["--format", "csv", "-o", path])
      #expect(result.status == 0)
      #expect(result.out.isEmpty)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("model,dtype,"))
      #expect(text.contains("AD,fp32 (said int8),flash,58.95"))
    }
  }

  @Test func outputThatCannotBeWrittenIsSaid() {
    let result = Harness.analyze(Harness.logs + ["-o", "README.md/x"])
    #expect(result.status == 1)
    #expect(result.err.contains("README.md/x"))
  }

  @Test func completionsAndVersion() {
    #expect(Harness.analyze("--generate-completion-script", "bash").out.contains("_analyze"))
    #expect(Harness.analyze("--version").out.contains("log format 2"))
  }

  @Test func diagnosticsCannotDriveTheTerminal() throws {
    try withFile("\u{1B}[31mevil.txt", "nothing a benchmark prints\n") { path in
      let result = Harness.analyze("runs", path)
      #expect(result.status == 1)
      #expect(!result.err.contains("\u{1B}"))
      #expect(!result.out.contains("\u{1B}"))
    }
  }

  @Test func hostileNamesAreEscapedInThePage() throws {
    let draft = """
      log origin=measured
      model id=1 name="<script>alert(1)</script>" dtype=int8
      run id=1 model=1 unit=us weights=sram
      inf run=1 i=0 time=5
      """
    try withFile("draft.txt", draft) { path in
      let sealed = Harness.analyze("seal", path)
      #expect(sealed.status == 0)
      try withFile("hostile.txt", sealed.out) { log in
        let page = Harness.analyze("runs", log, "--format", "html").out
        #expect(!page.contains("<script>"))
        #expect(page.contains("&lt;script&gt;"))
      }
    }
  }

  @Test func sealRefusesWhatTheFormatDoesNotHave() throws {
    try withFile("draft.txt", "log origin=measured\nrum id=1\n") { path in
      let result = Harness.analyze("seal", path)
      #expect(result.status == 1)
      #expect(result.err.contains("draft.txt:2:1: error:"))
    }
  }
}
