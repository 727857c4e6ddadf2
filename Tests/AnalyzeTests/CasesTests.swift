import Foundation
import TestSupport
import Testing

@testable import analyze

/// Logs with right answers: what must be said of each, and what must not.
@Suite(.serialized) struct CasesTests {
  private func run(_ command: String, _ names: [String], _ more: [String] = []) -> CommandOutcome {
    Harness.analyze(
      [command] + names.map { "Tests/AnalyzeTests/Fixtures/Cases/\($0).txt" } + more)
  }

  private func words(_ command: String, _ names: [String], _ more: [String] = []) -> String {
    run(command, names, more).out.split { " \n▌".contains($0) }.joined(separator: " ")
  }

  private let kws = ["--set", "model=kws", "--set", "dtype=int8"]

  // MARK: causes

  @Test func anOptimisationForSizeIsNotCalledFloat32() {
    let more = kws + ["--set", "board=pico2", "--set", "weights=flash"]
    let summary = words("summary", ["kws_int8_Os"], more)
    #expect(
      summary.contains(
        "either TFLM's reference kernels, an unoptimised build (-O0, -Os) or slow flash"))
    #expect(!summary.contains("ran in float32"))
    let findings = words("findings", ["kws_int8_Os"], more)
    // The one factor that was counted comes within a few percent of the 356 ms.
    #expect(findings.contains("about 350 ms where -Os takes 5.9 times the instructions of -O3"))
    #expect(
      findings.contains("counted for IC fp32; the factor of int8 and that of -O0 are not known"))
    #expect(findings.contains("excluded: float32, predicted 320 ms from flash (308 ms to 329 ms)"))
  }

  @Test func referenceKernelsAreNamedAndFloat32IsExcludedWithItsFigures() {
    let findings = words("findings", ["rp2350-int8-reference-kernels"], kws)
    #expect(findings.contains("possible: TFLM's reference kernels"))
    #expect(findings.contains("possible: an unoptimised build (-O0, -Os)"))
    #expect(
      findings.contains(
        "320 ms from flash (308 ms to 329 ms) and 267 ms from SRAM (261 ms to 275 ms)"))
    for fact in ["kernels=", "flags=", "model_bytes=", "QUANTIZE or DEQUANTIZE"] {
      #expect(findings.contains(fact), "\(fact)")
    }
    #expect(!words("summary", ["rp2350-int8-reference-kernels"], kws).contains("ran in float32"))
  }

  @Test func aSingleRunSaysWhatItTakesAndWhere() {
    let ticks = words("summary", ["single-run-why-slow"])
    #expect(
      ticks.contains("An inference takes 88,630 ticks, most of it DEPTHWISE_CONV_2D (56.9 %)"))
    let time = words("summary", ["single-run-why-slow"], ["--set", "tick=1us"])
    #expect(
      time.contains(
        "takes 88.63 ms, most of it DEPTHWISE_CONV_2D (56.9 %) and CONV_2D (43.0 % in 2 operators)")
    )
  }

  @Test func aSlowNucleoIsToldWhatItsCoreNeeds() {
    let more = kws + ["--set", "board=nucleo_u575zi_q"]
    for command in ["summary", "findings"] {
      let out = words(command, ["slow-nucleo-no-finding"], more)
      #expect(
        out.contains(
          "KWS takes 120 cycles per MAC on Nucleo, at least 20 times what int8 needs there"),
        "\(out)")
      #expect(
        out.contains(
          "possible causes are an unoptimised build (-O0, -Os), TFLM's reference kernels and slow flash"
        ))
      #expect(out.contains("float32 only together with one of them"))
    }
    let findings = words("findings", ["slow-nucleo-no-finding"], more)
    for part in [
      "ICACHE", "external flash", "float32, it needs 5 to 16 cycles per MAC", "flags=-O3",
    ] {
      #expect(findings.contains(part), "\(part)")
    }
  }

  // MARK: geometric mean

  @Test func repeatsAreAveragedBeforeModels() throws {
    let reference = ["--reference", "Tests/AnalyzeTests/Fixtures/Cases/geomean_reference.txt"]
    let out = words("speedup", ["geomean_subject"], reference)
    #expect(out.contains("Geometric mean over models of like rows: 4.00 ("))
    #expect(out.contains("KWS (mean of 3 rows) and mymodel"))
    #expect(!out.contains("2.83"))
    let json = run("speedup", ["geomean_subject"], reference + ["--format", "json"]).out
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let mean = try #require(document["geometric_mean"] as? [String: Any])
    let first = try #require((mean["means"] as? [[String: Any]])?.first)
    #expect(abs((first["ratio"] as? Double ?? 0) - 4) < 0.005)
    #expect((first["models"] as? [[String: Any]])?.compactMap { $0["rows"] as? Int } == [3, 1])
    #expect((mean["left_out"] as? [Any])?.isEmpty == true)
  }

  @Test func boardsAndFlagsAreNeverPooled() {
    let out = words("speedup", ["pool_board_a", "pool_board_b"])
    #expect(!out.contains("Geometric mean"))
    #expect(!out.contains("3.37"))
  }

  // MARK: ticks

  @Test(arguments: ["tick-overflow-down-counter", "tick-overflow-negative"])
  func anOverflowWarnsAndIsNoTime(name: String) {
    let outcome = run("summary", [name], ["--set", "tick=1us"])
    #expect(outcome.err.contains("warning"))
    #expect(
      outcome.err.contains(
        name.hasSuffix("negative")
          ? "read it as unsigned (2,794,967,296)" : "Subtract the other way round (31,296)"))
    #expect(outcome.out.contains("a tick counter overflowed"))
    for command in ["summary", "runs", "operators", "report"] {
      let out = run(command, [name], ["--set", "tick=1us"]).out
      for number in ["8589903", "8,589,903", "8589.9", "4294.9", "−1500", "2794.9"] {
        #expect(!out.contains(number), "\(command): \(number)")
      }
    }
  }

  // MARK: digits

  @Test func noDigitIsPrintedThatWasNotPublished() {
    let out = Harness.analyze(["report"] + Harness.published + ["--format", "markdown"]).out
    for digits in ["58.950", "60.400", "192.410", "47.800", "0.2520", "0.4160", "0.2400", "0.0890"]
    {
      #expect(!out.contains(digits), "\(digits)")
    }
    for digits in ["58.95", "60.40", "192.41", "51.542", "47.80", "0.252"] {
      #expect(out.contains(digits), "\(digits)")
    }
  }

  // MARK: the published models

  @Test func theFilesOfThePublishedModelsWereMadeAgain() {
    let out = Harness.analyze(["findings"] + Harness.published).out
      .split { " \n▌".contains($0) }.joined(separator: " ")
    #expect(out.contains("where the published script makes them again: float32, not int8."))
    #expect(out.contains("The author's own files were not seen."))
    #expect(out.contains("KWS, published with them, takes 1.16 cycles for each instruction"))
    #expect(out.contains("The same author calls SWW FP32 elsewhere"))
    #expect(out.contains("fitted without the time that it predicts, gives each as float32 with"))
  }
}
