import Quantiles
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// How many seeds the tests with random damage try; `PICO2_BENCHMARK_SEEDS=1000` for a thorough run.
let seedCount =
  ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SEEDS"].flatMap(UInt64.init) ?? 200

/// Two runs with their operators, many inferences, and all times different.
private func sample() -> String {
  var records = [
    "log origin=measured", "machine id=1 board=pico2 clock_hz=150000000",
    "build id=1 runtime=tflm", "model id=1 name=ad dtype=int8", "model id=2 name=ic dtype=fp32",
  ]
  var time = 100_003
  for run in 1...2 {
    records.append("run id=\(run) machine=1 build=1 model=\(run) weights=flash unit=cycles")
    for op in 0..<3 { records.append("op run=\(run) index=\(op) kind=CONV_2D macs=\(1000 + op)") }
    for i in 0..<12 {
      records.append("inf run=\(run) i=\(i) time=\(time)")
      for op in 0..<3 { records.append("opt run=\(run) i=\(i) op=\(op) time=\(time / 4 + op)") }
      time += 7919
    }
    records += [
      "sum run=\(run) n=12 min=100003 max=300003 total=\(2_000_000 + run)",
      "sum run=\(run) op=1 n=12 min=25000 max=75002 total=\(500_000 + run) access=90 miss=\(run)",
      "out run=\(run) i=0 crc32=b63cfbcd bytes=4 data=01020304 same=12",
      "done run=\(run) inferences=12 printed=12 console=\(5000 + run)",
    ]
  }
  records.append("bench id=1 machine=1 name=flash_stream unit=cycles time=4711 bytes=8192")
  return benchLog(records + ["end lines=\(records.count + 1) runs=2"])
    .replacing("\n", with: "\r\n")
}

/// Lines as an editor counts them: LF, CRLF and CR end one, and the last may lack its end.
private func lineCount(_ text: [UInt8]) -> Int {
  var count = 0
  for (i, byte) in text.enumerated() {
    let pairs = byte == 0x0A && i > 0 && text[i - 1] == 0x0D
    if byte == 0x0D || byte == 0x0A && !pairs { count += 1 }
  }
  guard let last = text.last else { return 0 }
  return last == 0x0D || last == 0x0A ? count : count + 1
}

/// Everything a run says, by what it says it of; samples as a multiset.
private func facts(_ run: Run) -> [String: [Double: UInt64]] {
  var facts: [String: [Double: UInt64]] = [:]
  for entry in run.configuration.all { facts["\(entry.key)=\(entry.entry.text)"] = [0: 1] }
  func samples(_ name: String, _ samples: Samples) {
    facts[name] = Dictionary(uniqueKeysWithValues: samples.sorted.map { ($0.value, $0.count) })
  }
  func statistics(_ name: String, _ statistics: TimeStatistics?, _ cache: CacheCounters) {
    if let statistics { facts["\(name) \(statistics)"] = [0: 1] }
    // Without the sum, the counters are those of the lines that came.
    if statistics != nil { facts["\(name) \(cache)"] = [0: 1] }
  }
  statistics("sum", run.statistics, run.cache)
  for output in run.outputs { facts["\(output)"] = [0: 1] }
  if let time = run.recording.consoleTime { facts["console"] = [time: 1] }
  // Where all lines of inferences are lost there is the mean of the sum, which is compared as such.
  if let latency = run.latency, latency.kind != .mean {
    samples("latency", latency.samples)
    facts["\(latency.unit) \(latency.kind) \(latency.quantum)"] = [0: 1]
  }
  for op in run.operators {
    statistics("operator sum \(op.index ?? -1)", op.statistics, op.cache)
    if op.samplesAre != .mean { samples("operator \(op.index ?? -1)", op.samples) }
    facts["operator \(op.index ?? -1) \(op.kind) \(op.macs ?? 0)"] = [0: 1]
  }
  return facts
}

/// One byte in a hundred becomes another. Nothing crashes, every line is accounted for, no number
/// changes or moves to another run or operator, and nothing is missing without a diagnostic.
@Test func randomDamageNeverChangesANumber() {
  let original = Array(sample().utf8)
  let whole = Ingestor().ingest(bytes: original, path: "log.txt")
  #expect(whole.diagnostics.isEmpty && whole.runs.count == 2)
  let truth = whole.runs.map(facts)
  var survivors = 0
  for seed in 0..<seedCount {
    var random = SplitMix(seed)
    var text = original
    for i in text.indices where Int.random(in: 0..<100, using: &random) == 0 {
      text[i] ^= UInt8.random(in: 1...255, using: &random)
    }
    let file = Ingestor().ingest(bytes: text, path: "log.txt")
    let account = file.account
    let lines = lineCount(text)
    if account.total != lines || account.read + account.skippedTotal + account.diagnosed != lines {
      Issue.record("seed \(seed): \(account) for \(lines) lines")
    }
    var complete = file.runs.count == truth.count
    for run in file.runs {
      let found = facts(run)
      let fits = truth.contains { truth in
        found.allSatisfy { name, values in
          values.allSatisfy { ($0.value) <= truth[name]?[$0.key] ?? 0 }
        }
      }
      if !fits { Issue.record("seed \(seed): something in run \(found) was never said") }
      if !truth.contains(found) { complete = false }
      survivors += found["latency"]?.count ?? 0
    }
    if !complete && !file.diagnostics.contains(where: { $0.severity >= .warning }) {
      Issue.record("seed \(seed): something is missing and nothing says so")
    }
  }
  // About a third of the lines is hit; of a run whose own line survives most times still count.
  #expect(survivors > Int(seedCount) * 5 && survivors < Int(seedCount) * 24)
}

/// Whole chunks lost, doubled or swapped: no crash, every line accounted for, no number changed.
@Test func randomSurgeryNeverChangesANumber() {
  let original = Array(sample().utf8)
  let truth = Ingestor().ingest(bytes: original, path: "log.txt").runs.map(facts)
  for seed in 0..<seedCount {
    var random = SplitMix(seed &+ 1_000_000)
    var text = original
    for _ in 0..<3 {
      let start = Int.random(in: 0..<text.count, using: &random)
      let end = min(text.count, start + Int.random(in: 1...400, using: &random))
      let piece = text[start..<end]
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text.removeSubrange(start..<end)
      case 1: text.replaceSubrange(start..<end, with: piece.map { _ in UInt8(0) })
      default: text.insert(contentsOf: Array(piece), at: end)
      }
    }
    let file = Ingestor().ingest(bytes: text, path: "log.txt")
    #expect(file.account.total == lineCount(text))
    #expect(text == original || !file.diagnostics.isEmpty, "seed \(seed)")
    for run in file.runs {
      let known = facts(run).allSatisfy { name, values in
        truth.contains { truth in values.keys.allSatisfy { truth[name]?[$0] != nil } }
      }
      #expect(known, "seed \(seed)")
    }
  }
}

/// Bytes without any sense: no crash, every line accounted for, no runs.
@Test func noiseGivesNoRuns() {
  for seed in 0..<min(seedCount, 200) {
    var random = SplitMix(seed &+ 2_000_000)
    let text = (0..<2000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let file = Ingestor().ingest(bytes: text, path: "noise.txt")
    #expect(file.account.total == lineCount(text))
    #expect(file.runs.isEmpty && !file.diagnostics.isEmpty)
  }
}
