import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Taking in lines at once, and blocks on several cores, gives what reading line by line gives, to the last
/// diagnostic.
@Suite struct ReadAheadTests {
  /// A log of inferences with jitter, and sometimes something that a reader must look at.
  private func log(
    _ random: inout SplitMix, isApplication: Bool, inferences: Int = 20
  ) -> String {
    let kinds = ["CONV_2D", "DEPTHWISE_CONV_2D", "CONV_2D", "FULLY_CONNECTED", "SOFTMAX"]
    let count = 1 + random.below(kinds.count)
    let rate = [1_000_000, 150_000_000, 1_000, 32_768][random.below(4)]
    let scale = [10, 9_000, 200_000, 3_000_000][random.below(4)]
    let end = random.below(4) == 0 ? "\r\n" : "\n"
    let jitter = [1, 20, 5_000][random.below(3)]
    let hasMilliseconds = isApplication || random.below(4) > 0
    let oddness = [0, 12, 60][random.below(3)] * (inferences > 20 ? 6 : 1)
    var lines: [String] = []
    func boot() {
      guard isApplication else { return }
      lines += ["RP2350 CPU Clock Frequency: 150000000 Hz", "RP2350 ticks per second: \(rate)"]
    }
    boot()
    if !isApplication, random.below(3) == 0 { lines.append("RP2350 ticks per second: \(rate)") }
    var factor = 1
    for _ in 0..<(inferences + random.below(4 * inferences)) {
      if oddness > 0, random.below(oddness) == 0 {
        switch random.below(10) {
        case 0: boot()
        case 1: factor = [1, 3, 30][random.below(3)]
        case 2: lines.append("# another build v\(random.below(5))")
        case 3: lines.append("some prose")
        case 4: lines.append("")
        case 5: if let last = lines.last { lines.append(last) }
        case 6: lines.append("SOFTMAX took 0 ticks (0 ms).")
        case 7: lines.append("*** Booting Zephyr OS build v3.7.0 ***")
        case 8: lines.append("17")
        default: _ = lines.popLast()
        }
      }
      var ticks = (0..<count).map { scale * ($0 + 1) * factor + random.below(jitter) }
      if oddness > 0, random.below(oddness) == 0 {
        ticks[random.below(count)] = [0, 1 << 31, 4_294_967_295, 4_290_000_000][random.below(4)]
      }
      let sum = ticks.reduce(0, +)
      if isApplication {
        lines.append("profile_count: 10")
        let over = oddness > 0 && random.below(oddness) == 0 ? 5 : 1
        lines.append("invoke_time: \(over * (sum * 1_000_000 / rate + random.below(30))) (usec)")
      }
      for (kind, ticks) in zip(kinds, ticks) {
        let off = oddness > 0 && random.below(oddness) == 0 ? 7 : 0
        lines.append(
          hasMilliseconds
            ? "\(kind) took \(ticks) ticks (\(ticks * 1000 / rate + off) ms)."
            : "\(kind) took \(ticks) us.")
      }
      if isApplication {
        for k in 0..<random.below(4) { lines.append("\(k * 9)") }
      } else {
        lines.append("")
      }
    }
    return lines.joined(separator: end) + (random.below(3) == 0 ? "" : end)
  }

  @Test(arguments: 0..<60) func randomLogs(seed: UInt64) {
    var random = SplitMix(seed &* 77 &+ 5)
    for isApplication in [true, false] {
      let text = log(&random, isApplication: isApplication)
      expectSameAhead(Array(text.utf8), seed: seed, isApplication ? "application" : "profiler")
    }
  }

  /// Long ones, of which most is read in blocks.
  @Test(arguments: 0..<24) func longLogs(seed: UInt64) {
    var random = SplitMix(seed &* 11 &+ 2)
    for isApplication in [true, false] {
      let text = log(&random, isApplication: isApplication, inferences: 400)
      expectSameAhead(Array(text.utf8), seed: seed, isApplication ? "application" : "profiler")
    }
  }

  /// One byte in a hundred of a log is damaged.
  @Test(arguments: 0..<30) func damagedLogs(seed: UInt64) {
    var random = SplitMix(seed &* 31 &+ 9)
    for isApplication in [true, false] {
      var bytes = Array(log(&random, isApplication: isApplication).utf8)
      for _ in 0..<bytes.count / [100, 1000][random.below(2)] {
        bytes[random.below(bytes.count)] = UInt8(random.below(256))
      }
      expectSameAhead(bytes, seed: seed, isApplication ? "application" : "profiler")
    }
  }

  /// The logs of every dialect.
  @Test(arguments: RandomDamageTests.logs) func otherLogs(path: String) throws {
    let bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
    guard bytes.count < 1 << 20 else { return }
    expectSameAhead(bytes, seed: 3, path)
    // The same with one byte in a hundred damaged, and many times over, so that there is more than one block.
    var random = SplitMix(UInt64(bytes.count))
    var long = [UInt8]()
    while long.count < 60_000, !bytes.isEmpty { long += bytes }
    var damaged = long
    for _ in 0..<damaged.count / 100 {
      damaged[random.below(damaged.count)] = UInt8(random.below(256))
    }
    for bytes in [long, damaged] where bytes.count < 1 << 18 {
      expectSameAhead(LogRead.inSmallBlocks(seed: 4), BytesInMemory(bytes), path)
    }
  }

  /// Most of a long log is taken in at once, or the tests above show nothing.
  @Test(arguments: [true, false]) func mostOfALogIsTakenInAtOnce(isApplication: Bool) throws {
    var lines = isApplication ? ["RP2350 ticks per second: 1000000"] : []
    for i in 0..<500 {
      if isApplication { lines += ["profile_count: 10", "invoke_time: \(9050 + i % 7) (usec)"] }
      lines += [
        "CONV_2D took \(8000 + i % 7) ticks (8 ms).", "SOFTMAX took 1010 ticks (1 ms).",
        isApplication ? "\(i)" : "",
      ]
    }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    var reader = LineReader()
    var sink = Sink(file: "x")
    var application = TFLMApplicationReader(file: "x")
    var profiler = TFLMProfilerReader(file: "x")
    var atOnce = 0
    reader.feed(
      bytes.span,
      ahead: { start, place in
        let taken =
          isApplication
          ? application.readAhead(
            bytes.span, from: start, surveyed: Surveyed(), at: place, into: &sink)
          : profiler.readAhead(
            bytes.span, from: start, surveyed: Surveyed(), at: place, into: &sink)
        guard let taken else { return nil }
        atOnce += taken.lines
        return (taken.bytes, taken.lines)
      }
    ) { piece, place, _ in
      guard !piece.isEmpty else { return }
      if isApplication {
        _ = application.read(piece, at: place, into: &sink)
      } else {
        _ = profiler.read(piece, at: place, into: &sink)
      }
    }
    #expect(atOnce > 480 * (isApplication ? 5 : 3))
    // Elsewhere they are found as well.
    let found = isApplication ? application.survey(bytes.span) : profiler.survey(bytes.span)
    #expect((found.first?.content as? TFLMStretch)?.times ?? 0 > 480)
    if isApplication { application.finish(into: &sink) } else { profiler.finish(into: &sink) }
    #expect(sink.runs.first?.latency?.samples.count == 500)
  }
}
