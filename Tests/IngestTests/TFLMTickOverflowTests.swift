import Support
import Testing

@testable import Ingest

/// Ticks that are negative or just below 2^32.
struct TFLMTickOverflowTests {
  typealias F = TFLMFixture

  @Test(arguments: [
    // printed, what it should be, runs backwards
    ("-1500000000", UInt64(2_794_967_296), false), ("-2147483648", 2_147_483_648, false),
    ("-268435457", 4_026_531_839, false), ("-268435456", 268_435_456, true),
    ("-31296", 31296, true), ("-2", 2, true), ("4294936000", 31296, true),
    ("4294967294", 2, true), ("4026531840", 268_435_456, true),
    ("-3000000000", 3_000_000_000, true), ("18446744073709520320", 31296, true),
  ])
  func counts(_ printed: String, _ candidate: UInt64, _ isBackwards: Bool) throws {
    var i = 0
    let bytes = [UInt8](printed.utf8)
    let overflow = try #require(TFLMLine.count(bytes.span, &i)?.overflow)
    #expect(i == bytes.count)
    #expect(overflow.candidate == candidate)
    #expect(overflow.isBackwards == isBackwards)
    #expect(overflow.printed == printed)
    #expect(overflow.remedy.contains(Format.grouped(candidate)))
  }

  @Test(arguments: [
    ("4026531839", TFLMCount.finished(4_026_531_839)), ("4294967296", .finished(1 << 32)),
    ("5000000000", .finished(5_000_000_000)), ("-1", .unfinished), ("4294967295", .unfinished),
    ("18446744073709551615", .unfinished), ("0", .finished(0)),
  ])
  func otherCounts(_ printed: String, _ count: TFLMCount) {
    var i = 0
    let bytes = [UInt8](printed.utf8)
    #expect(TFLMLine.count(bytes.span, &i) == count)
  }

  @Test(arguments: ["-0", "-", "-07", "--5"]) func damage(_ printed: String) {
    var i = 0
    let bytes = [UInt8](printed.utf8)
    #expect(TFLMLine.count(bytes.span, &i) == nil || i < bytes.count)
  }

  @Test func signedTicksAreRefused() throws {
    let file = ingest(
      "CONV_2D took -1500000000 ticks (-3125 ms).\nDEPTHWISE_CONV_2D took 220000000 ticks (458 ms).\n"
        + "SOFTMAX took 90000 ticks (0 ms).\n")
    let fault = try #require(file.diagnostics.first)
    #expect(file.rules == ["tick-overflow"])
    #expect((fault.line, fault.column, fault.severity) == (1, 14, .warning))
    #expect(fault.message.contains("are negative: the tick counter ran over 2^31"))
    #expect(fault.remedy.contains("2,794,967,296") && !fault.remedy.contains("Record"))
    let run = try #require(file.runs.first)
    #expect(run.medians == [nil, 220_000_000, 90000])
    #expect(run.operators[0].reason?.contains("2,794,967,296") == true)
    #expect(run.latency == nil)
    #expect(file.observations(.tickOverflow).count == 1)
    #expect(file.account.diagnosed == 1 && file.account.read == 2)
  }

  @Test func aCounterThatRunsDown() {
    let file = ingest(
      "CONV_2D took 4294936000 ticks (0 ms).\nSOFTMAX took 4294967200 ticks (0 ms).\n")
    #expect(file.rules == ["tick-overflow", "tick-overflow"])
    #expect(file.runs.first?.medians == [nil, nil])
    #expect(file.runs.first?.latency == nil)
    #expect(file.diagnostics.first?.message.contains("runs backwards") == true)
  }

  @Test func rowsOfTheTableOfEvents() {
    let file = ingest("\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,-1500000000\n1,ADD,90000\n")
    #expect(file.rules == ["tick-overflow"])
    #expect(file.runs.first?.medians == [nil, 90000])
    #expect(file.runs.first?.latency == nil)
  }

  /// Printed without a sign in one place, the number is known; the table with its sign agrees.
  @Test func theOtherListingHasTheNumber() {
    let signed = "CONV_2D took -1500000000 ticks (-3125 ms).\nADD took 90000 ticks (0 ms).\n"
    let table = "\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,2794967296\n1,ADD,90000\n"
    let file = ingest(signed + table)
    #expect(file.diagnostics == [])
    #expect(file.runs.first?.medians == [2_794_967_296, 90000])
  }

  @Test func totalsRunOver() throws {
    let events =
      "CONV_2D took 2000000000 ticks (2000000 ms).\nADD took 1000000000 ticks (1000000 ms).\n"
    let file = ingest(events + "\"total number of ticks\", -1294967296\n")
    #expect(file.rules == ["tick-overflow"])
    #expect(file.diagnostics.first?.message.contains("add up to 3000000000") == true)
    #expect(file.runs.first?.latency?.samples.median == 3_000_000_000)
    let wrong = ingest(events + "\"total number of ticks\", -1294967295\n")
    #expect(wrong.rules.contains("contradicting-readings"))
    #expect(wrong.runs.isEmpty)
    // Past 2^32 the total is positive again.
    let twice = ingest(events + events.replacing("\n", with: "\n") + "\n" + events)
    #expect(twice.rules.contains("tick-overflow") == false)
  }

  @Test func sumsOfKindsRunOver() {
    let head = "\"Unique Tag\",\"Total ticks across all events with that tag.\"\n"
    let total = ingest(
      head + "CONV_2D, 2000000000\nADD, 1000000000\n\"total number of ticks\", -1294967296\n")
    #expect(total.rules == ["tick-overflow"])
    #expect(total.runs.first?.latency?.samples.median == 3_000_000_000)
    #expect(total.runs.first?.medians == [2_000_000_000, 1_000_000_000])
    let row = ingest(
      head + "CONV_2D, -1500000000\nADD, 90000\n\"total number of ticks\", -1499910000\n")
    #expect(row.rules == ["tick-overflow", "tick-overflow"])
    #expect(row.runs.first?.medians == [nil, 90000])
    #expect(row.runs.first?.latency == nil)
  }

  @Test func theTimeOfTheApplication() {
    let text = F.boot + F.block().replacing("49816", with: "-49816") + F.block()
    let file = ingest(text)
    #expect(file.rules == ["tick-overflow"])
    #expect(file.diagnostics.first?.message.hasPrefix("-49816 us of the whole") == true)
    #expect(file.observations(.tickOverflow).first?.message.hasPrefix("-49816 us of") == true)
    #expect(file.runs.first?.latency?.samples.count == 1)
    #expect(file.runs.first?.operators.map(\.samples.count) == [2, 2, 2])
  }

  @Test func aWholeInference() {
    let file = ingest(
      "PersonIterations(1) took -1500000000 ticks (-1 ms)\nCONV_2D took 400 ticks (0 ms).\n"
        + "ADD took 9 ticks (0 ms).\n\n")
    #expect(file.rules == ["tick-overflow"])
    #expect(file.observations(.tickOverflow).count == 1)
  }
}
