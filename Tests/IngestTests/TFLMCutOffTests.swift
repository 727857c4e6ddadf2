import Testing

@testable import Ingest

/// A block that is cut off by the end of the log, a reset or another header gives no whole inference.
struct TFLMCutOffTests {
  typealias F = TFLMFixture

  /// The console of an invented emulated board: every number is said three times.
  private static let emulated =
    F.boot.replacing("RP2350 ", with: "QEMU-AN505 ") + """
      profile_count: 0
      invoke_time: 5020 (usec)
      CONV_2D took 4000 ticks (4 ms).
      FULLY_CONNECTED took 900 ticks (0 ms).
      SOFTMAX took 80 ticks (0 ms).
      invoke_insns: 5020 op_total: 4980
      "Event","Tag","Ticks"
      0,CONV_2D,4000
      1,FULLY_CONNECTED,900
      2,SOFTMAX,80
      "Unique Tag","Total ticks across all events with that tag."
      CONV_2D, 4000
      FULLY_CONNECTED, 900
      SOFTMAX, 80
      "total number of ticks", 4980
      output_fnv1a: e3998ae9

      """

  private static func head(_ lines: Int) -> IngestedFile {
    let all = emulated.split(separator: "\n", omittingEmptySubsequences: false)
    return ingest(all.prefix(lines).map { $0 + "\n" }.joined())
  }

  /// Lines up to that of the whole inference's count.
  private static let whole = 14

  @Test func theFirstOperatorIsNoInference() throws {
    let file = Self.head(11)
    let run = try #require(file.runs.first)
    #expect(run.latency == nil)
    #expect(run.operators.map(\.kind) == ["CONV_2D"])
    #expect(run.medians == [4000])
    #expect(file.rules == ["log-ends-in-block"])
    #expect(file.diagnostics.first?.line == 11)
    let said = try #require(file.observations(.incompleteInference).first)
    #expect(said.message.contains("behind 1 operator,"))
  }

  @Test(arguments: 9...24) func everyHead(_ lines: Int) {
    let file = Self.head(lines)
    for run in file.runs {
      if lines < Self.whole {
        #expect(run.latency == nil)
        #expect(run.observations.contains { $0.kind == .incompleteInference })
      } else {
        #expect(run.latency?.samples.sorted.map(\.value) == [5020])
        #expect(run.medians == [4000, 900, 80])
        #expect(!run.observations.contains { $0.kind == .incompleteInference })
      }
    }
    #expect(file.runs.count == (lines < 11 ? 0 : 1))
    #expect(!file.rules.contains("contradicting-readings"))
  }

  @Test func aHeaderCutsToo() {
    let file = ingest(
      Self.emulated.split(separator: "\n").prefix(11).joined(separator: "\n")
        + "\nprofile_count: 1\ninvoke_time: 5100 (usec)\n")
    #expect(file.runs.map { $0.latency == nil } == [true])
    #expect(file.observations(.incompleteInference).count == 1)
  }

  /// The application prints the time before the operators, so it is that of the whole.
  @Test func thePrintedTimeStays() throws {
    let file = ingest(
      F.boot + "profile_count: 0\ninvoke_time: 49816 (usec)\nSOFTMAX took 87 ticks (0 ms).\n")
    let run = try #require(file.runs.first)
    #expect(file.rules == ["log-ends-in-block"])
    #expect(run.latency?.kind == .inference && run.latency?.samples.median == 49816e-6)
    #expect(run.medians == [87])
    #expect(file.observations(.sumContradictsTotal).isEmpty)
    #expect(file.observations(.incompleteInference).first?.message.contains("prints") == true)
  }

  @Test func aPieceOfALineIsTheCut() {
    let file = ingest("CONV_2D took 40123 ticks (321 ms).\nFULLY_CONNECTED took 94")
    #expect(file.runs.map { $0.latency == nil } == [true])
    #expect(file.runs.first?.medians == [40123])
    #expect(file.rules == ["unknown-line", "log-ends-in-block"])
  }

