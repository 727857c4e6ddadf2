import BenchLog
import Quantiles
import TestSupport
import Testing

@testable import Ingest

@Test func firmwareWritesTheLogOfVersion2() throws {
  let written = encoded(version2Lines)
  #expect(try String(decoding: written, as: UTF8.self) == text(of: "benchlog-v2.txt"))
}

private func text(of name: String) throws -> String {
  String(decoding: try fixture(name), as: UTF8.self)
}

@Test func fixtureOfVersion2HasEveryKey() {
  for record in Record.allCases {
    let lines = version2Lines.filter { $0.0 == record }
    let found = Set(lines.flatMap { $0.1.map { "\($0.key)" } })
    #expect(found == Set(Schema.keys(of: record).map { "\($0.key)" }), "\(record.word)")
  }
}

/// A log of version 2 stays readable by every later version, to the same numbers.
@Test func logOfVersion2StaysReadable() throws {
  let file = ingest(try text(of: "benchlog-v2.txt"), path: "v2.txt")
  #expect(file.rules == ["refused-run"] && file.diagnostics.first?.severity == .note)
  #expect(file.account.read == 33 && file.account.total == 33 && file.runs.count == 3)
  let run = try #require(file.runs.first)
  #expect(run.latency?.samples == Samples([5000, 5040]) && run.latency?.kind == .inference)
  #expect(
    run.statistics == TimeStatistics(count: 6, minimum: 4990, maximum: 5040, total: 30_060))
  #expect(run.statistics?.mean == 5010)
  #expect(run.cache.accesses == CounterTotal(total: 5500, inferences: 6))
  #expect(run.cache.missBytesPerInference == 816)
  let dense = run.operators[0]
  #expect(dense.samples == Samples([4700, 4740]) && dense.samplesAre == .inference)
  #expect(dense.statistics?.total == 28_260 && dense.cache.missBytesPerInference == 816)
  // Where the sum has no counters, those of the printed inferences count.
  #expect(run.operators[1].cache.accesses == CounterTotal(total: 20, inferences: 2))
  #expect(run.operators[1].cache.missBytesPerInference == 0)
  let said = run.configuration.all.map { "\($0.key.rawValue)=\($0.entry.text)" }
  #expect(
    said == [
      "activations=sram", "arena_bytes=1536", "board=pico2", "caveat=made-up numbers",
      "citation=made up for tests", "clock=150000000", "code=sram", "compiler=swift 6.3.1",
      "cores=2", "dtype=int8", "firmware=1a2b3c4", #"flags=-O -DNAME="a""#, "flash=quad/3",
      "flash_clock=50000000", "input=samples", "jedec=00ef4016", "kernels=builtin", "mcu=rp2350",
      "model=ad", "model_bytes=276976", "model_crc32=0badcafe", "origin=measured",
      "qmi_rcmd=0000a0eb", "qmi_rfmt=000492a8", "qmi_timing=60007203", "runtime=pico2-benchmark",
      "weights=flash", "weights_source=twin", "xip_cache=on",
    ])
}

@Test func recordingIsKept() throws {
  let runs = ingest(try text(of: "benchlog-v2.txt")).runs
  var expected = Recording()
  expected.tool = "pico2-benchmark firmware"
  expected.boot = 7
  expected.plan = "full"
  expected.consoleBaud = 115_200
  expected.warmup = 2
  expected.detail = 3
  expected.clockCost = 12
  expected.inferences = 6
  expected.consoleTime = 4_800_000
  expected.consoleBytes = 368
  #expect(runs[0].recording == expected)
  #expect(runs[1].recording.clockCost == 1e-6 && runs[1].recording.inferences == 4)
}

/// Without a printed inference the sum is all there is.
@Test func sumGivesTheLatency() throws {
  let run = ingest(try text(of: "benchlog-v2.txt")).runs[1]
  #expect(
    run.latency
      == Latency(
        samples: Samples([11e-6]), unit: .seconds, kind: .mean, quantum: 1e-6, inferences: 4,
        spread: PrintedSpread(low: 10e-6, high: 13e-6)))
  #expect(run.operators[0].samples == Samples([10e-6]) && run.operators[0].samplesAre == .mean)
  #expect(run.operators[0].cache.missBytesPerInference == 4)
}

