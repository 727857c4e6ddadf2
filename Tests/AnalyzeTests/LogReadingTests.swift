import Foundation
import TestSupport
import Testing

/// What users see of logs by kind, of two results in one file and of logs that are cut off.
struct LogReadingTests {
  static let table = """
    "Unique Tag","Total ticks across all events with that tag."
    CONV_2D, 41200
    DEPTHWISE_CONV_2D, 22610
    FULLY_CONNECTED, 640
    SOFTMAX, 90
    "total number of ticks", 64540

    """

  @Test func operatorsAreMarkedAsSums() throws {
    try withFile("kws.txt", Self.table) { path in
      let table = Harness.analyze("operators", "--set", "tick=1us", path, width: 120)
      #expect(table.status == 0)
      #expect(table.out.contains("each row is the sum over all operators of a kind"))
      for row in ["CONV_2D (sum over kind)", "DEPTHWISE_CONV_2D (sum over kind)", "63.8", "35.0"] {
        #expect(table.out.contains(row), "\(row)")
      }
      let json = Harness.analyze("operators", "--format", "json", "--set", "tick=1us", path)
      #expect(json.out.components(separatedBy: "\"is_sum_of_kind\" : true").count >= 5)
    }
  }

  @Test func twoLoneResultsAreSaidAtTheTop() throws {
    let other = Self.table.replacing("41200", with: "902000").replacing("64540", with: "925340")
    try withFile("two.txt", Self.table + other) { path in
      let summary = Harness.analyze("summary", path, width: 200)
      #expect(
        summary.out.contains(
          "2 inferences of 64,540 ticks and 925,340 ticks are 14.3 times apart, so there is no median."
        ))
      let runs = Harness.analyze("runs", path, width: 200)
      #expect(!runs.out.contains("494,940"))
    }
    try withFile("apart.txt", "# -O3\n" + Self.table + "# -O0\n" + other) { path in
      let runs = Harness.analyze("runs", path, width: 200)
      #expect(runs.out.contains("64,540") && runs.out.contains("925,340"))
      #expect(runs.out.contains("run-1") && runs.out.contains("run-2"))
    }
  }

  @Test func anIncompleteInferenceHasNoShares() throws {
    let log =
      "QEMU-AN505 CPU Clock Frequency: 20000000 Hz\nprofile_count: 0\nCONV_2D took 7 ticks (0 ms).\n"
    try withFile("cut.txt", log) { path in
      let shown = Harness.analyze("operators", path, width: 120)
      #expect(shown.out.contains("of an incomplete inference"))
      #expect(shown.out.contains("No share: the inference is not whole."))
      #expect(shown.err.contains("the only inference is cut off here"))
    }
  }
}
