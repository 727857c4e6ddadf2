import Core
import Quantiles
import TestSupport
import Testing

@testable import Ingest

/// Files of a board's published results.
struct ReferenceBoardTests {
  private static let head = #"format = "pico2-benchmark.reference/1""# + "\n"

  private func board(_ lines: String...) -> IngestedFile {
    ingest(Self.head + lines.joined(separator: "\n") + "\n", path: "board.toml")
  }

  @Test func whatIsWrittenIsRead() throws {
    let times = [0.028985905, 0.1 + 0.2, 1e-9]
    let written = ReferenceBoard(
      comments: ["two\nlines"],
      common: [("board", .text("nucleo_u575zi_q")), ("clock_hz", .numbers([160_000_000]))],
      results: [
        [
          ("id", .text("a-kws")), ("model", .text("kws")), ("dtype", .text("int8")),
          ("latency_s", .numbers(times)), ("resolution_s", .numbers([2.5e-9])),
          ("inferences", .numbers([1200])), ("energy_uj", .numbers([664.42])),
        ],
        [
          ("model", .text("sww")), ("latency_s", .numbers([0.0116])),
          ("kind", .text("duty cycle x period")),
        ],
      ])
    let file = ingest(written.text, path: "board.toml")
    #expect(file.diagnostics.isEmpty && file.runs.count == 2)
    #expect(file.recognition.dialect == ReferenceBoardReader.dialect)
    let kws = try #require(file.runs.first)
    #expect(kws.label == "a-kws" && kws.configuration.text(.board) == "nucleo_u575zi_q")
    #expect(kws.configuration.text(.clock) == "160000000")
    #expect(kws.configuration.text(.origin) == "published")
    #expect(kws.latency?.samples == Samples(times) && kws.latency?.kind == .window)
    #expect(kws.latency?.quantum == 2.5e-9 && kws.latency?.inferences == 1200)
    #expect(kws.energy.median.map { abs($0 - 664.42e-6) < 1e-15 } == true)
    let sww = file.runs[1]
    #expect(sww.latency?.kind == .dutyCycle && sww.observations.map(\.kind) == [.dutyCycle])
    #expect(sww.configuration.text(.board) == "nucleo_u575zi_q" && sww.label == nil)
  }

  /// Every text comes back, and none leaves its line.
  @Test func hostileTextsAreEscaped() {
    for text in HostileText.all.map({ String($0.prefix(200)) }) {
      let written = ReferenceBoard(
        comments: [text],
        common: [], results: [[("id", .text(text)), ("latency_s", .numbers([1]))]])
      let file = ingest(written.text, path: "board.toml")
      #expect(file.diagnostics.isEmpty && file.runs.count == 1, "\(file.diagnostics)")
      let label = file.runs.first?.label ?? ""
      #expect(Array(label.utf8) == Array(text.utf8))
    }
  }

  @Test func aFigureIsKnownToItsLastDigit() {
    let run = board("[[result]]", #"model = "ad" # a comment"#, "latency_s = 0.073_785").runs.first
    #expect(run?.latency?.kind == .published && run?.latency?.quantum == 1e-6)
    #expect(run?.latency?.samples == Samples([0.073785]))
  }

  /// What is wrong with a line, and the one-based column where that shows.
  @Test(arguments: [
    ("[[results]]", "bad-row", 9), ("[board]", "bad-row", 2), ("latency_s 5", "bad-row", 11),
    ("= 5", "bad-row", 1), ("latency_s =", "bad-row", 12), (#"model = "ad"#, "bad-row", 12),
    (#"model = "a\q""#, "bad-row", 12), (#"model = "\ud800""#, "bad-row", 11),
    (#"model = "a" "b""#, "bad-row", 13), ("latency_s = [1, 2", "bad-row", 18),
    ("latency_s = [[1]]", "bad-row", 14), ("latency_s = 5 ms", "bad-row", 15),
    ("latency_s = soon", "bad-value", 13), ("latency_s = -1", "bad-value", 13),
    ("latency_s = []", "bad-value", 13), ("latency_s = [1, nan]", "bad-value", 13),
    (#"dtype = "int7""#, "bad-value", 9), ("clock_hz = [1, 2]", "bad-value", 12),
    ("latncy_s = 5", "unknown-key", 1), ("board = \"a\"\nboard = \"b\"", "repeated-key", 1),
    ("latency_s = 1\ninferences = 0", "bad-value", 14),
    ("latency_s = 1\nkind = \"slow\"", "bad-value", 8),
    ("throughput_per_s = 0", "bad-value", 20),
  ])
  func mistakesHaveTheirPlace(text: String, rule: String, column: Int) {
    let file = board("[[result]]", text, "[[result]]", "id = \"good\"", "latency_ms = 5")
    let line = 3 + text.split(separator: "\n").count - 1
    #expect(
      file.diagnostics.map { "\($0.line):\($0.column) \($0.rule)" } == ["\(line):\(column) \(rule)"]
    )
    #expect(file.runs.last?.label == "good")
    #expect(file.diagnostics.allSatisfy { $0.severity == .error && !$0.remedy.isEmpty })
  }

  @Test func aNewerFormatSaysSo() {
    let file = ingest("format = \"pico2-benchmark.reference/2\"\n", path: "board.toml")
    #expect(file.diagnostics.map(\.rule).contains("newer-format"))
  }

  /// Nothing crashes, and every line is accounted for.
  @Test func damageIsSurvived() {
    let whole = Array(
      (Self.head + "board = \"a\\\"b\"\n[[result]]\nlatency_s = [1.5, 2]\nid = \"\\u00e9\"\n").utf8)
    var random = SplitMix(7)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let account = Ingestor().ingest(bytes: bytes, path: "board.toml").account
      #expect(account.total == account.read + account.skippedTotal + account.diagnosed)
    }
  }
}
