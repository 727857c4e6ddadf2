import Foundation
import Testing

@testable import Ingest

struct TFLMApplicationTests {
  typealias F = TFLMFixture

  @Test func measuredRun() throws {
    let file = Ingestor().ingest(bytes: try fixture("tflm-application.txt"), path: "log.txt")
    #expect(file.recognition.dialect == TFLMApplicationReader.dialect)
    #expect(file.diagnostics == [])
    #expect(file.account.total == 24)
    #expect(file.account.skipped[.ledCounter] == 4)
    #expect(file.account.skipped[.bootChatter] == 6)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.map(\.kind) == ["CONV_2D", "FULLY_CONNECTED", "SOFTMAX"])
    #expect(run.medians == [40124, 9456, 87])
    #expect(run.operatorUnit == .ticks)
    #expect(run.latency?.unit == .seconds)
    #expect(run.latency?.quantum == 1e-6)
    #expect(run.latency?.samples.sorted.map(\.value) == [49811e-6, 49813e-6])
    #expect(run.configuration[.clock] == .init("150000000", .log))
    #expect(run.configuration[.tick] == .init("1000000Hz", .log))
    #expect(run.configuration[.mcu] == .init("rp2350", .log))
    #expect(run.configuration[.origin] == .init("measured", .implied))
    #expect(run.configuration[.runtime] == .init("tflm", .implied))
    #expect(run.configuration[.arenaBytes] == .init("7312", .log))
    #expect(run.configuration[.dtype] == .init("int8", .log))
    #expect(run.text(.dtypeEvidence) == "input tensor type printed by the application")
  }

  @Test(arguments: ["\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r\n"])
  func lineEnds(_ end: String) throws {
    let text = F.boot + F.block() + F.block(30, [40_125, 9_457, 88], led: false)
    let plain = ingest(text)
    let other = ingest(
      text.replacing("\n", with: end).trimmingCharacters(in: .newlines))
    #expect(other.diagnostics == [])
    #expect(other.runs.first?.medians == [40124, 9456.5, 87.5])
    #expect(other.runs.first?.medians == plain.runs.first?.medians)
    #expect(other.runs.first?.latency == plain.runs.first?.latency)
  }

  @Test func escapesAndTimeStamps() {
    let text = (F.boot + F.block() + F.block()).split(separator: "\n").map {
      "[2026-01-02 03:04:05.678] \u{1B}[32m\($0)\u{1B}[0m"
    }.joined(separator: "\n")
    let file = ingest(text)
    #expect(file.diagnostics == [])
    #expect(file.runs.first?.medians == [40123, 9456, 87])
  }

  @Test func echoedTwice() {
    // Two equal operators side by side must not be taken for an echo.
    let equal =
      "profile_count: 1\ninvoke_time: 9000 (usec)\nADD took 4000 ticks (4 ms).\n"
      + "ADD took 4000 ticks (4 ms).\n"
    let text = F.boot + equal + equal
    let echoed = text.split(separator: "\n").map { "\($0)\n\($0)\n" }.joined()
    for log in [text, echoed] {
      let file = ingest(log)
      #expect(file.diagnostics == [])
      #expect(file.runs.count == 1)
      #expect(file.runs.first?.medians == [4000, 4000])
      #expect(file.runs.first?.latency?.samples.count == 2)
    }
  }

  @Test func everyBootIsARun() {
    let file = ingest(F.boot + F.block() + F.block() + F.boot + F.block(30, [39_000, 9_000, 80]))
    #expect(file.diagnostics == [])
    #expect(file.runs.map(\.medians) == [[40123, 9456, 87], [39000, 9000, 80]])
    #expect(file.runs.map { $0.latency?.samples.count } == [2, 1])
  }

