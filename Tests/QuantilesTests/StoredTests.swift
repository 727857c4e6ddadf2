import Foundation
import TestSupport
import Testing

@testable import Quantiles

/// Samples and differences stored as JSON.
@Suite struct StoredTests {
  private func again<T: Codable>(_ value: T) throws -> T {
    try JSONDecoder().decode(T.self, from: try JSONEncoder().encode(value))
  }

  private func random(_ seed: UInt64, count: Int, limit: Int) -> Samples {
    var random = SplitMix(seed)
    var samples = Samples(distinctLimit: limit)
    for _ in 0..<count {
      let value =
        Double.random(in: 0...1, using: &random) * exp2(Double.random(in: -70...70, using: &random))
      samples.add(
        Bool.random(using: &random) ? value : 0, times: UInt64.random(in: 1...9, using: &random))
    }
    return samples
  }

  @Test(arguments: [(0, 16), (1, 16), (2, 0), (12, 16), (200, 16), (200, 4096), (6000, 4096)])
  func samplesAreTheSame(count: Int, limit: Int) throws {
    for seed: UInt64 in 1...5 {
      let samples = random(seed, count: count, limit: limit)
      let stored = try again(samples)
      #expect(stored == samples)
      #expect(stored.isExact == samples.isExact && stored.median == samples.median)
      // And they go on alike.
      let more = random(seed + 100, count: 40, limit: limit)
      var (a, b) = (samples, stored)
      a.merge(more)
      b.merge(try again(more))
      #expect(a == b)
    }
  }

  @Test func sameSamplesAreStoredAlike() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let values = (0..<300).map { Double($0 * 7919 % 1000) }
    #expect(
      try encoder.encode(Samples(values)) == encoder.encode(Samples(values.reversed())))
  }

  @Test(arguments: [
    #""counts":[1,1],"values":[2,1]"#,
    #""counts":[1],"values":[1,2]"#,
    #""counts":[1,0],"values":[1,2]"#,
    #""counts":[1],"values":[-1]"#,
    #""counts":[1],"values":[1e308],"sum":{"high":1e308,"low":1e308}"#,
    #""counts":[18446744073709551615,1],"values":[1,2]"#,
    #""counts":[1,1],"values":[1,2],"limit":1"#,
    #""counts":[1],"buckets":[0],"minimum":1,"maximum":1.0001,"sum":{"high":1,"low":0}"#,
    #""counts":[2],"buckets":[9223372036854775807],"minimum":1,"maximum":2,"sum":{"high":1,"low":0}"#,
    #""counts":[2],"buckets":[0],"minimum":1,"maximum":2"#,
    #""counts":[2],"buckets":[0],"maximum":2,"sum":{"high":1,"low":0}"#,
    #""counts":[]"#,
  ])
  func whatCannotBeIsRefused(fields: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Samples.self, from: Data(("{" + fields + "}").utf8))
    }
  }

  @Test func differencesAreTheSame() throws {
    var random = SplitMix(7)
    var order = SuccessiveDifferences()
    #expect(try again(order) == order)
    for i in 0..<500 {
      order.add(UInt64.random(in: 0...(1 << 60), using: &random))
      if i % 60 == 59 { order.break() }
      #expect(try again(order) == order)
    }
    let stored = try again(order)
    #expect(stored.vonNeumannRatio == order.vonNeumannRatio)
    #expect(stored.autocorrelation == order.autocorrelation)
    var (a, b) = (order, stored)
    a.append(order)
    b.append(stored)
    #expect(a == b)
  }
}
