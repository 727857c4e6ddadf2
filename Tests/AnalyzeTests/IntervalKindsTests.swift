import Foundation
import TestSupport
import Testing

@testable import analyze

/// What users see of an interval's kind, in every form.
@Suite(.serialized) struct IntervalKindsTests {
  private static func fixture(_ name: String) -> String {
    "Tests/AnalyzeTests/Fixtures/Intervals/" + name
  }

  private func document(_ arguments: [String]) throws -> [String: Any] {
    let out = Harness.analyze(arguments + ["--format", "json"]).out
    return try #require(
      JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
  }

  /// Two equal times are half a tick wide whatever confidence is asked for.
  @Test(arguments: ["0.5", "0.95", "0.999"]) func twoEqualTimesAreTheTimersResolution(
    level: String
  ) throws {
    let all = try document(
      ["runs", Self.fixture("two_identical.txt"), "--confidence", level])
    let run = try #require((all["runs"] as? [[String: Any]])?.first)
    let latency = try #require(run["latency"] as? [String: Any])
    #expect(latency["kind"] as? String == "resolution" && latency["level"] == nil)
    let low = try #require(latency["low"] as? Double)
    let high = try #require(latency["high"] as? Double)
    #expect(abs(low - 60_399.5e-6) < 1e-12 && abs(high - 60_400.5e-6) < 1e-12)
  }

  @Test func tablesMarkTheKindAndSayItOnce() {
    let out = Harness.analyze(
      ["runs", Self.fixture("two_identical.txt"), "--reference", "none"], width: 200
    ).out
    #expect(out.contains("60.3995 – 60.4005ᵗ"))
    #expect(out.components(separatedBy: "ᵗ resolution, no confidence").count == 2)
    #expect(!out.contains("95 %"))
  }

  @Test func csvHasKindAndLevelBesideTheEnds() throws {
    let out = Harness.analyze(
      "operators", Self.fixture("null_operators.txt"), "--format", "csv"
    ).out
    let lines = out.split(whereSeparator: \.isNewline).map(String.init)
    let header = try #require(lines.first)
    #expect(header.contains("interval low,interval high,interval kind,interval level"))
    #expect(lines[2].contains(",confidence,0.95,"))
    #expect(lines[4].contains(",resolution,,"))
  }

  /// The ratios of this log are 0.996, 1.004 and 1: pairs of equal operators.
  @Test(arguments: [
    ["operators"], ["summary"], ["findings"], ["report", "--format", "markdown"],
  ])
  func nullsHaveNoDirection(command: [String]) {
    let out = Harness.analyze(
      command + [Self.fixture("null_operators.txt"), "--reference", "none"], width: 400
    ).out
    for claim in ["times slower", "times faster", "times as long in"] {
      #expect(!out.contains(claim), "\(command): \(claim)")
    }
    if command == ["operators"] {
      #expect(out.contains("no difference between int8 and fp32 is shown"))
      #expect(out.contains("p 0.95"))
    }
  }
}
