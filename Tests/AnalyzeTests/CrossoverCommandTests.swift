import Foundation
import TestSupport
import Testing

@testable import analyze

/// `analyze crossover`, with and without logs.
@Suite(.serialized) struct CrossoverCommandTests {
  private static let predicted = Harness.analyze("crossover", "--predict", width: 200)

  /// The text without its line breaks.
  private func flat(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func document(_ arguments: [String]) throws -> [String: Any] {
    let out = Harness.analyze(["crossover"] + arguments + ["--format", "json"]).out
    return try #require(
      try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
  }

  /// A draft of one convolution per size, sealed: `cost` gives cycles per MAC.
  static func log(
    sizes: [Int] = sizes, origin: String = "measured", _ cost: (Double) -> Double = ramp
  ) throws -> String {
    var lines = [
      "log origin=\(origin) tool=test",
      "machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000 cores=1",
      "build id=1 runtime=tflm kernels=cmsis-nn",
    ]
    for (i, size) in sizes.enumerated() {
      let (id, macs) = (i + 1, size * 192)
      let cycles = Int(cost(Double(size)) * Double(macs))
      lines += [
        "model id=\(id) name=cnn_l1_c8_k5_m\(macs) dtype=fp32",
        "run id=\(id) machine=1 build=1 model=\(id) weights=flash unit=cycles warmup=1",
        "op run=\(id) index=0 kind=CONV_2D macs=\(macs) weight_bytes=\(size)",
        "inf run=\(id) i=0 time=\(cycles + 10)", "opt run=\(id) i=0 op=0 time=\(cycles)",
      ]
    }
    return try withFile("draft.txt", lines.joined(separator: "\n") + "\n") { path in
      let sealed = Harness.analyze("seal", path)
      #expect(sealed.status == 0, "\(sealed.err)")
      return sealed.out
    }
  }

  private static let sizes = [
    2, 4, 6, 8, 10, 12, 14, 15, 16, 17, 18, 20, 22, 24, 28, 32, 36, 48, 64, 96,
  ].map { $0 * 1024 }

  private static func ramp(_ bytes: Double) -> Double {
    2 + 12 * min(max(1 - 16_384 / bytes, 0), 0.5)
  }

  @Test func helpHasExamples() {
    let result = Harness.analyze("crossover", "--help")
    #expect(result.status == 0)
    #expect(flat(result.out).contains("EXAMPLES") && flat(result.out).contains("--predict"))
    #expect(Harness.analyze("--help").out.contains("crossover"))
  }

  @Test func predictionNeedsNoLog() {
    let result = Self.predicted
    #expect(result.status == 0 && result.err.isEmpty)
    #expect(flat(result.out).contains("no board was used"))
    #expect(flat(result.out).contains("CNN 3x3 fp32 from flash: compute-bound"))
    #expect(
      flat(result.out).contains("FC int8 from flash: bandwidth-bound at every size of this sweep"))
    #expect(flat(result.out).contains("not measurement noise"))
    #expect(!flat(result.out).contains("hold no sweep"))
  }

  @Test func predictionIsTheSameEachTime() {
    #expect(Harness.analyze("crossover", "--predict", width: 200).out == Self.predicted.out)
  }

  @Test func otherFlashModes() {
    let faster = Harness.analyze("crossover", "--predict", "--flash", "quad/2", width: 200)
    #expect(faster.status == 0)
    #expect(flat(faster.out).contains("flash quad/2") && faster.out != Self.predicted.out)
    let unknown = Harness.analyze("crossover", "--predict", "--flash", "octal")
    #expect(unknown.status == 2 && unknown.err.contains("quad/3, quad/2"))
    let alone = Harness.analyze("crossover", "logs/rp2350_sram.txt", "--flash", "quad/2")
    #expect(alone.status == 2 && alone.err.contains("--predict --flash quad/2"))
  }

  @Test func withoutLogsAndPredictionItSaysWhatToDo() {
    let result = Harness.analyze("crossover")
    #expect(result.status == 2)
    #expect(result.err.contains("no log is named") && result.err.contains("--predict"))
  }