  @Test func anInferenceOfABenchmark() {
    let file = ingest(
      "KeywordRunNIerations(1) took 49700 ticks (397 ms)\nCONV_2D took 40123 ticks (321 ms).\n")
    #expect(file.runs.first?.latency?.samples.median == 49700)
    #expect(file.runs.first?.medians == [40123])
    #expect(file.observations(.incompleteInference).count == 1)
    #expect(file.observations(.sumContradictsTotal).isEmpty)
  }

  /// Ticks that say nothing leave nothing to compare with the time of the whole.
  @Test(arguments: ["-1500000000", "4294967295"]) func oddTicksAreNoCut(_ ticks: String) {
    let file = ingest(
      F.boot + "profile_count: 1\ninvoke_time: 20000000 (usec)\n"
        + "CONV_2D took \(ticks) ticks (-1 ms).\nSOFTMAX took 90000 ticks (90 ms).\n")
    #expect(file.observations(.incompleteInference).isEmpty)
    #expect(!file.rules.contains("log-ends-in-block"))
    #expect(file.runs.first?.latency?.samples.median == 20)
  }

  @Test func sumsWithoutTheirTotal() {
    let file = ingest(
      "\"Unique Tag\",\"Total ticks across all events with that tag.\"\nCONV_2D, 400\nADD, 20\n"
        + "CONV_2D took 1 ticks (0 ms)")
    #expect(file.runs.first?.latency == nil)
    #expect(file.runs.first?.operators.map(\.isSumOfKind) == [true, true])
    #expect(file.observations(.incompleteInference).count == 1)
  }

  @Test func theMenuOfLiteX() {
    let file = ingest("Running imgc\n\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,10000\n1,ADD,20\n")
    #expect(file.runs.first?.latency == nil)
    #expect(file.runs.first?.medians == [10000, 20])
    #expect(file.observations(.incompleteInference).count == 1)
  }

  @Test func theFirstOperatorsOfTheNamedModel() {
    let kws = ModelSignature(
      model: "kws", kinds: ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "SOFTMAX"])
    func read(_ kinds: [String], end: String = "") -> IngestedFile {
      let text = kinds.map { "\($0) took 4000 ticks (4 ms).\n" }.joined() + end
      return ingest(text, settings: [(key: .model, text: "kws")], signatures: [kws])
    }
    let cut = read(["CONV_2D", "DEPTHWISE_CONV_2D"])
    #expect(cut.runs.first?.latency == nil)
    #expect(cut.observations(.incompleteInference).count == 1)
    #expect(cut.observations(.modelContradiction).isEmpty)
    // Something follows: another graph.
    let other = read(["CONV_2D", "DEPTHWISE_CONV_2D"], end: "done\n")
    #expect(other.runs.first?.latency?.kind == .operatorSum)
    #expect(other.observations(.modelContradiction).count == 1)
    // The last activation may be left to the application.
    let bare = read(["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"])
    #expect(bare.runs.first?.latency?.kind == .operatorSum)
    #expect(bare.runs.first?.observations.contains { $0.kind == .modelContradiction } == false)
    // The time of the whole is near that of the operators that are there, and stays.
    let head = "RP2350 ticks per second: 1000000\nprofile_count: 0\ninvoke_time: 8900 (usec)\n"
    let timed = ingest(
      head + "CONV_2D took 4000 ticks (4 ms).\nDEPTHWISE_CONV_2D took 4000 ticks (4 ms).\n",
      settings: [(key: .model, text: "kws")], signatures: [kws])
    #expect(timed.runs.first?.latency?.samples.median == 8900e-6)
    let said = timed.observations(.incompleteInference).first
    #expect(said?.message.contains("first of the 4") == true)
    #expect(timed.observations(.modelContradiction).isEmpty)
  }
}
