import Foundation

/// A small checkout of results as submitters of MLPerf Tiny lay it out, in our own words, with what is wrong in some.
public enum ResultsCheckout {
  /// Results of windows, as the runner prints them in full.
  public static func windows(seconds: [Double], inferences: Int) -> String {
    seconds.enumerated().map { n, time in
      """
      Performance results for window \(n + 1)
          # Inferences : \(inferences)
          Runtime: \(time) sec.
          Throughput: \(Double(inferences) / time) inf./sec.
          Runtime requirements have been met.

      """
    }.joined()
  }

  /// Five windows of `seconds` for 100 inferences.
  public static func fiveWindows(_ seconds: Double) -> String {
    windows(seconds: [Double](repeating: seconds, count: 5), inferences: 100)
  }

  /// Only the median.
  public static let median = """
    0102.030405 ulp-mlperf: ---------------------------------------------------------
    0102.030405 ulp-mlperf: Median throughput is     50.000 inf./sec.
    0102.030405 ulp-mlperf: ---------------------------------------------------------

    """

  /// Files by their paths.
  public static let files: [String: String] = [
    "README.md": "# Results of a round v9.9 that never was\n",
    "closed/Ada/systems/BOARD-ONE.json": """
    {
      "Board Name": "Board One", "SoC Name": "CHIP1",
      "Processor(s) Frequencies": "80 MHz",
      "Inference Framework": "runtime 1"
      "Quantization Method": "int8",
    }
    """,
    "closed/Ada/results/BOARD-ONE/ic/performance/results.txt": fiveWindows(12.5),
    "closed/Ada/results/BOARD-ONE/ic/performance/log.txt": "not read\n",
    "closed/Ada/results/BOARD-ONE/ic/performance/._results.txt": "not read\n",
    "closed/Ada/results/BOARD-ONE/ic/accuracy/results.txt": "not read\n",
    "closed/Ada/results/BOARD-ONE/keyword_spotting/performance/results.txt": median,
    "closed/Ada/results/BOARD-ONE/sww/energy/results.txt":
      "Average duty cycle: 0.25\nAverage period: 0.04 s\nEstimated throughput: 100.0 inf./sec.\n",
    "closed/Bob/systems/system_description_tvm_board_one.json": "{\"Board Name\": \"Board One\"}",
    "closed/Bob/systems/system_description_other.json": "{\"Board Name\": \"Another\"}",
    "closed/Bob/results/tvm/board_one/ad/ad_fp32/performance/performance_results.txt":
      fiveWindows(11),
    "closed/Bob/results/tvm/board_one/ad/ad_int8/performance/performance_results.txt":
      fiveWindows(10),
    "open/Cyd/systems/notes.md": "nothing\n",
    "open/Cyd/results/thing/vww/performance/results.txt": "no times here\n",
    "open/Cyd/results/thing/poems/performance/results.txt": fiveWindows(10),
  ]

  /// Writes it into a folder.
  public static func write(into folder: String, _ files: [String: String] = files) throws {
    for (name, text) in files {
      let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Files.write(Array(text.utf8), file.path)
    }
  }
}