@Test func outputsAreKept() throws {
  let outputs = ingest(try text(of: "benchlog-v2.txt")).runs[0].outputs
  #expect(outputs.map(\.sample) == [0, 1, 1] && outputs.map(\.inferences) == [3, 2, 1])
  #expect(outputs[0].data == [1, 2, 3, 4] && outputs[0].crc32 == 0xB63C_FBCD)
  #expect(outputs[1].data == nil && outputs.map(\.byteCount) == [4, 4, 4])
}

@Test func refusedRunsAndMicroBenchmarksAreKept() throws {
  let file = ingest(try text(of: "benchlog-v2.txt"))
  #expect(file.refusedRuns.map(\.source.firstLine) == [28])
  #expect(
    file.refusedRuns.first?.words
      == "sww fp32 in sram refused: not enough SRAM; it takes 1,080 KB, there are 420 KB")
  // A machine has two cores, the run would have had one.
  #expect(file.refusedRuns.first?.configuration.text(.cores) == "1")
  let (macs, bytes) = (file.microBenchmarks[0], file.microBenchmarks[1])
  #expect(file.microBenchmarks.count == 2)
  #expect(macs.name == "int8_smlad" && macs.unit == .cycles && macs.repetitions == 16)
  #expect(macs.shortest == 65_552 && macs.longest == 65_558 && macs.macs == 131_072)
  #expect(macs.bytes == nil && macs.accesses == nil && macs.source.firstLine == 31)
  #expect(bytes.unit == .seconds && bytes.shortest == 524e-6 && bytes.longest == nil)
  #expect(bytes.repetitions == 1 && bytes.bytes == 8192)
  #expect(bytes.accesses == 2048 && bytes.misses == 1024)
  for one in file.microBenchmarks {
    let said = [.board, .clock, .origin, .kernels, .model].map { one.configuration.text($0) }
    #expect(said == ["pico2", "150000000", "measured", "builtin", nil])
  }
}

// MARK: What does not fit

private let start = ["log origin=measured", "run id=1 unit=cycles", "op run=1 index=0 kind=ADD"]

/// The rules that a log of these lines breaks, its end line right.
private func read(_ records: [String]) -> IngestedFile {
  let all = start + records
  let runs = all.filter { $0.hasPrefix("run ") }.count
  return ingest(benchLog(all + ["end lines=\(all.count + 1) runs=\(runs)"]))
}

@Test func sumsMustBePossible() {
  for sum in [
    "n=0 min=0 max=0 total=0", "n=2 min=5 max=4 total=9", "n=2 min=4 max=5 total=7",
    "n=2 min=4 max=5 total=11", "n=2 min=4 max=5 total=9 access=1 miss=2",
    "n=18446744073709551615 min=2 max=3 total=18446744073709551615",
  ] {
    let file = read(["sum run=1 \(sum)", "sum run=1 op=0 \(sum)"])
    #expect(file.rules == ["impossible-sum", "impossible-sum"], "\(sum)")
    #expect(file.runs.first?.statistics == nil && file.runs.first?.latency == nil)
  }
  for sum in [
    "n=1 min=0 max=0 total=0", "n=2 min=4 max=5 total=8", "n=2 min=4 max=5 total=10",
    "n=3 min=0 max=18446744073709551615 total=18446744073709551615 access=2 miss=2",
  ] {
    #expect(read(["sum run=1 \(sum)"]).rules.isEmpty, "\(sum)")
  }
}

