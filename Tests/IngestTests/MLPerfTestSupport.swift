import Foundation
import Quantiles
import Testing

@testable import Ingest

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
