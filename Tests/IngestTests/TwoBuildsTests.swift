import TestSupport
import Testing

@testable import Ingest

/// Results of two builds in one file are two runs, in every dialect that has blocks.
struct TwoBuildsTests {
  typealias F = TFLMFixture

  private static func took(_ conv: Int) -> String {
    "CONV_2D took \(conv) ticks (\(conv / 1000) ms).\nSOFTMAX took 77 ticks (0 ms).\n"
  }

  private static func sums(_ conv: Int) -> String {
    TFLMKindSumsTests.table([("CONV_2D", conv), ("SOFTMAX", 400)])
  }

  private func latencies(_ file: IngestedFile) -> [[Double]] {
    file.runs.map { run in run.latency?.samples.sorted.map(\.value) ?? [] }
  }

  @Test func headingsOfTables() {
    let file = ingest("# -O0\n\(Self.sums(902_000))# -O3\n\(Self.sums(41000))")
    #expect(latencies(file) == [[902_400], [41400]])
    #expect(file.runs.map(\.source.firstLine) == [2, 7])
    #expect(file.observations(.keptApart).map(\.line) == [7])
    #expect(file.diagnostics == [])
  }

  @Test func fences() {
    let file = ingest(
      "Before (reference kernels):\n\n```\n\(Self.took(31200))```\n\nAfter (optimised kernels):\n\n"
        + "```\n\(Self.took(9100))```\n")
    #expect(latencies(file) == [[31277], [9177]])
    #expect(file.diagnostics == [])
  }

  @Test func twoInARow() {
    let blocks = [31200, 31300, 9100, 9000].map { Self.took($0) }
    #expect(
      latencies(ingest(blocks.joined(separator: "\n"))) == [[31277, 31377], [9077, 9177]])
  }

  @Test func aloneTheyStayTogether() {
    let file = ingest(Self.sums(902_000) + Self.sums(41000))
    #expect(latencies(file) == [[41400, 902_400]])
  }

  @Test func aSlowFirstInferenceIsASample() {
    let blocks = [31200, 9100, 9000, 9050].map { Self.took($0) }
    for log in [blocks, blocks.enumerated().map { "inference \($0.offset + 1):\n" + $0.element }] {
      let file = ingest("# build\n" + log.joined(separator: "\n"))
      #expect(latencies(file) == [[9077, 9127, 9177, 31277]])
    }
  }

  /// The first inference of the second build is slow, and near those of the first or near neither.
  @Test func aSlowFirstInferenceOfTheSecondBuild() {
    func log(_ before: [Int], _ after: [Int]) -> String {
      "## Before\n```\n" + before.map { Self.took($0) }.joined(separator: "\n")
        + "```\n## After\n```\n" + after.map { Self.took($0) }.joined(separator: "\n") + "```\n"
    }
    let near = ingest(log([90000, 31000, 31001, 31002], [40000, 9000, 9001, 9002]))
    #expect(latencies(near) == [[31077, 31078, 31079, 90077], [9077, 9078, 9079, 40077]])
    #expect(near.observations(.keptApart).map(\.line) == [17])
    let neither = ingest(log([900_000], [100_000, 41000, 41010]))
    #expect(latencies(neither) == [[900_077], [41077, 41087, 100_077]])
    // Back at the level before it, it was an interrupted one.
    #expect(ingest(log([31000, 31001], [90000, 31002])).runs.count == 1)
  }

  @Test func theApplication() {
    func block(_ conv: UInt64) -> String { F.block(30, [conv, 9456, 87], led: false) }
    let head = F.boot + block(40_123)
    for end in ["\n## -O3\n", "```\n\nAfter:\n```\n"] {
      let file = ingest(head + end + block(4_012))
      #expect(file.runs.map(\.medians) == [[40123, 9456, 87], [4012, 9456, 87]], "\(end)")
      #expect(file.runs.map { $0.text(.clock) } == ["150000000", "150000000"])
      #expect(file.runs.map { $0.text(.dtype) } == file.runs.map { _ in nil })
      #expect(file.diagnostics == [])
    }
    #expect(ingest(head + block(4_012)).runs.count == 1)
    #expect(ingest(head + block(40_000) + block(4_012) + block(4_000)).runs.count == 2)
  }

  @Test func headersOfABenchmark() {
    func log(_ flags: String, _ conv: Int) -> String {
      "C compiler: gcc\nOptimization: \(flags)\n=== kws.tflite ===\nInput CRC32: 0x1\n"
        + Self.took(conv) + "Output CRC32: 0x2\n"
    }
    let file = ingest(log("-O0", 31200) + log("-O3", 9100))
    #expect(file.runs.map(\.medians) == [[31200, 77], [9100, 77]])
    #expect(file.runs.map { $0.text(.flags) } == ["-O0", "-O3"])
    // Another build is another run however near it is.
    let near = ingest(log("-O2", 9200) + log("-O3", 9100))
    #expect(near.runs.map { $0.text(.flags) } == ["-O2", "-O3"])
    #expect(ingest(log("-O3", 9200) + log("-O3", 9100)).runs.count == 1)
  }

  @Test func resultsOfST() {
    func results(_ milliseconds: Int) -> String {
      """
      Results for "network", 16 inferences @100MHz/100MHz (complexity: 1000000 MACC)
       duration     : \(milliseconds).000 ms (average)
       CPU cycles   : \(milliseconds * 100_000) -10/+10 (average,-/+)
       cycles/MACC  : \(Double(milliseconds) / 10) (average for all layers)

      """
    }
    let file = ingest("## -O0\n\(results(80))## -O3\n\(results(20))")
    #expect(latencies(file) == [[0.08], [0.02]])
    #expect(file.observations(.keptApart).count == 1)
    #expect(latencies(ingest(results(80) + results(78) + results(20) + results(21))).count == 2)
    #expect(latencies(ingest(results(80) + results(20) + results(21))) == [[0.02, 0.021, 0.08]])
  }

  /// Within twofold it makes no difference whether there are headings, and order means nothing to the median.
  @Test func nearResultsAreOneRun() {
    var random = SplitMix(9)
    for _ in 0..<40 {
      var times = (0..<12).map { _ in 20000 + random.below(19000) }
      let plain = ingest(times.map { Self.took($0) }.joined(separator: "\n"))
      for i in times.indices.reversed() { times.swapAt(i, random.below(i + 1)) }
      let headed = ingest(
        times.map { "# build \($0)x\n" + Self.took($0) }.joined(separator: "\n"))
      #expect(plain.runs.count == 1 && headed.runs.count == 1)
      #expect(plain.runs.first?.latency?.samples == headed.runs.first?.latency?.samples)
      // Nothing follows what stands before a heading.
      #expect(plain.runs.first?.latency?.order.differences == 11)
      #expect(headed.runs.first?.latency?.order.differences == 0)
      #expect(plain.runs.first?.operators == headed.runs.first?.operators)
    }
  }
}