@Test func sumsMustFitTheLines() {
  let lines = [
    "inf run=1 i=0 time=10", "opt run=1 i=0 op=0 time=9 access=7 miss=3", "inf run=1 i=1 time=12",
  ]
  for (sum, words) in [
    ("n=1 min=11 max=11 total=11", "sums up 1 inferences, and 2 came as lines"),
    ("n=3 min=11 max=12 total=34", "none was shorter than 11, and one of 10.0 cycles came"),
    ("n=3 min=10 max=11 total=32", "none was longer than 11, and one of 12.0 cycles came"),
  ] {
    let file = read(lines + ["sum run=1 \(sum)"])
    #expect(file.rules == ["sum-contradicts-lines"])
    #expect(file.diagnostics.first?.message.contains(words) == true, "\(sum)")
    #expect(file.diagnostics.first?.line == 7)
    #expect(file.runs.first?.statistics == nil)
    #expect(file.runs.first?.latency?.samples == Samples([10, 12]))
  }
  for (sum, word) in [("access=6 miss=3", "accesses"), ("access=7 miss=2", "misses")] {
    let file = read(lines + ["sum run=1 op=0 n=2 min=9 max=9 total=18 \(sum)"])
    #expect(file.rules == ["sum-contradicts-lines"])
    #expect(file.diagnostics.first?.message.contains(word) == true)
    #expect(file.runs.first?.operators.first?.cache.misses?.total == 3)
  }
  // It does not matter which comes first.
  let early = read(["sum run=1 n=1 min=10 max=10 total=10"] + lines)
  #expect(early.rules == ["sum-contradicts-lines"] && early.diagnostics.first?.line == 4)
  #expect(read(lines + ["sum run=1 n=2 min=10 max=12 total=22"]).rules.isEmpty)
}

@Test func oneSumOnly() {
  let sum = "sum run=1 n=1 min=5 max=5 total=5"
  #expect(read([sum, sum]).rules == ["repeated-sum"])
  #expect(read([sum + " op=0", sum, sum + " op=0"]).rules == ["repeated-sum"])
  #expect(read([sum + " op=1"]).rules == ["undeclared-operator"])
  #expect(
    read(["op run=1 index=1 kind=MUL time=3", sum + " op=1"]).rules == ["two-operator-times"])
  let published = read(["run id=2 unit=us latency=5", "sum run=2 n=1 min=5 max=5 total=5"])
  #expect(published.rules == ["two-latencies"])
}

@Test func endOfARunIsChecked() {
  let lines = ["inf run=1 i=0 time=10", "sum run=1 n=5 min=10 max=12 total=55"]
  #expect(read(lines + ["done run=1 inferences=5 printed=1"]).rules.isEmpty)
  #expect(read(lines + ["done run=1 inferences=5"]).rules.isEmpty)
  let few = read(lines + ["done run=1 inferences=5 printed=4"])
  #expect(few.rules == ["missing-inferences"])
  #expect(few.diagnostics.first?.message == "3 of the 4 printed inferences of run 1 are missing")
  #expect(read(lines + ["done run=1 inferences=6 printed=1"]).rules == ["wrong-count"])
  #expect(read(lines + ["done run=1 inferences=5 printed=0"]).rules == ["wrong-count"])
  #expect(read([lines[0], "done run=1 inferences=0"]).rules == ["wrong-count"])
  let twice = read(lines + ["done run=1 inferences=5", "done run=1 inferences=5 console=9"])
  #expect(twice.rules == ["repeated-done"] && twice.runs.first?.recording.consoleTime == nil)
}

@Test func impossibleCountersAreRefused() {
  let most = "18446744073709551615"
  let file = read([
    "opt run=1 i=0 op=0 time=5 access=1 miss=2", "opt run=1 i=1 op=0 time=6 access=\(most)",
    "opt run=1 i=2 op=0 time=7 access=1",
  ])
  #expect(file.rules == ["impossible-counters", "impossible-counters"])
  #expect(file.runs.first?.operators.first?.samples == Samples([6]))
  let benches = read([
    "bench id=1 name=a unit=cycles time=5 max=4", "bench id=2 name=a unit=cycles time=5 n=0",
    "bench id=3 name=a unit=cycles time=5 access=1 miss=2", "bench id=4 name=a unit=ticks time=5",
    "bench id=4 name=a unit=cycles time=5",
  ])
  #expect(
    benches.rules == [
      "impossible-bench", "impossible-bench", "impossible-bench", "unknown-unit", "repeated-bench",
    ])
  #expect(benches.microBenchmarks.isEmpty)
}

