import Foundation
import Testing

@testable import Performance
@testable import analyze

@Suite(.serialized) struct ExplainCommandTests {
  private func document(_ arguments: [String]) throws -> [String: Any] {
    let result = Harness.analyze(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.err)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
  }

  @Test func theDocumentHoldsTheModel() throws {
    let explain = try #require(
      try document(["explain"] + Harness.logs)["explain"] as? [String: Any])
    let cpi = try #require(explain["cpi"] as? Double)
    let line = try #require(explain["cycles_per_line"] as? Double)
    #expect((1.12...1.15).contains(cpi) && (48.0...58).contains(line))
    #expect((explain["bandwidth"] as? Double).map { $0 < 25e6 } == true)
    #expect(explain["bandwidth_roof"] as? Double == 25e6)
    let held = try #require(explain["leave_one_out"] as? [[String: Any]])
    #expect(held.count == 6)
    for one in held { #expect(abs((one["error"] as? Double) ?? 1) < 0.02) }
    let points = try #require(explain["points"] as? [[String: Any]])
    #expect(points.count == 6)
    for point in points {
      let measured = try #require(point["measured"] as? Double)
      let predicted = try #require(point["predicted"] as? Double)
      let error = try #require(point["error"] as? Double)
      #expect(abs(predicted / measured - 1 - error) < 1e-12)
    }
    // Five models in two dtypes from two places, but for two that do not fit SRAM.
    let predictions = try #require(explain["predictions"] as? [[String: Any]])
    #expect(predictions.count == 18)
    for one in predictions {
      let seconds = try #require(one["seconds"] as? Double)
      #expect(try #require(one["low"] as? Double) < seconds)
      #expect(try #require(one["high"] as? Double) > seconds)
      #expect(one["origin"] as? String == "predicted")
    }
  }

  @Test func predictionsAreThoseAskedFor() throws {
    let explain = try #require(
      try document(
        ["explain"] + Harness.logs + [
          "--predict", "model=kws,dtype=int8,weights=sram,clock=300MHz",
          "--predict", "model=ad,dtype=fp32,flash=quad/2,cores=2",
        ])["explain"] as? [String: Any])
    let rows = try #require(explain["predictions"] as? [[String: Any]])
    #expect(rows.count == 2)
    let ad = try #require(rows.first { $0["model"] as? String == "ad" })
    #expect(ad["flash"] as? String == "quad/2" && ad["cores"] as? Int == 2)
    #expect((ad["caveats"] as? [String])?.contains { $0.contains("best case") } == true)
    let kws = try #require(rows.first { $0["model"] as? String == "kws" })
    #expect(kws["clock_hz"] as? Double == 300e6)
    // Twice the clock of 59 ms.
    #expect((kws["seconds"] as? Double).map { abs($0 - 0.0295) < 0.001 } == true)
  }

  @Test(arguments: [
    ("dtype", "key=value"), ("dtyp=int8", "dtype"), ("cores=3", "cores"), ("cores=x", "cores"),
    ("cache=maybe", "on nor off"), ("clock=fast", "clock"), ("dtype=int8,dtype=fp32", "twice"),
    ("dtype=int3", "int3"), ("weights=moon", "moon"), ("clock=1Hz", "beyond"),
  ])
  func wrongSettingsAreRefused(text: String, word: String) {
    let result = Harness.analyze(["explain"] + Harness.logs + ["--predict", text])
    #expect(result.status == 2)
    #expect(result.err.contains(word), "\(result.err)")
  }

  @Test func unknownFlashModesNameTheKnownOnes() {
    let result = Harness.analyze(
      ["explain"] + Harness.logs + ["--predict", "dtype=fp32,flash=octal/1"])
    #expect(result.status == 2)
    #expect(result.err.contains("quad/3, quad/2, dual/3, serial/3"))
  }

  @Test func predictionsKeepToTheFilterAndTheClockOfTheLogs() throws {
    let explain = try #require(
      try document(
        ["explain"] + Harness.logs + ["--filter", "model=sww", "--predict", "dtype=int8"])[
          "explain"] as? [String: Any])
    let rows = try #require(explain["predictions"] as? [[String: Any]])
    #expect(rows.map { $0["model"] as? String } == ["sww"])
    let none = Harness.analyze(
      ["explain"] + Harness.logs + ["--predict", "model=foo"], width: 200)
    #expect(none.out.contains("known are ad, ic"))
  }

  @Test func everyPublishedModelIsInTheRoofline() throws {
    let roofline = try #require(
      try document(["roofline"] + Harness.logs)["roofline"] as? [String: Any])
    let points = try #require(roofline["points"] as? [[String: Any]])
    for run in ["ad-fp32", "ic-fp32", "kws-int8", "sww-fp32", "vww-fp32"] {
      #expect(points.contains { $0["run"] as? String == "rp2350-\(run)-flash" })
    }
    for run in ["ad", "ic", "kws", "sww", "vww"] {
      #expect(points.contains { $0["run"] as? String == "nucleo-\(run)" })
    }
    for point in points {
      if let share = point["share"] as? Double { #expect(share <= 1) }
    }
  }

  @Test func explainDrawsAndTells() throws {
    let text = Harness.analyze(["explain"] + Harness.logs).out
    for word in ["× instructions", "line fills", "median", "25.0 MB/s"] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(text.contains("█"))
  }
}
