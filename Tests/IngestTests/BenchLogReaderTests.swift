import BenchLog
import Quantiles
import TestSupport
import Testing

@testable import Ingest

private let header = [
  "log origin=measured tool=test", "machine id=1 board=pico2 clock_hz=150000000 xip_cache=on",
  "build id=1 runtime=tflm kernels=cmsis-nn",
  "model id=1 name=ad dtype=int8 crc32=deadbeef macs=264192 weight_bytes=267000",
]
private let body = [
  "run id=1 machine=1 build=1 model=1 weights=flash unit=cycles quantum=2",
  "op run=1 index=0 kind=FULLY_CONNECTED macs=81920 weight_bytes=81920",
  "op run=1 index=1 kind=TANH",
  "inf run=1 i=0 time=100", "opt run=1 i=0 op=0 time=60 access=9 miss=1",
  "opt run=1 i=0 op=1 time=40", "inf run=1 i=1 time=104", "opt run=1 i=1 op=0 time=64",
  "opt run=1 i=1 op=1 time=40",
]

private func log(_ records: [String], runs: Int = 1) -> String {
  benchLog(records + ["end lines=\(records.count + 1) runs=\(runs)"])
}

private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

@Test func wholeLogReads() throws {
  let file = ingest(log(header + body))
  #expect(file.recognition.dialect == BenchLogReader.dialect && file.diagnostics.isEmpty)
  #expect(file.account.read == 14 && file.account.total == 14)
  let run = try #require(file.runs.first)
  #expect(file.runs.count == 1)
  #expect(run.source.firstLine == 5 && run.source.lastLine == 13)
  #expect(run.latency?.samples == Samples([100, 104]) && run.latency?.unit == .cycles)
  #expect(run.latency?.kind == .inference && run.latency?.inferences == 2)
  #expect(run.latency?.quantum == 2 && run.macs == 264_192 && run.weightBytes == 267_000)
  #expect(run.operators.map(\.kind) == ["FULLY_CONNECTED", "TANH"])
  #expect(run.operators.map(\.samples) == [Samples([60, 64]), Samples([40, 40])])
  #expect(run.operators[0].macs == 81_920 && run.operators[1].macs == nil)
  let said = run.configuration.all.map { "\($0.key.rawValue)=\($0.entry.text)" }
  #expect(
    said == [
      "board=pico2", "clock=150000000", "dtype=int8", "kernels=cmsis-nn", "model=ad",
      "model_crc32=deadbeef", "origin=measured", "runtime=tflm", "weights=flash", "xip_cache=on",
    ])
}

@Test func unitsOfTimes() throws {
  for (unit, expected, value) in [
    ("ns", TimeUnit.seconds, 5.895e-5), ("us", .seconds, 0.05895), ("cycles", .cycles, 58950),
    ("instructions", .instructions, 58950),
  ] {
    let file = ingest(log(["log origin=measured", "run id=1 unit=\(unit) latency=58950"]))
    let latency = try #require(file.runs.first?.latency)
    #expect(latency.unit == expected && latency.samples == Samples([value]), "\(unit)")
  }
  let file = ingest(log(["log origin=measured", "run id=1 unit=ticks latency=5"]))
  #expect(file.rules == ["unknown-unit"] && file.runs.isEmpty)
}

@Test func publishedLatencyKnowsItsInferences() {
  let file = ingest(
    log(["log origin=published", "run id=3 unit=us quantum=10 latency=50 inferences=30"]))
  #expect(file.runs.first?.latency?.inferences == 30)
  #expect(file.runs.first?.latency?.kind == .published)
  #expect(file.runs.first?.latency?.quantum == 1e-5)
}

@Test func missingDeclarationsAreNamed() {
  let file = ingest(log(["log origin=measured", "run id=1 machine=1 build=2 model=3 unit=us"]))
  #expect(file.rules == ["undeclared-reference", "undeclared-reference", "undeclared-reference"])
  #expect(file.diagnostics.map(\.message).joined().contains("build line"))
  #expect(file.runs.count == 1 && file.diagnostics.allSatisfy { $0.severity == .warning })
  let orphans = ingest(
    log(["log origin=measured", "inf run=1 i=0 time=5", "op run=1 index=0 kind=ADD"], runs: 0))
  #expect(orphans.rules == ["undeclared-run", "undeclared-run"])
  #expect(orphans.account.diagnosed == 2 && orphans.runs.isEmpty)
  let operators = ingest(
    log(["log origin=measured", "run id=1 unit=us", "opt run=1 i=0 op=4 time=5"]))
  #expect(operators.rules == ["undeclared-operator"])
}

