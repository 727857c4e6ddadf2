import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Every dialect behind every prefix reads as it does without.
@Suite struct PrefixTests {
  static let fixtures: [String] =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: Checkout.path("Tests/IngestTests/Fixtures"))) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted().map { "Tests/IngestTests/Fixtures/" + $0 } + [
      "data/published-results.csv"
    ]

  /// Fixtures, the prefix in front of each line, with colours or without.
  @Test(arguments: fixtures) func behindKnownForms(name: String) throws {
    let bare = try Checkout.bytes(name)
    for prefix in PrintedPrefix.known {
      for colours in [false, true] {
        Self.expectEqual(prefix.before(bare, colours: colours), bare, name, prefix)
      }
    }
  }

  @Test(arguments: fixtures) func behindLearnedForms(name: String) throws {
    let bare = try Checkout.bytes(name)
    for seed in 1...UInt64(max(20, seedCount / 5)) {
      Self.expectEqual(
        PrintedPrefix.learned(seed: seed).before(bare, colours: seed % 4 == 0), bare, name,
        PrintedPrefix.learned(seed: seed))
    }
  }

  private static func expectEqual(
    _ prefixed: [UInt8], _ bare: [UInt8], _ name: String, _ prefix: PrintedPrefix
  ) {
    let expected = Ingestor().ingest(bytes: bare, path: "log.txt")
    let found = Ingestor().ingest(bytes: prefixed, path: "log.txt")
    let comment = Comment(rawValue: "\(name) behind '\(prefix.of(3))' (\(prefix.name))")
    #expect(found.recognition.dialect == expected.recognition.dialect, comment)
    #expect(found.runs == expected.runs, comment)
    #expect(found.account == expected.account, comment)
    #expect(found.diagnostics.map(Said.init) == expected.diagnostics.map(Said.init), comment)
    #expect(found.recognition.prefix?.lines ?? 0 > 0, comment)
  }

  /// A diagnostic without its column.
  private struct Said: Equatable {
    var line: Int
    var rule: String
    var message: String

    init(_ diagnostic: Diagnostic) {
      (line, rule, message) = (diagnostic.line, diagnostic.rule, diagnostic.message)
    }
  }
}

/// What looks like a prefix and is none, and what is in force where.
@Suite struct PrefixRecognitionTests {
  /// Fixtures of consoles, of which some have a prefix.
  static let folders = ["/Fixtures/Prefixes/", "/Fixtures/consoles/"]

  /// Logs that are read as they stand: nothing is taken off but a terminal's stamps.
  @Test(
    arguments: RandomDamageTests.logs.filter {
      !PrefixRecognitionTests.folders.contains(where: $0.contains)
    })
  func changesNothing(path: String) throws {
    let file = Ingestor().ingest(bytes: try Files.bytes(path), path: path)
    #expect(file.recognition.prefix.map(\.words) ?? ["a time stamp"] == ["a time stamp"])
  }

  private func read(_ name: String) throws -> IngestedFile {
    Ingestor().ingest(bytes: try fixture("Prefixes/prefix-\(name).txt"), path: "log.txt")
  }