  @Test func logsWithoutASweepSayWhyAndWhatToDo() {
    let result = Harness.analyze(["crossover"] + Harness.published, width: 200)
    #expect(result.status == 0)
    #expect(flat(result.out).contains("The logs hold no sweep: 2 operators, FULLY_CONNECTED of"))
    #expect(flat(result.out).contains("the MACs are not known"))
    #expect(flat(result.out).contains("'analyze crossover --predict'"))
    let csv = Harness.analyze(["crossover"] + Harness.logs + ["--format", "csv"])
    #expect(csv.status == 1 && csv.out.isEmpty && csv.err.contains("has no table"))
  }

  @Test func measuredSweepFindsItsBreaks() throws {
    try withFile("sweep.txt", try Self.log()) { path in
      let result = Harness.analyze("crossover", path, width: 250)
      #expect(result.status == 0, "\(result.err)")
      #expect(
        flat(result.out).contains(
          "CNN 5x5 fp32 from flash: compute-bound (2.00 cycles/MAC) up to 16.0 KiB"),
        "\(result.out)")
      #expect(flat(result.out).contains("saturated from 32.0 KiB"))
      #expect(flat(result.out).contains("measured"))
      let entry = try #require((try document([path])["crossover"] as? [[String: Any]])?.first)
      #expect(entry["board"] as? String == "pico2")
      #expect(entry["kind"] as? String == "CONV_2D")
      #expect(entry["dtype"] as? String == "fp32")
      #expect(entry["weights"] as? String == "flash")
      #expect(entry["origin"] as? String == "measured")
      let onset = try #require(entry["onset_bytes"] as? Double)
      let low = try #require(entry["onset_low"] as? Double)
      let high = try #require(entry["onset_high"] as? Double)
      let full = try #require(entry["full_bytes"] as? Double)
      #expect(abs(onset - 16_384) < 20 && low <= onset && onset <= high)
      #expect(abs(full - 32_768) < 60)
      #expect(entry["preferred_model"] as? String == "two breaks")
      #expect((entry["points"] as? [Any])?.count == Self.sizes.count)
      let both = try document([path, "--predict"])["crossover"] as? [[String: Any]]
      #expect(both?.count == 13)
    }
  }

  @Test func emulatedLogsAreNotFitted() throws {
    let text = try Self.log(origin: "emulated")
    try withFile("emulated.txt", text) { path in
      let result = Harness.analyze("crossover", path, width: 200)
      #expect(flat(result.out).contains("20 operators"))
      #expect(flat(result.out).contains("never taken for time"))
      #expect((try document([path])["crossover"] as? [Any])?.isEmpty == true)
      let reasons = try document([path])["reasons"] as? [String: String]
      #expect(reasons?["crossover"]?.contains("hold no sweep") == true)
    }
  }

  @Test func everyPointIsInTheCSV() throws {
    let result = Harness.analyze("crossover", "--predict", "--format", "csv")
    #expect(result.status == 0)
    let lines = result.out.split(separator: "\r\n")
    #expect(lines.first?.hasPrefix("board,kind,filter,dtype,weights,origin") == true)
    let entries = try #require(try document(["--predict"])["crossover"] as? [[String: Any]])
    let points = entries.reduce(0) { $0 + (($1["points"] as? [Any])?.count ?? 0) }
    #expect(lines.count == points + 1 && points > 280)
  }

  @Test func missingNumbersHaveReasonsInTheDocument() throws {
    let entries = try #require(try document(["--predict"])["crossover"] as? [[String: Any]])
    for entry in entries {
      let reasons = entry["reasons"] as? [String: String] ?? [:]
      for key in ["onset_bytes", "onset_low", "onset_high", "full_bytes", "full_low", "full_high"] {
        #expect((entry[key] == nil) == (reasons[key] != nil), "\(key)")
      }
    }
  }

  @Test func resultsGoToAFile() throws {
    try withFolder { folder in
      let path = folder + "/crossover.md"
      let result = Harness.analyze(
        "crossover", "--predict", "--format", "markdown", "-o", path)
      #expect(result.status == 0 && result.out.isEmpty)
      let written = try String(contentsOfFile: path, encoding: .utf8)
      #expect(written.contains("# Where weights"))
    }
  }
}
