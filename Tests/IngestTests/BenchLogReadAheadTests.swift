import BenchLog
import TestSupport
import Testing

@testable import Ingest

/// The project's own log read many lines at once gives what reading them one by one gives.
@Suite struct BenchLogReadAheadTests {
  private struct Writer {
    var random: SplitMix
    var oddness: Int
    var lines: [String] = []
    var number: UInt32 = 0
    var version: UInt32 = 2

    mutating func isOdd() -> Bool { oddness > 0 && random.below(oddness) == 0 }

    mutating func add(_ record: String) {
      var line = benchLine(record, number: number, version: version)
      if isOdd() {
        switch random.below(9) {
        case 0: return number += 1
        case 1: line += "\r"
        case 2: line = "\(line)  "
        case 3: line = "12:34:56.789 -> " + line
        case 4: line = String(line.dropLast(8)) + line.suffix(8).uppercased()
        case 5: line.removeLast()
        case 6: if let before = lines.last { lines.append(before) }
        case 7: line += "\u{1B}[0m"
        default:
          lines.append(["I (31) boot: chatter", "# comment", "", "p", "\u{0}"][random.below(5)])
        }
      }
      number += 1
      lines.append(line)
    }

    mutating func boot() {
      number = isOdd() ? 3 : 0
      version = isOdd() ? 1 : 2
      add("log origin=measured tool=test")
      add("model id=1 name=kws dtype=int8")
      let units = ["us", "cycles", "ns", "parsecs"]
      let runs = 1 + random.below(2)
      let operators = 1 + random.below(4)
      for run in 1...runs {
        add(
          "run id=\(run) model=1 unit=\(units[random.below(isOdd() ? 4 : 3)])"
            + (isOdd() ? " latency=9" : ""))
        for index in (0..<operators).shuffled(using: &random) {
          add("op run=\(run) index=\(index) kind=CONV_2D" + (isOdd() ? " time=5" : ""))
        }
      }
      let scale = [1, 5_000, 30_000_000_000][random.below(3)]
      for i in 0..<(20 + random.below(80)) {
        let run = isOdd() ? random.below(4) : 1 + random.below(runs)
        add("inf run=\(run) i=\(isOdd() ? 0 : i) time=\(scale + random.below(scale))")
        let hasCounters = random.chance(0.8)
        for index in 0..<operators {
          let access = random.below(isOdd() ? 9 : 9_000)
          let counters =
            " access=\(isOdd() ? "18446744073709551615" : String(access)) miss=\(access / 9)"
          add(
            "opt run=\(run) i=\(i) op=\(isOdd() ? 7 : index) time=\(random.below(scale))"
              + (hasCounters ? counters : ""))
        }
        if isOdd() { add("sum run=\(run) n=\(i) min=0 max=\(2 * scale) total=\(scale * i)") }
        if isOdd() { add("out run=\(run) i=\(i) crc32=0badcafe same=1") }
      }
      if !isOdd() { add("done run=1 inferences=20") }
      if !isOdd() { add("end lines=\(number + 1) runs=\(runs)") }
    }

    mutating func text() -> String {
      for _ in 0..<(1 + random.below(3)) { boot() }
      let end = random.chance(0.3) ? "\r\n" : "\n"
      return lines.joined(separator: end) + (random.chance(0.3) ? "" : end)
    }
  }

  private func log(seed: UInt64) -> String {
    var writer = Writer(random: SplitMix(seed), oddness: [0, 20, 200][Int(seed % 3)])
    return writer.text()
  }

  @Test(arguments: 0..<60) func randomLogs(seed: UInt64) {
    expectSameAhead(Array(log(seed: seed).utf8), seed: seed, "sealed")
  }

  /// Some bytes of a log are damaged.
  @Test(arguments: 0..<30) func damagedLogs(seed: UInt64) {
    var bytes = Array(log(seed: seed).utf8)
    var random = SplitMix(seed &* 31 &+ 9)
    for _ in 0..<bytes.count / [100, 1000][random.below(2)] {
      bytes[random.below(bytes.count)] = UInt8(random.below(256))
    }
    expectSameAhead(bytes, seed: seed, "sealed")
  }

  /// Most of a long log is taken in at once, or the tests above show nothing.
  @Test func mostOfALogIsTakenInAtOnce() {
    var records = ["log origin=measured", "run id=1 unit=us", "op run=1 index=0 kind=CONV_2D"]
    for i in 0..<500 {
      records += ["inf run=1 i=\(i) time=\(9_000 + i)", "opt run=1 i=\(i) op=0 time=\(8_000 + i)"]
    }
    let bytes = Array(benchLog(records).utf8)
    var lines = LineReader()
    var sink = Sink(file: "x")
    var reader = BenchLogReader(file: "x")
    var atOnce = 0
    lines.feed(
      bytes.span,
      ahead: { start, place in
        let taken = reader.readAhead(
          bytes.span, from: start, surveyed: Surveyed(), at: place, into: &sink)
        atOnce += taken?.lines ?? 0
        return taken.map { ($0.bytes, $0.lines) }
      }
    ) { piece, place, _ in _ = reader.read(piece, at: place, into: &sink) }
    reader.finish(into: &sink)
    #expect(atOnce == 1000)
    #expect(sink.runs.first?.latency?.samples.count == 500)
    #expect(sink.runs.first?.operators.first?.samples.median == 8_249.5 / 1e6)
    #expect(sink.runs.first?.source.lastLine == 1003)
  }
}
