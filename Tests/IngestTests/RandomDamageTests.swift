import Quantiles
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One byte in a hundred of every log is replaced at random: nothing crashes or hangs, every line is
/// accounted for, and no number changes unless something is said.
///
/// `PICO2_BENCHMARK_SEEDS` sets how often each log is damaged; a twentieth of it in an ordinary run.
@Suite struct RandomDamageTests {
  static let seeds = max(1, seedCount / (seedCount >= 1000 ? 1 : 20))

  /// Logs of the package, and those of the shared folder where there is one.
  static let logs: [String] =
    [
      Checkout.path("Tests/IngestTests/Fixtures"), Checkout.path("logs"), Shared.path("samples"),
      Shared.path("emulator"),
    ].flatMap(files).sorted()

  private static func files(in folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    return walk.compactMap { $0 as? String }.filter {
      [".txt", ".csv", ".cap", ".log"].contains(where: $0.hasSuffix)
    }.map { folder + "/" + $0 }
  }

  @Test(arguments: logs) func onePercentOfTheBytes(path: String) throws {
    let original = [UInt8](try #require(FileManager.default.contents(atPath: path)))
    let whole = Ingestor().ingest(bytes: original, path: path)
    let known = Values(whole)
    let said = Self.remarks(whole)
    for seed in 1...Self.seeds {
      var random = SplitMix(UInt64(seed) &* 0x9E37 &+ UInt64(original.count))
      var bytes = original
      for _ in 0..<max(1, bytes.count / 100) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let damaged = Ingestor().ingest(bytes: bytes, path: path)
      let account = damaged.account
      #expect(account.total == account.read + account.skippedTotal + account.diagnosed)
      #expect(account.total == Self.pieces(bytes), "seed \(seed)")
      let changed = Values(damaged).notIn(known)
      if let changed, Self.remarks(damaged).isSubset(of: said),
        damaged.recognition == whole.recognition, !Self.saidOnce(in: path)
      {
        Issue.record("seed \(seed): \(changed) in silence")
      }
      for run in damaged.runs {
        let numbers =
          run.operators.flatMap(\.samples.sorted) + (run.latency?.samples.sorted ?? [])
        #expect(numbers.allSatisfy { $0.value.isFinite && $0.value >= 0 })
      }
    }
  }

  /// Diagnostics and what readers noticed, as text with their lines.
  private static func remarks(_ file: IngestedFile) -> Set<String> {
    Set(
      file.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }
        + file.runs.flatMap(\.observations).map { "\($0.line ?? 0) \($0.message)" })
  }

  /// In a log with operators in the wrong unit the total is the only witness, and is said once. So is every
  /// time in words.
  private static func saidOnce(in path: String) -> Bool {
    path.hasSuffix("tflm-nanoseconds.txt") || path.contains("/consoles/")
  }

  /// Lines as the reader cuts them.
  private static func pieces(_ bytes: [UInt8]) -> Int {
    var reader = LineReader()
    var count = 0
    reader.feed(bytes.span) { _, _, _ in count += 1 }
    reader.finish { _, _, _ in count += 1 }
    return count
  }
}

/// All measured values of a file, by what they are of.
private struct Values {
  private var sets: [String: Set<Double>] = [:]

  init(_ file: IngestedFile) {
    for run in file.runs {
      if let latency = run.latency {
        // A sum of operators changes with any of them; those are compared one by one.
        if latency.kind != .operatorSum { add("latency", latency.samples) }
      }
      // Words have no redundancy; a damaged kind is no changed number.
      for one in run.operators { add("an operator", one.samples) }
      add("energy", run.energy)
    }
  }

  private mutating func add(_ name: String, _ samples: Samples) {
    sets[name, default: []].formUnion(samples.sorted.map(\.value))
  }

  /// The first value that `known` does not have; nil when there is none.
  func notIn(_ known: Values) -> String? {
    for (name, values) in sets.sorted(by: { $0.key < $1.key }) {
      if let value = values.subtracting(known.sets[name] ?? []).min() {
        return "\(name) became \(value)"
      }
    }
    return nil
  }
}