  @Test(arguments: [
    ("idf-csv", ["ESP-IDF's logger"]), ("idf-took", ["ESP-IDF's logger"]),
    ("rtt-took", ["an RTT viewer"]), ("teraterm-took", ["a time stamp"]),
    ("zephyr-csv", ["a time stamp", "Zephyr's logger"]),
    ("zephyr-took", ["a time stamp", "Zephyr's logger"]),
  ])
  func threeInferencesOfThreeOperators(name: String, words: [String]) throws {
    let file = try read(name)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1 && file.diagnostics.isEmpty)
    #expect(run.latency?.samples == Samples([9577, 9581, 9577]))
    #expect(run.operators.map(\.kind) == ["CONV_2D", "FULLY_CONNECTED", "SOFTMAX"])
    #expect(
      run.operators.map { $0.samples.sorted.map(\.value)[1] } == [
        8012, 1503, 61,
      ])
    #expect(file.recognition.prefix?.words == words)
    #expect(file.recognition.prefix?.lines == file.account.total)
    #expect(file.account.diagnosed == 0)
  }

  @Test func resultsOfST() throws {
    let file = try read("idf-st")
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1 && file.diagnostics.isEmpty && file.account.diagnosed == 0)
    #expect(run.macs == 1_200_000 && run.configuration[.clock]?.text == "160000000")
  }

  /// Levels, clock, colours: one form with another letter, stamp or escape.
  @Test(arguments: [
    "W (%) app: ", "E (%) app: ", "D (%) app: ", "V (%) app: ", "I (10:14:03.%) app: ",
  ])
  func formsOfESPIDF(form: String) throws {
    let bare = try fixtureText("Prefixes/prefix-idf-took.txt").split(separator: "\n").map {
      $0.drop { $0 != ":" }.dropFirst(2)
    }
    for (before, after) in [("", ""), ("\u{1B}[0;32m", "\u{1B}[0m")] {
      let text = bare.enumerated().map { n, line in
        before + form.replacing("%", with: "\(100 + 17 * n)") + line + after + "\n"
      }.joined()
      let file = ingest(text)
      #expect(file.runs.first?.latency?.samples == Samples([9577, 9581, 9577]))
      #expect(file.runs.first?.operators.first?.kind == "CONV_2D" && file.diagnostics.isEmpty)
    }
  }

  /// Columns are those of the raw line, behind prefix and escapes.
  @Test func columnsAreThoseOfTheRawLine() {
    let bad = benchLine("inf run=1 i=0", number: 1)
    let bare = ingest(benchLog(["log origin=measured"]) + bad)
    let text = (benchLog(["log origin=measured"]) + bad).split(separator: "\n").map {
      "\u{1B}[0;32mI (1217) app: \($0)\u{1B}[0m\n"
    }.joined()
    let column = bare.diagnostics.first?.column ?? 0
    #expect(column > 1 && ingest(text).diagnostics.first?.column == column + 7 + 14)
  }

  /// The runner's own stamp is data; a terminal's in front of it is not.
  @Test func theStampOfARunnerStays() throws {
    let bare = try fixture("mlperf-eembc-log.txt")
    #expect(Ingestor().ingest(bytes: bare, path: "x").recognition.prefix == nil)
    let stamped = PrintedPrefix("Tera Term") { _ in "[0 00:00:01.234] " }.before(bare)
    let file = Ingestor().ingest(bytes: stamped, path: "x")
    #expect(file.recognition.prefix?.words == ["Tera Term"] && !file.runs.isEmpty)
  }

  /// Only some lines carry the stamp: the others are read as they stand.
  @Test func halfOfTheLines() throws {
    let bare = try fixtureText("tflm-redundant.txt").split(
      separator: "\n", omittingEmptySubsequences: false)
    let mixed = bare.enumerated().map { $0 % 2 == 0 ? "[12:34:56.789] \($1)" : "\($1)" }
    let expected = ingest(bare.joined(separator: "\n"))
    let found = ingest(mixed.joined(separator: "\n"))
    #expect(found.runs == expected.runs && found.diagnostics.map(\.rule) == expected.rules)
  }

  /// One byte of the prefix is damaged, is missing, or is too many.
  @Test(arguments: ["I (1x04) app: ", "I (1304 app: ", "I (1304)) app: ", "J (1304) app: "])
  func damagedPrefix(damaged: String) throws {
    let text = try fixtureText("Prefixes/prefix-idf-took.txt")
    let file = ingest(text.replacing("I (1302) app: ", with: damaged))
    #expect(file.runs == ingest(text).runs && file.diagnostics.isEmpty)
  }

  /// By known forms alone, whatever stands behind them.
  @Test func withoutADialect() {
    func known(_ text: String) -> Int? {
      let prefix = PrefixFinder.known(LineSample(text))
      return prefix.map {
        $0.length(of: Array(text.utf8).span.extracting(0..<text.prefix { $0 != "\n" }.utf8.count))
          .bytes
      }
    }
    #expect(
      known("I (3120) main: inference time: 2.41 s\nI (5598) main: inference time: 2.40 s") == 15)
    #expect(
      known("Nov 02 10:14:03 Inference time: 245 us\nNov 02 10:14:04 Inference time: 246 us") == 16)
    #expect(known("[00:00:01.234,567] <inf> app: took 5 ms\n") == 30)
    #expect(known("> latency: 5 ms\n> latency: 6 ms\n") == 2)
    #expect(known("latency: 5 ms\nlatency: 6 ms\n") == nil)
    #expect(known("conv: 5 ms\nconv: 6 ms\nInference time: 7 ms\n") == nil)
  }
}