@Test func declaredTwice() {
  let file = ingest(
    log(
      [
        "log origin=measured", "run id=1 unit=us latency=5", "run id=1 unit=us latency=6",
        "op run=1 index=0 kind=ADD", "op run=1 index=0 kind=MUL",
      ], runs: 2))
  #expect(file.rules == ["repeated-run", "repeated-operator"])
  #expect(file.runs.first?.latency?.samples == Samples([5e-6]))
  #expect(file.runs.first?.operators.map(\.kind) == ["ADD"])
}

@Test func twoTimesForOneThing() {
  let latency = ingest(
    log(["log origin=measured", "run id=1 unit=cycles latency=5", "inf run=1 i=0 time=7"]))
  #expect(latency.rules == ["two-latencies"])
  #expect(latency.runs.first?.latency?.samples == Samples([5]))
  let operators = ingest(
    log([
      "log origin=measured", "run id=1 unit=cycles", "op run=1 index=0 kind=ADD time=5",
      "opt run=1 i=0 op=0 time=7",
    ]))
  #expect(operators.rules == ["two-operator-times"])
  #expect(operators.runs.first?.operators.first?.samples == Samples([5]))
}

@Test func badConfigurationIsReported() {
  let file = ingest(
    log(["log origin=guessed", "model id=1 dtype=int7", "run id=1 model=1 unit=us"]))
  #expect(file.rules == ["bad-value", "bad-value"])
  #expect(file.runs.first?.configuration.all.isEmpty == true)
}

@Test func gapsAreReported() {
  var all = lines(log(header + body))
  all.remove(at: 8)
  all.removeSubrange(9...10)
  let file = ingest(all.joined(separator: "\n"))
  #expect(file.rules == ["missing-lines", "missing-lines"])
  #expect(
    file.diagnostics.map(\.headline) == [
      "log.txt:9:1: error: line number 8 of the log is missing",
      "log.txt:10:1: error: lines number 10 to 11 of the log are missing",
    ])
  #expect(file.runs.first?.latency?.samples == Samples([100]))
}

@Test func captureThatStartsLateSaysSo() {
  let file = ingest(lines(log(header + body)).dropFirst(4).joined(separator: "\n"))
  #expect(
    file.rules == [
      "missing-lines", "undeclared-reference", "undeclared-reference", "undeclared-reference",
    ])
  #expect(file.diagnostics.first?.message == "lines number 0 to 3 of the log are missing")
  #expect(file.runs.first?.latency?.samples == Samples([100, 104]))
}

/// A damaged line accounts for its own number: no gap on top of it.
@Test func damageIsReportedOnce() {
  var all = lines(log(header + body))
  all[9] = all[9].replacing("time=40", with: "time=48")
  let file = ingest(all.joined(separator: "\n"))
  #expect(file.rules == ["damaged-line"])
  #expect(file.account.diagnosed == 1 && file.account.read == 13)
  #expect(file.runs.first?.operators[1].samples == Samples([40]))
  all.remove(at: 10)
  #expect(ingest(all.joined(separator: "\n")).rules == ["damaged-line", "missing-lines"])
}

@Test func echoedLinesCountOnce() {
  let all = lines(log(header + body))
  let single = ingest(all.joined(separator: "\n"))
  let doubled = ingest(all.flatMap { [$0, $0] }.joined(separator: "\n"))
  #expect(Set(doubled.rules) == ["repeated-line"] && doubled.rules.count == 14)
  #expect(doubled.runs.first?.latency == single.runs.first?.latency)
  #expect(doubled.runs.first?.operators == single.runs.first?.operators)
}

@Test func resetStartsANewLog() {
  let whole = log(header + body)
  let cut = lines(whole).prefix(11).joined(separator: "\n") + "\n"
  let file = ingest(cut + "booting\n" + whole)
  #expect(file.rules == ["reset"] && file.diagnostics.first?.line == 13)
  #expect(file.runs.map { $0.latency?.samples } == [Samples([100, 104]), Samples([100, 104])])
  #expect(file.runs.map(\.source.firstLine) == [5, 17])
  // After the end line another log may follow.
  #expect(ingest(whole + whole).diagnostics.isEmpty)
  #expect(ingest(whole + whole).runs.count == 2)
}

