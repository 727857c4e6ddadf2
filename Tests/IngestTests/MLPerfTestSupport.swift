import Foundation
import Testing

@testable import Ingest

/// Files for the tests of the MLPerf Tiny and ST readers.
enum DialectSamples {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder with real logs; nil, and a message, where it is not there.
  static let shared: URL? = {
    let named = ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"]
    let folder =
      named.map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared")
    let samples = folder.appendingPathComponent("samples")
    return FileManager.default.fileExists(atPath: samples.path) ? samples : nil
  }()

  static let hasShared = shared != nil
  static let absence: Comment =
    "no folder 'shared' beside the package; set PICO2_BENCHMARK_SHARED to its path"

  /// Path of a real log.
  static func path(_ name: String) throws -> String {
    try #require(shared).appendingPathComponent(name).path
  }

  /// An own fixture, as bytes.
  static func fixture(_ name: String) throws -> [UInt8] {
    let url = package.appendingPathComponent("Tests/IngestTests/Fixtures/\(name)")
    return [UInt8](try Data(contentsOf: url))
  }

  /// An own fixture, as text.
  static func text(_ name: String) throws -> String {
    String(decoding: try fixture(name), as: UTF8.self)
  }
}

/// Reads text as if it stood in a file of that name.
func ingest(_ text: String, as name: String = "log.txt") -> IngestedFile {
  Ingestor().ingest(bytes: Array(text.utf8), path: name)
}

extension IngestedFile {
  func has(_ rule: String, line: Int, column: Int) -> Bool {
    diagnostics.contains { $0.rule == rule && $0.line == line && $0.column == column }
  }
}

extension Run {
  func has(_ kind: ObservationKind) -> Bool { observations.contains { $0.kind == kind } }
}

extension String {
  /// The same with the only occurrence of `old` replaced.
  func with(_ old: String, _ new: String) throws -> String {
    try #require(components(separatedBy: old).count == 2, "'\(old)' must occur once")
    return replacingOccurrences(of: old, with: new)
  }
}

/// Every value of `samples`, ascending, as often as it came.
func values(_ samples: Samples) -> [Double] {
  samples.sorted.flatMap { Array(repeating: $0.value, count: Int($0.count)) }
}

/// True when both hold the same values to twelve digits.
func same(_ samples: Samples?, _ expected: [Double]) -> Bool {
  guard let samples else { return expected.isEmpty }
  let got = values(samples)
  guard got.count == expected.count else { return false }
  return zip(got, expected.sorted()).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) }
}

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): small, seeded, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Pieces that the account has to add up to: lines end at LF, CRLF or a bare CR.
func pieceCount(_ bytes: [UInt8]) -> Int {
  var count = 0
  var i = 0
  var start = 0
  while i < bytes.count {
    if bytes[i] == 10 || bytes[i] == 13 {
      count += 1
      if bytes[i] == 13, i + 1 < bytes.count, bytes[i + 1] == 10 { i += 1 }
      start = i + 1
    }
    i += 1
  }
  return start < bytes.count ? count + 1 : count
}
