import Support
import Testing

@testable import Ingest

/// Lines of a dropped block are taken back once, however many reasons there are.
@Suite struct RetractionTests {
  private func lines(_ text: String, _ type: any DialectReader.Type) -> (read: Int, back: Int) {
    var reader = type.init(file: "-")
    var sink = Sink(file: "-")
    var read = 0
    for (n, line) in text.split(separator: "\n").enumerated() {
      let bytes = Array(line.utf8)
      if reader.read(bytes.span, at: TextPlace(line: n + 1, column: 1), into: &sink) == .read {
        read += 1
      }
    }
    reader.finish(into: &sink)
    return (read, sink.retractedLines)
  }

  /// Found by the fuzzer: an event whose ticks and milliseconds disagree, in a block that a damaged
  /// line makes useless.
  @Test func withheldEventInADroppedBlock() {
    let text = """
      CONV_2D took 40123 ticks (40 ms).
      CONV_2D took 152689 ticks (151 ms).
      CONV_2D took 4012 ti#ks (4 ms).
      FULLY_CONNECTED took 152628 ticks (152 ms).
      SOFTMAX took 87 ticks (0 ms).
      """
    for type in [TFLMApplicationReader.self, TFLMProfilerReader.self] as [any DialectReader.Type] {
      let count = lines(text, type)
      #expect(count.read == 4 && count.back == 4, "\(type)")
    }
  }

  /// A rate that the events of two runs contradict is one line.
  @Test func contradictedRateOfTwoRuns() {
    let run = """
      KeywordRunNIerations(1) took 9000 ticks (900 ms).
      CONV_2D took 4000 ticks (400 ms).
      FULLY_CONNECTED took 3000 ticks (300 ms).
      SOFTMAX took 2000 ticks (200 ms).

      """
    let count = lines("RP2350 ticks per second: 1000000\n" + run + run, TFLMProfilerReader.self)
    #expect(count.read == 9 && count.back == 1)
  }
}