/// A reset whose first lines were lost is no echo: nothing of the second boot joins the first.
@Test func resetWithoutItsStartIsNoticed() {
  let first = log(header + body)
  let second = log(
    header + [body[0].replacing("unit=cycles", with: "unit=us")]
      + body[1...].map { $0.replacing("time=", with: "time=9") })
  let file = ingest(first + lines(second).dropFirst(5).joined(separator: "\n"))
  #expect(file.rules.first == "missing-lines" && !file.rules.contains("repeated-line"))
  #expect(file.diagnostics.first?.message == "lines number 0 to 4 of the log are missing")
  #expect(file.rules.filter { $0 == "undeclared-run" }.count == 8)
  #expect(file.runs.map { $0.latency?.samples } == [Samples([100, 104])])
  let cut = lines(first).dropLast().joined(separator: "\n") + "\n"
  let reset = ingest(cut + lines(second).dropFirst(5).joined(separator: "\n"))
  #expect(reset.rules.prefix(2) == ["reset", "missing-lines"])
}

@Test func endCountsAreChecked() {
  let records = ["log origin=measured", "run id=1 unit=us latency=5"]
  let few = ingest(benchLog(records + ["end lines=9 runs=1"]))
  #expect(few.rules == ["wrong-count"] && few.diagnostics.first?.severity == .error)
  let runs = ingest(benchLog(records + ["end lines=3 runs=2"]))
  #expect(runs.rules == ["wrong-count"] && runs.account.diagnosed == 1)
  #expect(runs.runs.count == 1)
  let none = ingest(benchLog(records))
  #expect(none.rules == ["no-end"] && none.diagnostics.first?.severity == .warning)
}

@Test func newerVersionAsksForAnUpgrade() {
  let text = (0..<5).map { benchLine("log origin=measured", number: $0, version: 3) }
    .joined(separator: "\n")
  let file = ingest(text)
  #expect(file.recognition.dialect == BenchLogReader.dialect && file.rules == ["newer-format"])
  #expect(file.diagnostics.first?.message.contains("version 3") == true)
  #expect(file.diagnostics.first?.remedy.contains("Upgrade") == true)
  #expect(file.account.diagnosed == 5 && file.runs.isEmpty)
}

@Test func chatterAndCommentsAreSkipped() {
  var all = lines(log(header + body))
  all.insert("# measured on the bench", at: 0)
  all.insert("GetModel...", at: 1)
  all.insert("", at: 2)
  all.append("bye")
  let file = ingest(all.joined(separator: "\r\n"))
  #expect(file.diagnostics.isEmpty)
  #expect(file.account.skipped == [.comment: 1, .bootChatter: 2, .blank: 1])
  #expect(file.account.read == 14)
}

/// Time stamps and colours of a terminal do not disturb the checksum.
@Test func terminalNoiseIsNoDamage() {
  let noisy = lines(log(header + body)).enumerated().map { i, line in
    "\u{1B}[0m[2026-01-02 03:04:05.\(100 + i)] \(line) "
  }
  let file = ingest(noisy.joined(separator: "\r\n"))
  #expect(file.diagnostics.isEmpty && file.account.read == 14)
  #expect(file.recognition.evidence.first?.words.contains("checksum right") == true)
}

@Test func operatorsComeInTheOrderOfTheGraph() {
  let file = ingest(
    log([
      "log origin=measured", "run id=1 unit=us", "op run=1 kind=OTHER time=1",
      "op run=1 index=2 kind=C", "op run=1 index=0 kind=A", "opt run=1 i=0 op=2 time=3",
    ]))
  #expect(file.runs.first?.operators.map(\.kind) == ["A", "C", "OTHER"])
  #expect(file.runs.first?.operators[1].samples.count == 1)
}

@Test func unknownAndEmptyFiles() {
  let prose = ingest("hello\nworld\n")
  #expect(prose.rules == ["unknown-dialect"] && prose.recognition.dialect == .unknown)
  #expect(prose.account.total == 2)
  #expect(ingest("").rules == ["empty-file"])
}