  @Test func resetInABlockDropsIt() throws {
    let cut = "profile_count: 30\ninvoke_time: 77000 (usec)\nCONV_2D took 70000 ticks (70 ms).\n"
    let file = ingest(F.boot + F.block() + cut + F.boot + F.block())
    #expect(file.rules == ["reset-in-block"])
    #expect(file.diagnostics.first?.severity == .warning)
    #expect(file.diagnostics.first?.line == 16)
    #expect(file.account.diagnosed == 3)
    #expect(file.runs.map(\.medians) == [[40123, 9456, 87], [40123, 9456, 87]])
    let dropped = try #require(file.observations(.blockDropped).first)
    #expect(dropped.line == 16)
    #expect(file.observations(.blockDropped).count == 1)
  }

  @Test func resetInTheFirstBlockIsToldByTheNextRun() {
    let cut = "profile_count: 30\ninvoke_time: 77000 (usec)\nCONV_2D took 70000 ticks (70 ms).\n"
    let file = ingest(F.boot + cut + F.boot + F.block())
    #expect(file.rules == ["reset-in-block"])
    #expect(file.runs.map(\.medians) == [[40123, 9456, 87]])
    #expect(file.observations(.blockDropped).count == 1)
  }

  @Test func logThatEndsInABlock() {
    let text = F.boot + F.block() + F.block() + "profile_count: 30\ninvoke_time: 49816 (usec)\n"
    let file = ingest(text + "CONV_2D took 49000 ticks (49 ms).\nFULLY_CONNEC")
    #expect(file.rules.contains("log-ends-in-block"))
    #expect(file.runs.map(\.medians) == [[40123, 9456, 87]])
    #expect(file.runs.first?.latency?.samples.count == 2)
  }

  @Test(arguments: [
    ("a missing operator", "FULLY_CONNECTED took 9456 ticks (9 ms).\n", ""),
    ("a misspelt operator", "FULLY_CONNECTED took", "FULLY_CONNECTAD took"),
    ("an extra operator", "SOFTMAX took", "ADD took 1 ticks (0 ms).\nSOFTMAX took"),
  ])
  func differingOperators(_ what: String, _ from: String, _ to: String) {
    for damaged in 0..<4 {
      let blocks = (0..<4).map { n in
        n == damaged ? F.block().replacing(from, with: to) : F.block()
      }
      let file = ingest(F.boot + blocks.joined())
      #expect(file.rules == ["differing-operators"], "\(what) in block \(damaged)")
      #expect(file.runs.first?.medians == [40123, 9456, 87])
      #expect(file.runs.first?.latency?.samples.count == 3)
      #expect(file.observations(.blockDropped).count == 1)
    }
  }

  @Test func millisecondsThatDoNotFit() throws {
    let text = F.boot + F.block() + F.block().replacing("40123 ticks", with: "46123 ticks")
    let file = ingest(text)
    let fault = try #require(file.diagnostics.first)
    #expect(fault.rule == "contradicting-readings")
    #expect(fault.severity == .error)
    #expect((fault.line, fault.column) == (18, 14))
    #expect(file.runs.first?.operators[0].samples.count == 1)
    #expect(file.runs.first?.medians[0] == 40123)
  }

