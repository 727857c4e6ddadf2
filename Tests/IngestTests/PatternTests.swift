import Support
import TestSupport
import Testing

@testable import Ingest

@Suite struct PatternTests {
  private func measure(_ pattern: String, _ line: String) throws -> MeasuredLine? {
    let bytes = Array(line.utf8)
    return PatternMatcher.match(
      try Pattern(pattern), bytes.span, at: TextPlace(line: 1, column: 1))
  }

  @Test(arguments: [
    ("infer {time:us} {model}", "infer  18342 kws", 0.018342),
    ("t={time}", "t=12.5ms", 0.0125), ("t={time}", "t=12.5 s", 12.5),
    ("{*}took {time:ms} ms{*}", "[7] it took 3 ms (ok)", 0.003),
    ("{*}, {time:us}", "a, b, 17", 17e-6), ("a{*}b {time:ns}", "a b b 5", 5e-9),
    ("{{x}} {time:us}", "{x} 4", 4e-6), ("n {#} {time:us} us", "n 12 13 us", 13e-6),
  ]) func timeIsRead(pattern: String, line: String, seconds: Double) throws {
    let figures = try #require(try measure(pattern, line)).figures
    #expect(figures.map(\.value) == [seconds] && figures.map(\.role) == [.inference(.named)])
  }

  @Test(arguments: [
    ("infer {time:us} us", "infer 18342 ms"), ("infer {time:us}", "infer x"),
    ("infer {time:us}", "infer 12 us"), ("t {time}", "t 12"), ("t {time}", "t 12 MHz"),
    ("a {time:us} b", "a 12 bc"), ("infer {time:us}", "the infer 12"),
  ]) func otherLinesDoNotFit(pattern: String, line: String) throws {
    #expect(try measure(pattern, line) == nil)
  }

  @Test(arguments: [
    ("", 1), ("no field", 1), ("{time:us}", 1), ("a {tme:us}", 3), ("a {time:furlong}", 3),
    ("a {time:us", 3), ("a {time:us}{n}", 12), ("a {n:us}", 3), ("a {clock:us}", 3),
    ("a {cycles:us}", 3),
  ]) func mistakesAreSaidWithTheirColumn(pattern: String, column: Int) {
    #expect(throws: Diagnostic.self) { try Pattern(pattern) }
    do throws(Diagnostic) { _ = try Pattern(pattern) } catch {
      #expect(error.column == column && !error.remedy.isEmpty, "\(error)")
    }
  }

  @Test func fieldsGoWhereTheySay() throws {
    let log = """
      clock 240 MHz, net kws
      pre 1 ms, net 12 ms (2880000 cycles), post 2 ms
      pre 1 ms, net 13 ms (3120000 cycles), post 2 ms
      """
    var ingestor = Ingestor()
    ingestor.patterns = try [
      "clock {clock:MHz} MHz, net {model}",
      "pre {stage.pre:ms} ms, net {time:ms} ms ({cycles} cycles), post {stage.post:ms} ms",
    ].map { try Pattern($0) }
    let file = ingestor.ingest(bytes: Array(log.utf8), path: "x.txt")
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1 && file.diagnostics.isEmpty && file.account.read == 3)
    #expect(file.recognition.dialect == PatternSet.ofUser)
    #expect(
      run.configuration.text(.clock) == "240000000" && run.configuration.text(.model) == "kws")
    #expect(run.latency?.samples.sorted.map(\.value) == [0.012, 0.013])
    #expect(run.printedCycles?.sorted.map(\.value) == [2_880_000, 3_120_000])
    #expect(run.observations.contains { $0.message.contains("pre 1 ms, post 2 ms") })
  }

  @Test func userPatternsComeBeforeAllDialects() throws {
    let log = "CONV_2D took 100 ticks (0 ms).\nwhole 250 us\n"
    var ingestor = Ingestor()
    ingestor.patterns = [try Pattern("whole {time:us} us")]
    let file = ingestor.ingest(bytes: Array(log.utf8), path: "x.txt")
    #expect(file.runs.count == 1 && file.runs[0].latency?.samples.median == 250e-6)
  }

  @Test func shippedPatternsAllLoad() throws {
    #expect(ShippedPatterns.all.count == shippedPatternFiles.count && !shippedPatternFiles.isEmpty)
    for file in shippedPatternFiles { _ = try PatternFile.set(file.text, file: file.name) }
  }

  /// Many `{*}` and runs of digits, blanks and letters take no longer than the line is long.
  @Test func hostileLinesTakeNoTime() throws {
    let pattern = try Pattern(String(repeating: "{*}a 1 ", count: 40) + "{*}a {time:us}b")
    for piece in ["a", "1", " ", "a 1 ", "a 1"] {
      let line = Array(String(repeating: piece, count: 60_000 / piece.utf8.count).utf8)
      _ = PatternMatcher.match(pattern, line.span, at: TextPlace(line: 1, column: 1))
    }
  }

  @Test func sidecarHoldsPatterns() {
    let sidecar = "board = \"pico2\"\n[[pattern]]\nline = \"net {time:us}\"\n"
    #expect(Sidecar.patterns(text: sidecar, file: "x.toml").map(\.text) == ["net {time:us}"])
    #expect(Sidecar.read(text: sidecar, file: "x.toml").diagnostics.isEmpty)
    let wrong = Sidecar.read(text: "[[pattern]]\nline = \"net {tim:us}\"\n", file: "x.toml")
    #expect(wrong.diagnostics.map(\.rule) == ["sidecar-pattern"])
    #expect(wrong.diagnostics.first?.line == 1)
  }

  /// The pattern that a refusal offers reads the line it is offered for.
  @Test(arguments: [
    "frobnicated in 12 ms", "Delta: 414 ms", "=== use 812us", "step {7} -> 3 ms", "it's 5 us!",
  ]) func suggestedPatternsFit(line: String) throws {
    #expect(try #require(try measure(PatternSuggestion.of(line), line)).figures.count == 1)
  }
}
