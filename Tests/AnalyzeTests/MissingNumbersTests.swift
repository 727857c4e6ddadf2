import Foundation
import TestSupport
import Testing

@testable import analyze

/// What the report and the document say where numbers are missing.
@Suite(.serialized) struct MissingNumbersTests {
  private static let ticks = """
    Running 1 iterations
    CONV_2D took 300 ticks (0 ms).
    SOFTMAX took 100 ticks (0 ms).

    "Unique Tag","Total ticks across all events with that tag."
    CONV_2D, 300
    SOFTMAX, 100
    "total number of ticks", 400

    """

  private static let report = """
    Exec/report summary (analyze)
    model_name         : gait
    macc               : 5,100
    weights (ro)       : 2,048 (2.00 KiB)

    """

  private static let failed = report.replacingOccurrences(
    of: "(analyze)", with: "(validate err=-1)\nerror  : TOOL ERROR: no weights, for once")

  private func text(_ log: String, _ more: String...) throws -> String {
    try withFile("made.txt", log) { path in
      Harness.analyze([path, "--reference", "none"] + more, width: 200).out
    }
  }

  private func run(_ log: String, _ more: String...) throws -> [String: Any] {
    try withFile("made.txt", log) { path in
      let out = Harness.analyze([path, "--reference", "none", "--format", "json"] + more).out
      let document = try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any]
      return try #require((document?["runs"] as? [[String: Any]])?.first)
    }
  }

  private func words(_ line: String, in text: String) throws -> [String] {
    let found = text.split(separator: "\n").first { $0.hasPrefix(line) }
    return try #require(found, "\(line)").split(separator: " ").map(String.init)
  }

  @Test func ticksAreShownWithTheirShare() throws {
    let text = try text(Self.ticks)
    #expect(try words("operator", in: text) == ["operator", "ticks", "%", "n"])
    #expect(try words("0 CONV_2D", in: text) == ["0", "CONV_2D", "300", "75.0", "1"])
    #expect(try words("run ", in: text) == ["run", "ticks", "how", "origin", "file"])
    let run = try run(Self.ticks)
    #expect(run["ticks"] as? Double == 400)
    #expect(run["latency"] == nil)
    let operators = try #require(run["operators"] as? [[String: Any]])
    #expect(operators.map { $0["ticks"] as? Double } == [300, 100])
    #expect(operators.map { $0["n"] as? Int } == [1, 1])
  }

  @Test func cyclesAreShownWhereTheClockIsMissing() throws {
    let text = try text(Self.ticks, "--set", "tick=2cycles")
    #expect(try words("operator", in: text) == ["operator", "cycles", "%", "n"])
    #expect(try words("0 CONV_2D", in: text) == ["0", "CONV_2D", "600", "75.0", "1"])
    #expect(text.contains("the CPU clock is not known"))
  }

  @Test func timeIsShownWhereItIsKnown() throws {
    let text = try text(Self.ticks, "--set", "tick=1us")
    #expect(try words("0 CONV_2D", in: text) == ["0", "CONV_2D", "300", "75.0", "1"])
    #expect(try words("operator", in: text) == ["operator", "µs", "%", "n"])
  }

  @Test func reportsOfCostsClaimNoOriginAndNoMethod() throws {
    let text = try text(Self.report)
    #expect(try words("run ", in: text) == ["run", "model", "MAC", "file"])
    #expect(text.contains("No origin: nothing was measured."))
    #expect(text.contains("and how: the report holds costs, not times."))
    let run = try run(Self.report)
    #expect(run["origin"] == nil)
    #expect(run["macs"] as? Int == 5100)
    #expect((run["reasons"] as? [String: String])?["origin"] == "nothing was measured")
  }

  @Test func failedRunsShowNoNumber() throws {
    let run = try run(Self.failed)
    let reasons = try #require(run["reasons"] as? [String: String])
    for key in ["macs", "weight_bytes", "latency", "cycles", "operators"] {
      #expect(reasons[key] == "the tool says that this run failed", "\(key)")
    }
    #expect(run["macs"] == nil)
    let text = try text(Self.failed)
    #expect(!text.contains("5,100"))
    let flat = text.split { " \n▌".contains($0) }.joined(separator: " ")
    #expect(flat.contains("this run failed: no weights, for once."))
  }

  private static let runKeys: Set<String> = [
    "origin", "board", "mcu", "clock_hz", "cores", "runtime", "model", "dtype", "dtype_evidence",
    "weights", "latency", "cycles", "ticks", "instructions", "macs", "weight_bytes",
  ]

  private static let operatorKeys: Set<String> = [
    "index", "seconds", "low", "high", "interval", "n", "cycles", "ticks", "instructions", "macs",
    "weight_bytes",
  ]

  private func expectReasons(_ entry: [String: Any], _ keys: Set<String>) {
    let reasons = entry["reasons"] as? [String: String] ?? [:]
    for key in keys { #expect((entry[key] == nil) == (reasons[key] != nil), "\(key)") }
  }

  @Test(arguments: [ticks, report, failed]) func everyMissingKeyHasItsReason(log: String) throws {
    for options in [[], ["--set", "tick=1us"], ["--set", "clock=1MHz"], ["--set", "dtype=int8"]] {
      let run = try withFile("made.txt", log) { path in
        let out = Harness.analyze([path, "--reference", "none", "--format", "json"] + options).out
        let document = try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any]
        return try #require((document?["runs"] as? [[String: Any]])?.first)
      }
      expectReasons(run, Self.runKeys)
      if let latency = run["latency"] as? [String: Any] { expectReasons(latency, ["low", "high"]) }
      for one in run["operators"] as? [[String: Any]] ?? [] {
        expectReasons(one, Self.operatorKeys)
      }
    }
  }
}
