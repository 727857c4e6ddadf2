import TestSupport
import Testing

@testable import Ingest

/// Damaged logs: nothing crashes, every line is accounted for, and no number changes in silence.
struct TFLMDamageTests {
  /// What a reader made of a log, as far as numbers go.
  private struct Reading: Equatable {
    var numbers: [String]
    var signs: [String: Int]

    init(_ file: IngestedFile) {
      numbers = file.runs.map { run in
        let latency = run.latency.map {
          "\($0.samples.median ?? -1) \($0.unit.words) \($0.kind.rawValue)"
        }
        return "\(latency ?? "-") \(run.operatorUnit.words) "
          + run.operators.map { "\($0.kind) \($0.samples.median ?? -1)" }.joined(separator: ",")
      }
      signs = [:]
      for rule in file.diagnostics.map(\.rule) { signs[rule, default: 0] += 1 }
      for run in file.runs {
        for observation in run.observations where observation.kind != .modelRecognised {
          signs[observation.kind.rawValue, default: 0] += 1
        }
      }
    }

    /// True when there is a diagnostic or an observation that `clean` does not have.
    func saysMore(than clean: Reading) -> Bool {
      signs.contains { $0.value > clean.signs[$0.key, default: 0] }
    }
  }

  private static func pieces(_ bytes: [UInt8]) -> Int {
    var reader = LineReader()
    var count = 0
    reader.feed(bytes.span) { _, _, _ in count += 1 }
    reader.finish { _, _, _ in count += 1 }
    return count
  }

  private static func check(
    _ damaged: [UInt8], against clean: Reading, _ what: @autoclosure () -> String
  ) {
    let file = Ingestor().ingest(bytes: damaged, path: "log.txt")
    if file.account.total != pieces(damaged) { Issue.record("lines lost: \(what())") }
    let reading = Reading(file)
    if reading.numbers != clean.numbers, !reading.saysMore(than: clean) {
      Issue.record("changed in silence: \(what()): \(reading.numbers)")
    }
  }

  /// One byte at a time: the smallest damage is the hardest to see.
  private static func flipSingleBytes(_ bytes: [UInt8], _ name: String, trials: Int, seed: UInt64) {
    let clean = Reading(Ingestor().ingest(bytes: bytes, path: "log.txt"))
    var random = SplitMix(seed)
    for _ in 0..<trials {
      var damaged = bytes
      let i = random.below(bytes.count)
      // Digits for digits half the time: those look sound.
      damaged[i] =
        random.below(2) == 0 ? UInt8(48 + random.below(10)) : UInt8(random.below(256))
      check(damaged, against: clean, "\(name), byte \(i) is \(damaged[i])")
    }
  }

  private static func damageLines(_ bytes: [UInt8], _ name: String, trials: Int, seed: UInt64) {
    let clean = Reading(Ingestor().ingest(bytes: bytes, path: "log.txt"))
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var random = SplitMix(seed)
    for trial in 0..<trials {
      let several = trial % 2 == 0
      var out: [UInt8] = []
      var single = random.below(lines.count)
      for (n, line) in lines.enumerated() {
        var kind = 0
        if several { kind = random.below(100) < 2 ? 1 + random.below(3) : 0 }
        if !several, n == single {
          kind = 1 + random.below(3)
          single = -1
        }
        switch kind {
        case 1: continue  // dropped
        case 2: out += line + [UInt8(ascii: "\n")] + line  // repeated
        case 3: out += line.prefix(random.below(line.count + 1))  // truncated
        default: out += line
        }
        out.append(UInt8(ascii: "\n"))
      }
      check(out, against: clean, "\(name), seed \(seed), trial \(trial)")
    }
  }

  private static func flipOnePercent(_ bytes: [UInt8], _ name: String, trials: Int, seed: UInt64) {
    let clean = Reading(Ingestor().ingest(bytes: bytes, path: "log.txt"))
    var random = SplitMix(seed)
    for trial in 0..<trials {
      var damaged = bytes
      for i in damaged.indices where random.below(100) == 0 {
        damaged[i] ^= UInt8(1 << random.below(8))
      }
      check(damaged, against: clean, "\(name), seed \(seed), trial \(trial)")
    }
  }

  private static func damage(_ bytes: [UInt8], _ name: String, trials: Int) {
    flipSingleBytes(bytes, name, trials: trials, seed: 11)
    damageLines(bytes, name, trials: trials / 2, seed: 12)
    flipOnePercent(bytes, name, trials: trials / 4, seed: 13)
  }

  static let trials = 200

  @Test func application() {
    let text = TFLMFixture.boot + (0..<5).map { _ in TFLMFixture.block() }.joined()
    Self.damage([UInt8](text.utf8), "application", trials: Self.trials)
  }

  @Test func redundantProfiler() throws {
    // With three readings of everything, one block is enough to notice any damage.
    Self.damage(
      try fixture("tflm-redundant.txt"), "tflm-redundant.txt", trials: Self.trials)
  }

  @Test func sumsOfKinds() {
    let rows = [("CONV_2D", 41200), ("DEPTHWISE_CONV_2D", 22610), ("SOFTMAX", 90)]
    let text = (0..<4).map { _ in TFLMKindSumsTests.table(rows) }.joined()
    Self.damage([UInt8](text.utf8), "sums of kinds", trials: Self.trials)
  }

  @Test(
    .shared("emulator"),
    arguments: TFLMRealLogTests.emulated.map(\.file))
  func emulator(_ name: String) throws {
    let bytes = try Shared.bytes("emulator/\(name)")
    Self.damage(bytes, name, trials: Self.trials * 1000 / max(bytes.count, 1000))
  }

  @Test func noise() {
    var random = SplitMix(5)
    let words = [
      "took", "ticks", "(", " ms).", "CONV_2D", "profile_count: ", "\n", "\n", "\r", ",", "\"",
      "-1", "-1500000000", "4294936000", "# -O3\n", "```\n", "After:\n", "CONV_2D, 5\n",
      "\"Unique Tag\",\"Total ticks across all events with that tag.\"\n",
      "\"total number of ticks\", 5\n", "4294967295", "invoke_time: ", " (usec)",
      "99999999999999999999", " ", "QEMU-X",
      " CPU Clock Frequency: ", "\"Event\",\"Tag\",\"Ticks\"\n", "total number of ticks, ",
      "\u{1B}[2J", "\0", "0,ADD,1\n", "ADD took 1 ticks (0 ms).\n", "Running imgc\n",
      "[[ Table ]]: Arena\n", "Total | ", "=== x.tflite ===\n", "cycles total\n",
    ]
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<random.below(120) { text += words[random.below(words.count)] }
      let bytes = [UInt8](text.utf8)
      let file = Ingestor().ingest(bytes: bytes, path: "log.txt")
      #expect(file.account.total == Self.pieces(bytes))
    }
  }
}