@Test func outputsMustFitTogether() {
  func rules(_ lines: [String]) -> [String] { read(lines.map { "out run=1 i=0 " + $0 }).rules }
  for line in [
    "crc32=123456789", "crc32=0 data=1", "crc32=0 data=0g", "crc32=0 bytes=1 data=0102",
    "crc32=0 offset=18446744073709551615 data=01", "crc32=0 bytes=4 offset=4 data=01",
  ] {
    #expect(rules([line]) == ["bad-output"], "\(line)")
  }
  let piece = "crc32=b63cfbcd bytes=4 data=0102"
  #expect(rules([piece, piece]).isEmpty)
  #expect(rules([piece, "crc32=b63cfbcd data=0103"]) == ["bad-output"])
  let most = "crc32=0 same=18446744073709551615"
  #expect(rules([most, "crc32=0 same=1"]) == ["bad-output"])
  #expect(rules([piece, "crc32=b63cfbcd bytes=5 offset=2 data=03"]) == ["bad-output"])
  #expect(rules([piece, "crc32=b63cfbcd same=2 offset=2 data=0304"]).isEmpty)
  #expect(rules([piece]).isEmpty, "only some of the bytes")
  #expect(
    rules([piece, "crc32=b63cfbcd offset=2 data=0305"]) == ["output-contradicts-checksum"])
  #expect(rules(["crc32=0 bytes=0 data=\"\""]).isEmpty, "nothing has the checksum nought")
}

/// Inferences that gave one thing, then another, then the first again.
@Test func inferencesOfAnOutputAddUp() {
  let file = read([
    "out run=1 i=0 crc32=b63cfbcd bytes=4 same=5", "out run=1 i=0 crc32=1 bytes=4 same=2",
    "out run=1 i=0 crc32=b63cfbcd bytes=4 offset=0 data=0102 same=3",
    "out run=1 i=0 crc32=b63cfbcd bytes=4 offset=2 data=0304 same=3",
  ])
  #expect(file.rules.isEmpty)
  #expect(file.runs.first?.outputs.map(\.inferences) == [8, 2])
  #expect(file.runs.first?.outputs.first?.data == [1, 2, 3, 4])
}

@Test func countsOfTheEndAreChecked() {
  let records = [
    "log origin=measured", "refused reason=x", "bench id=1 name=a unit=cycles time=5",
  ]
  func rules(_ end: String) -> [String] {
    ingest(benchLog(records + ["end lines=4 runs=0 " + end])).rules
  }
  #expect(rules("benches=1 refused=1") == ["refused-run"])
  #expect(rules("benches=2 refused=0") == ["refused-run", "wrong-count", "wrong-count"])
  let file = ingest(benchLog(records + ["end lines=4 runs=0"]))
  #expect(file.refusedRuns.first?.words == "a model refused: x")
}

@Test func declarationsThatAreMissingAreNamed() {
  let file = read(["refused machine=1 reason=x", "bench id=1 machine=2 name=a unit=us time=5"])
  #expect(file.rules == ["undeclared-reference", "refused-run", "undeclared-reference"])
  #expect(file.diagnostics[0].message.hasPrefix("the refused run refers to a machine line"))
  #expect(file.diagnostics[2].message.hasPrefix("the micro-benchmark refers to a machine line"))
  #expect(file.refusedRuns.count == 1 && file.microBenchmarks.count == 1)
}

/// Keys of version 2 in a line of version 1 are a mistake; lines of both may stand in one log.
@Test func linesKeepTheRulesOfTheirVersion() {
  let old = ["log origin=measured", "run id=1 unit=us latency=5 input=ramp"].enumerated()
    .map { benchLine($0.element, number: UInt32($0.offset), version: 1) }
  let file = ingest(old.joined(separator: "\n"))
  #expect(file.rules == ["damaged-line", "no-end"] && file.runs.isEmpty)
  let mixed =
    [benchLine("log origin=measured", number: 0, version: 1)]
    + [benchLine("run id=1 unit=us latency=5 input=ramp", number: 1, version: 2)]
    + [benchLine("end lines=3 runs=1", number: 2, version: 1)]
  #expect(ingest(mixed.joined(separator: "\n")).rules.isEmpty)
}
