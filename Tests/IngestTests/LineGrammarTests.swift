import Support
import TestSupport
import Testing

@testable import Ingest

/// Times in words: one line each, in the shapes that people print.
@Suite struct LineGrammarTests {
  private func read(_ line: String) -> MeasuredLine {
    let bytes = Array(line.utf8)
    return LineGrammar.read(bytes.span, at: TextPlace(line: 1, column: 1))
  }

  @Test(arguments: [
    ("Inference time: 245 us", 245e-6), ("Inference took: 19533 microseconds", 0.019533),
    ("It took 523 micros to run inference", 523e-6), ("inference latency=12.3ms", 0.0123),
    ("inference_us=245604", 0.245604), ("inference time: 2.41 s", 2.41),
    ("Inference done (3703 ms)", 3.703), ("Inference (us): 12", 12e-6),
    ("Inference time [ms] = 1.5", 0.0015), ("invokeTimeUs: 9", 9e-6),
    ("245 us per inference", 245e-6),
    ("Inference 3: 1 s 234 ms", 1.234), ("Inference: 0:00:01.500", 1.5), ("推理时间：57 ms", 0.057),
    ("Inferenzzeit: 57,5 ms", 0.0575), ("\"inference_ms\": 4.5,", 0.0045),
  ]) func inferenceIsRead(line: String, seconds: Double) {
    let times = read(line).figures.filter { $0.role == .inference(.named) }
    #expect(times.map(\.value) == [seconds], "\(read(line))")
  }

  @Test(arguments: [
    "DSP time: 12 ms", "Preprocess took 3 ms", "Model load took 30 ms", "Layer 3: 12 us",
    "CONV_2D: 40 us", "sleep 100 ms",
  ]) func stagesStandApart(line: String) {
    #expect(read(line).figures.map(\.role) == [.stage], "\(read(line))")
  }

  @Test(arguments: [
    "Average inference time: 5 ms", "max inference: 7 us", "inference p95=3 ms",
    "Total inference time: 50 ms",
  ]) func summariesAreNoSamples(line: String) {
    #expect(!read(line).figures.contains { $0.role.isInference }, "\(read(line))")
  }

  @Test(arguments: [
    "Starting at 12:34:56", "v1.2.3 ms", "Predictions: 0x1F us", "const int inference_us = 5;",
    "// Inference takes 5 ms", "temperature 21 C", "Operations/Cycle: 4.3", "inference -5 ms",
  ]) func otherLinesTellNothing(line: String) {
    #expect(read(line).rank == nil, "\(read(line))")
  }

  @Test func commaBeforeThreeDigitsIsNotGuessed() {
    #expect(read("Inference time: 1,234 ms").ambiguity != nil)
    #expect(read("Inference time: 1,234,567 us").figures.map(\.value) == [1.234567])
  }

  @Test func cyclesAndTimeAreOneInferenceAndBoundTheClock() throws {
    let file = ingest(
      "invoke_cycles: 6011, invoke_time_us: 41\ninvoke_cycles: 5840, invoke_time_us: 39\n")
    let run = try #require(file.runs.first)
    #expect(
      file.runs.count == 1 && run.latency?.samples.count == 2 && run.printedCycles?.count == 2)
    #expect(
      run.observations.contains {
        $0.kind == .clockFromCycles && $0.message.contains("146.0 to 150.3 MHz")
      })
  }

  @Test func numberWithoutUnitIsNamedAndLeftOut() {
    let file = ingest("Inference time: 12 ms\nInference time: 41203\n")
    #expect(file.runs.first?.latency?.samples.count == 1 && file.rules == ["no-unit"])
  }

  /// Whole seconds with two decimals are not known to a microsecond, and this is said.
  @Test func resolutionIsSaid() throws {
    let run = try #require(ingest("inference time: 2.41 s\ninference time: 2.40 s\n").runs.first)
    #expect(run.latency?.quantum == 0.01)
    #expect(
      run.observations.contains { $0.message.contains("printed to 10 ms: it names an inference") })
  }
}
