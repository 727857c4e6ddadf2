import Foundation
import TestSupport
import Testing

@testable import analyze

/// What is said of a run that is called int8 and is too slow for it, where only its time speaks.
@Suite(.serialized) struct SlowInt8Tests {
  /// A console of TFLM's profiling application, of `microseconds` for one inference.
  static func console(_ microseconds: Int) -> String {
    """
    RP2350 CPU Clock Frequency: 150000000 Hz
    RP2350 ticks per second: 1000000
    profile_count: 30
    invoke_time: \(microseconds) (usec)

    """
  }

  private func words(
    _ microseconds: Int, _ command: [String], _ more: [String] = []
  ) throws -> String {
    try withFile("console.txt", Self.console(microseconds)) { path in
      Harness.analyze(command + [path, "--set", "model=kws", "--set", "dtype=int8"] + more).out
    }.unwrapped
  }

  /// KWS at 431 ms: no prediction for float32 holds that.
  @Test(arguments: [
    ["summary"], ["findings"], ["speedup"], ["attribute"], ["report", "--format", "html"],
    ["report", "--format", "json"],
  ])
  func float32IsNoFactInAnyForm(command: [String]) throws {
    for more in [[], ["--set", "board=pico2", "--set", "weights=flash"]] {
      let out = try words(431_000, command, more)
      #expect(!out.isEmpty)
      for claim in [
        "ran in float32", "timings are those of float32", "no int8 model could", "said int8",
        "true int8", "True int8", "mislabelled", "converter.optimizations", "Quantise for real",
        "what is called int8",
      ] {
        #expect(!out.contains(claim), "\(command): \(claim)")
      }
    }
  }

  @Test func summaryCarriesTheDoubt() throws {
    let out = try words(431_000, ["summary"])
    let rest = "TFLM's reference kernels, an unoptimised build (-O0, -Os) or slow flash"
    #expect(out.contains("either \(rest) (its mode, or the cache off)."))
    #expect(
      out.contains("Int8 with CMSIS-NN at -O3 is predicted to take, from flash and from SRAM"))
    // At 320 ms float32 is one cause more.
    let both = try words(320_000, ["summary"])
    #expect(both.contains("either float32, \(rest)"))
  }

  @Test func theFindingExcludesFloat32WithItsFigures() throws {
    let out = try words(431_000, ["findings"])
    #expect(
      out.contains(
        "excluded: float32, predicted 320 ms from flash (308 ms to 329 ms) and 267 ms from SRAM (261 ms to "
          + "275 ms)"))
    for fact in ["kernels=", "flags=", "model_bytes=", "QUANTIZE or DEQUANTIZE"] {
      #expect(out.contains(fact))
    }
    let optimisedForSize = try words(
      356_009, ["findings"], ["--set", "board=pico2", "--set", "weights=flash"])
    #expect(
      optimisedForSize.contains(
        "excluded: float32, predicted 320 ms from flash (308 ms to 329 ms);"))
    #expect(optimisedForSize.contains("possible: an unoptimised build"))
  }

  @Test func whatToDoComesWithWhatItIsWorth() throws {
    let out = try words(
      431_000, ["report", "--format", "markdown"], ["--set", "board=pico2"])
    #expect(
      out.contains(
        "Find the cause (below). Int8 with CMSIS-NN at -O3 and its weights in SRAM is predicted to bring KWS "
          + "from 431 ms to about 59 ms"))
    #expect(out.contains("Predicted for int8 with CMSIS-NN at -O3, against Nucleo in int8"))
    #expect(out.contains("as measured (ms)"))
  }

  /// Names of kernels are the same in any case.
  @Test func kernelsInCapitalsSilenceNothing() throws {
    for kernels in ["CMSIS-NN", "cmsis_nn", "cmsis-nn"] {
      let out = try words(320_000, ["findings"], ["--set", "kernels=\(kernels)"])
      #expect(out.contains("KWS is labelled int8 but slower"), "\(kernels)")
    }
  }

  /// A time that two causes together explain is not said to have none.
  @Test func twoCausesTogetherAreNotDenied() throws {
    let out = try words(
      700_000, ["findings"], ["--set", "kernels=cmsis-nn", "--set", "flags=-O3"])
    #expect(out.contains("no known cause explains it alone."))
    #expect(out.contains("it takes a second cause to fit: predicted 697 ms"))
  }

  /// What became of a run without a number comes first.
  @Test func aRunWithoutANumberIsExplained() throws {
    let lost = """
      RP2350 CPU Clock Frequency: 150000000 Hz
      RP2350 ticks per second: 150000000
      profile_count: 1
      invoke_time: 4294967000 (usec)
      CONV_2D took 4294936000 ticks (28632 ms).
      SOFTMAX took 4294967200 ticks (28633 ms).
      profile_count: 2
      invoke_time: 4294967000 (usec)
      CONV_2D took 4294936000 ticks (28632 ms).
      SOFTMAX took 4294967200 ticks (28633 ms).

      """
    try withFile("lost.txt", lost) { path in
      let out = Harness.analyze("summary", path, "--set", "model=kws", "--set", "dtype=int8").out
      #expect(out.unwrapped.contains("a tick counter overflowed"), "\(out)")
      #expect(!out.contains("nothing to compare"))
    }
  }

  /// The file's size makes it a fact; the published runs stand so too.
  @Test func theSizeOfTheFileMakesItAFact() throws {
    let out = try words(320_000, ["summary"], ["--set", "model_bytes=107000"])
    #expect(
      out.contains(
        "KWS is labelled int8 but ran in float32: its model file holds four bytes for every weight."
      ))
    #expect(out.contains("True int8 is predicted to take"))
    let published = Harness.analyze(["summary"] + Harness.published).out.unwrapped
    #expect(
      published.contains(
        "AD, IC, SWW and VWW are labelled int8 but ran in float32: their times fit, and the published "
          + "script, run again, writes float32 files."))
  }
}

extension String {
  /// The text without the line breaks and bars of a narrow terminal.
  fileprivate var unwrapped: String {
    split { " \n▌".contains($0) }.joined(separator: " ")
  }
}