  @Test func damagedTickRate() throws {
    let text = F.boot.replacing("second: 1000000", with: "second: 1600000") + F.block() + F.block()
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.diagnostics.first?.line == 3)
    #expect(file.runs.first?.text(.tick) == nil)
    #expect(file.runs.first?.medians == [40123, 9456, 87])
    #expect(file.observations(.unknownTick).count == 1)
  }

  @Test func oneBlockWhoseSumDoesNotFit() {
    let file = ingest(F.boot + F.block() + F.block(30, invoke: 99_816) + F.block())
    #expect(file.rules == ["sum-contradicts-total"])
    #expect(file.diagnostics.first?.severity == .error)
    #expect(file.diagnostics.first?.line == 17)
    #expect(file.runs.first?.latency?.samples.count == 2)
    #expect(file.runs.first?.operators[0].samples.count == 2)
  }

  @Test func sumsThatNeverFitWithholdTheOperators() throws {
    let file = ingest(F.boot + F.block(30, invoke: 20_000) + F.block(30, invoke: 20_001))
    #expect(file.rules == ["sum-contradicts-total"])
    let run = try #require(file.runs.first)
    #expect(run.operators.count == 3)
    #expect(run.operators.filter { !$0.samples.isEmpty }.isEmpty)
    #expect(run.latency?.samples.count == 2)
    #expect(file.observations(.sumContradictsTotal).count == 1)
  }

  @Test func nanosecondsCalledMicroseconds() throws {
    let block =
      "profile_count: 1\ninvoke_time: 8400 (usec)\nCONV_2D took 5100000 us\n"
      + "FULLY_CONNECTED took 3200000 us\n"
    let file = ingest(F.boot + block + block)
    let found = try #require(file.observations(.sumContradictsTotal).first)
    #expect(found.message.contains("988 times"))
    #expect(found.message.contains("nanoseconds"))
    #expect(file.runs.first?.operators.map(\.kind) == ["CONV_2D", "FULLY_CONNECTED"])
    #expect(file.runs.first?.medians == [nil, nil])
    #expect(file.runs.first?.latency?.samples.median == 8400e-6)
  }

  @Test func unfinishedEvents() throws {
    let open = F.block().replacing("87 ticks (0 ms)", with: "4294967295 ticks (4294967 ms)")
    let file = ingest(F.boot + F.block() + open + F.block())
    #expect(file.diagnostics == [])
    #expect(file.observations(.unfinishedEvent).count == 1)
    #expect(file.runs.first?.operators.map(\.samples.count) == [3, 3, 2])
    #expect(file.runs.first?.medians[2] == 87)
  }

  @Test func noiseInsideABlock() {
    let noisy = F.block().replacing("SOFTMAX took", with: "wifi: joined\nSOFTMAX took")
    // The other blocks show that no operator is missing.
    let known = ingest(F.boot + F.block() + noisy)
    #expect(known.rules == ["unknown-line"])
    #expect(known.runs.first?.latency?.samples.count == 2)
    // Neither is whole in sight, but both agree.
    let both = ingest(F.boot + noisy + noisy)
    #expect(both.rules == ["unknown-line", "unknown-line"])
    #expect(both.runs.first?.medians == [40123, 9456, 87])
    // Nothing shows it here.
    let alone = ingest(F.boot + noisy)
    #expect(alone.rules == ["unknown-line", "interrupted-block", "no-block"])
    #expect(alone.runs.isEmpty)
  }

  @Test func interleavedLines() {
    let mixed = F.block().replacing(
      "FULLY_CONNECTED took 9456 ticks (9 ms).\nSOFTMAX took 87",
      with: "FULLY_CONSOFTMAX took 8NECTED took 9456 ticks (9 ms).\n7")
    let file = ingest(F.boot + F.block() + F.block() + mixed)
    #expect(file.rules.contains("unknown-line"))
    #expect(file.runs.first?.medians == [40123, 9456, 87])
    #expect(file.runs.first?.latency?.samples.count == 2)
  }

  @Test func damagedLinesOutsideBlocks() {
    let head = F.boot.replacing("AllocateTensors...", with: "AlloXateTensors...")
    let file = ingest("hello from the lab\n" + head + F.block())
    #expect(file.rules == ["unknown-line"])
    #expect(file.account.skipped[.prose] == 1)
    #expect(file.diagnostics.first?.line == 8)
  }

  @Test func missingInvokeTime() {
    let lame = F.block().replacing("invoke_time: 49816 (usec)\n", with: "")
    let file = ingest(F.boot + F.block() + lame)
    #expect(file.rules == ["missing-line"])
    #expect(file.runs.first?.latency?.samples.count == 1)
    #expect(file.runs.first?.operators[0].samples.count == 2)
  }

  @Test func twoPrefixesContradict() {
    let text = F.boot.replacing("RP2350 ticks", with: "QEMU-AN505 ticks") + F.block()
    let file = ingest(text)
    #expect(file.rules.contains("contradicting-readings"))
    #expect(file.runs.first?.text(.origin) == "emulated")
    #expect(file.runs.first?.latency?.unit != .seconds)
  }

  @Test func oneLineOfTheApplicationOutweighsAProfilers() {
    // Everything but the rate is damaged; a bare profiler would take its ticks for time.
    let table = "\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,5000\n1,CONV_2D,5000\n"
    let file = ingest(
      "QEMU-AN505 ticks per second: 1000000\nprofXle_count: 0\ninvokX_time: 10001 (usec)\n"
        + "CONV_2D took 5000 ticks (5 ms).\nCONV_2D took 5000 ticks (5 ms).\n" + table)
    #expect(file.recognition.dialect == TFLMApplicationReader.dialect)
    #expect(file.runs.first?.operatorUnit == .instructions)
    #expect(file.rules == ["unknown-line", "unknown-line", "missing-line"])
  }

  @Test func startInTheMiddle() {
    let file = ingest(
      "NNECTED took 9456 ticks (9 ms).\nSOFTMAX took 87 ticks (0 ms).\n17\n"
        + F.block() + F.block() + F.block())
    #expect(file.runs.first?.medians == [40123, 9456, 87])
    #expect(file.runs.first?.latency?.samples.count == 3)
    #expect(file.rules.contains("differing-operators"))
    #expect(file.runs.first?.text(.tick) == nil)
  }

  @Test func endlessBlockIsBounded() {
    var text = F.boot + "profile_count: 1\ninvoke_time: 5 (usec)\n"
    for _ in 0..<5000 { text += "ADD took 1 ticks (0 ms).\n" }
    let file = ingest(text + F.block() + F.block())
    #expect(file.rules == ["too-many-events"])
    #expect(file.runs.first?.medians == [40123, 9456, 87])
  }

  @Test func timerWithoutRate() {
    // TFLM then divides by 1, so that milliseconds are ticks x 1000.
    let text = F.boot.replacing("second: 1000000", with: "second: 0")
    let block = "profile_count: 1\ninvoke_time: 900 (usec)\nADD took 7 ticks (7000 ms).\n"
    let file = ingest(text + block + block)
    #expect(file.diagnostics == [])
    #expect(file.runs.first?.text(.tick) == nil)
    #expect(file.runs.first?.medians == [7])
    #expect(file.observations(.unknownTick).count == 1)
  }

  @Test func bootOnly() {
    let file = ingest(F.boot)
    #expect(file.rules == ["no-block"])
    #expect(file.runs.isEmpty)
  }

  /// An application that prints its header before every block is not reset by it.
  @Test func headerBeforeEachBlockIsNoReset() throws {
    let file = Ingestor().ingest(
      bytes: try fixture("Prefixes/prefix-platformio-rp2350app.txt"), path: "x.txt")
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1 && file.diagnostics.isEmpty && file.account.diagnosed == 0)
    #expect(run.latency?.samples.sorted.map(\.value) == [0.00964] && run.latency?.inferences == 3)
    #expect(run.operators.map(\.kind) == ["CONV_2D", "FULLY_CONNECTED", "SOFTMAX"])
    #expect(run.configuration.text(.clock) == "150000000" && run.source.boot == 1)
  }

  /// Counts that begin anew behind the header show a reset.
  @Test func countsThatBeginAnewAreAnotherBoot() throws {
    let text = String(
      decoding: try fixture("Prefixes/prefix-platformio-rp2350app.txt"), as: UTF8.self
    ).replacing("profile_count: 90", with: "profile_count: 30")
    let file = ingest(text)
    #expect(file.runs.map(\.source.boot) == [1, 2])
    #expect(file.runs.map { $0.latency?.inferences } == [2, 1])
  }
}
