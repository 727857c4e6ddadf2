import Testing

@testable import Ingest

struct MLPerfEEMBCTests {
  @Test func readsWindowsOfOwnLog() throws {
    let file = ingest(try fixtureText("mlperf-eembc-log.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    let expected = [12_000_123, 12_000_124, 12_000_250, 11_999_999, 12_000_123]
    #expect(same(run.latency?.samples, expected.map { Double($0) / 1e6 / 500 }))
    #expect(run.latency?.quantum == 1e-6 / 500)
    #expect(run.latency?.inferences == 2500)
    #expect(run.configuration.text(.model) == "kws")
    #expect(run.source.firstLine == 6)
    #expect(run.observations.isEmpty)
  }

  @Test func lapThatContradictsHostIsNotUsed() throws {
    // 14060123 + 12000124 = 26060247; a damaged leading digit makes it 36060247.
    let text = try fixtureText("mlperf-eembc-log.txt").with(
      "m-lap-us-26060247", "m-lap-us-36060247")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 29, column: 16))
    #expect(file.runs.first?.latency?.samples.count == 4)
    #expect(file.runs.first?.has(.windowRule) == true)
  }

  /// A 32-bit counter of microseconds wraps every 71.6 minutes.
  private func log(first: UInt64, second: UInt64, hostSeconds: String) -> String {
    """
    00010.000 dut: m-infer-start-1000
    00010.000 dut: m-lap-us-\(first)
    000\(hostSeconds) dut: m-lap-us-\(second)
    000\(hostSeconds) dut: m-infer-done

    """
  }

  @Test func wrapOfTheCounterIsUndoneWhenTheHostAgrees() throws {
    let file = ingest(log(first: 4_294_000_000, second: 11_032_704, hostSeconds: "22.010"))
    #expect(file.diagnostics.isEmpty)
    #expect(same(file.runs.first?.latency?.samples, [12_000_000.0 / 1e6 / 1000]))
  }

  /// Two oscillators and a serial line differ by less than a hundredth of a long window.
  @Test(arguments: [("20.010", false), ("20.130", false), ("20.300", true), ("19.700", true)])
  func aClockThatIsOffIsNoticed(hostSeconds: String, isOff: Bool) throws {
    let file = ingest(log(first: 1_000_000, second: 11_000_000, hostSeconds: hostSeconds))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.has(.hostClock) == isOff)
    #expect(same(run.latency?.samples, [0.01]))
  }

  @Test func stepBackwardsIsNoWrapWhenTheHostDisagrees() {
    let file = ingest(log(first: 94_000_000, second: 11_032_704, hostSeconds: "22.010"))
    #expect(file.rules == ["contradicting-readings", "no-window"])
    #expect(file.has("contradicting-readings", line: 3, column: 16))
    #expect(file.runs.isEmpty)
  }

  @Test func stepBackwardsPast32BitsIsNoWrap() {
    let file = ingest(log(first: 5_000_000_000, second: 705_032_704, hostSeconds: "10.010"))
    #expect(file.rules.contains("contradicting-readings"))
    #expect(file.runs.isEmpty)
  }

  @Test func rawDeviceLinesNeedNoHost() {
    let file = ingest(
      "m-infer-start-10\nm-lap-us-1000\nm-lap-us-10001001\nm-infer-done\nm-results-[1]\n")
    #expect(file.diagnostics.isEmpty)
    #expect(same(file.runs.first?.latency?.samples, [1.0000001]))
  }

  @Test func rawDeviceLinesCannotProveAWrap() {
    let file = ingest("m-infer-start-10\nm-lap-us-9000\nm-lap-us-1000\nm-infer-done\n")
    #expect(file.rules.contains("contradicting-readings"))
  }

  @Test func lapWithoutItsStampIsNotUsed() throws {
    let text = try fixtureText("mlperf-eembc-log.txt").with(
      "00030.190 dut: m-lap-us-26060247", "0003?.190 dut: m-lap-us-26060247")
    let file = ingest(text)
    #expect(file.has("unknown-line", line: 29, column: 16))
    #expect(file.runs.first?.latency?.samples.count == 4)
  }

  @Test func deviceAndCommandMustAgree() throws {
    let lines = try fixtureText("mlperf-eembc-log.txt").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    var damaged = lines
    damaged[26] = try lines[26].with("m-infer-start-500", "m-infer-start-600")
    let file = ingest(damaged.joined(separator: "\n"))
    #expect(file.has("contradicting-readings", line: 27, column: 16))
    #expect(file.runs.first?.latency?.samples.count == 4)
    #expect(file.runs.first?.latency?.inferences == 2000)
  }

  @Test func windowCutOffByResetIsDropped() throws {
    let lines = try fixtureText("mlperf-eembc-log.txt").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    var cut = lines
    cut.replaceSubrange(28...29, with: ["00029.000 dut: m-init-done", "00029.010 dut: m-ready"])
    let file = ingest(cut.joined(separator: "\n"))
    #expect(file.has("unfinished-window", line: 27, column: 16))
    let run = try #require(file.runs.first)
    #expect(run.latency?.samples.count == 4)
    #expect(run.has(.blockDropped))
    #expect(file.account.total == pieceCount(Array(cut.joined(separator: "\n").utf8)))
    // Its start and its one lap had been read.
    #expect(file.account.diagnosed == 2)
  }

  @Test func echoedLinesCountOnce() throws {
    let text = try fixtureText("mlperf-eembc-log.txt")
    let doubled = text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { $0.isEmpty ? [$0] : [$0, $0] }.joined(separator: "\n")
    let file = ingest(doubled)
    #expect(file.diagnostics.isEmpty)
    #expect(file.runs.count == 1)
    #expect(file.runs.first?.latency == ingest(text).runs.first?.latency)
  }

  @Test func damagedMessageIsReported() throws {
    let text = try fixtureText("mlperf-eembc-log.txt").with(
      "m-lap-us-26060247", "m-lbp-us-26060247")
    let file = ingest(text)
    #expect(file.rules.contains("unknown-line"))
    #expect(file.rules.contains("unfinished-window"))
    #expect(file.runs.first?.latency?.samples.count == 4)
  }

  @Test func modelsMustAgree() throws {
    let text = try fixtureText("mlperf-eembc-log.txt").with(
      "m-model-[kws01]", "m-model-[vww01]")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 6, column: 16))
    #expect(file.runs.first?.configuration[.model] == nil)
  }

  @Test func unknownModelIsNotUsed() {
    let file = ingest(
      "m-model-[mine]\nm-infer-start-10\nm-lap-us-0\nm-lap-us-10000001\nm-infer-done\n")
    #expect(file.rules == ["unknown-model"])
    #expect(file.runs.first?.configuration[.model] == nil)
  }

  @Test func resultsWithinALogMustFitItsLaps() throws {
    let log = try fixtureText("mlperf-eembc-log.txt").components(separatedBy: "\n")
    let stop = try #require(log.firstIndex { $0.contains("m-session-stop") })
    func both(_ results: String) -> IngestedFile {
      ingest((log[..<stop] + [results] + log[stop...]).joined(separator: "\n"))
    }
    let results = try fixtureText("mlperf-eembc-results.txt")
    let file = both(results)
    #expect(file.diagnostics.isEmpty)
    #expect(file.runs.count == 1)
    #expect(file.runs.first?.latency?.quantum == 1e-6 / 500)
    let other = results.replacingOccurrences(of: "12.000 sec", with: "12.500 sec")
      .replacingOccurrences(of: "41.667", with: "40.000")
      .replacingOccurrences(of: "41.666", with: "40.000")
    #expect(both(other).rules == ["contradicting-readings", "no-window"])
    #expect(both(other).runs.isEmpty)
  }

  @Test func foldersNameBoardClockAndModel() throws {
    let file = ingest(
      try fixtureText("mlperf-eembc-results.txt"),
      path: "closed/STMicroelectronics/results/NUCLEO_U575ZI_Q_60MHz/vww/performance/results.txt")
    let configuration = try #require(file.runs.first?.configuration)
    #expect(configuration.text(.board) == "nucleo_u575zi_q")
    #expect(configuration.text(.clock) == "60000000")
    #expect(configuration.text(.model) == "vww")
  }

  @Test func twoSessionsAreTwoRuns() throws {
    let text = try fixtureText("mlperf-eembc-log.txt")
    let file = ingest(text + text)
    #expect(file.diagnostics.isEmpty)
    #expect(file.runs.count == 2)
    #expect(file.runs.map { $0.latency?.samples.count } == [5, 5])
  }

  @Test func readsOwnResults() throws {
    let file = ingest(try fixtureText("mlperf-eembc-results.txt"), path: "x_kws.txt")
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(same(run.latency?.samples, Array(repeating: 0.024, count: 5)))
    #expect(run.latency?.quantum == 1e-3 / 500)
    #expect(run.configuration.text(.model) == "kws")
  }

  @Test func resultsFileWithTwoSetsIsTwoRuns() throws {
    let text = try fixtureText("mlperf-eembc-results.txt")
    #expect(ingest(text + text).runs.count == 2)
  }

  /// Changes line `number` (one-based) of a fixture.
  private func changed(
    _ fixture: String, line number: Int, _ old: String, _ new: String
  ) throws -> IngestedFile {
    var lines = try fixtureText(fixture).components(separatedBy: "\n")
    lines[number - 1] = try lines[number - 1].with(old, new)
    return ingest(lines.joined(separator: "\n"))
  }

  @Test func runtimeThatContradictsThroughputIsNotUsed() throws {
    let file = try changed("mlperf-eembc-results.txt", line: 8, "12.000", "12.003")
    #expect(file.has("contradicting-readings", line: 9, column: 46))
    #expect(file.runs.first?.latency?.samples.count == 4)
  }

  @Test func medianMustBeTheMedian() throws {
    let file = try changed("mlperf-eembc-results.txt", line: 27, "41.666", "41.766")
    #expect(file.has("contradicting-readings", line: 27, column: 44))
    #expect(file.runs.first?.latency?.samples.count == 5)
  }

  @Test func missingFieldDropsTheWindow() throws {
    var lines = try fixtureText("mlperf-eembc-results.txt").components(separatedBy: "\n")
    lines.remove(at: 7)
    let file = ingest(lines.joined(separator: "\n"))
    #expect(file.has("incomplete-window", line: 6, column: 1))
    #expect(file.runs.first?.latency?.samples.count == 4)
    #expect(file.runs.first?.has(.windowRule) == true)
  }

  @Test func missingHeaderOrphansItsFields() throws {
    var lines = try fixtureText("mlperf-eembc-results.txt").components(separatedBy: "\n")
    lines.remove(at: 5)
    let file = ingest(lines.joined(separator: "\n"))
    #expect(file.has("orphan-field", line: 6, column: 49))
    #expect(file.runs.first?.latency?.samples.count == 4)
    #expect(file.account.diagnosed == 3)
  }

  @Test func misnumberedWindowsAreNoted() throws {
    let file = try changed("mlperf-eembc-results.txt", line: 6, "window 4", "window 5")
    #expect(file.runs.first?.latency?.samples.count == 5)
    #expect(file.runs.first?.has(.windowRule) == true)
  }

  @Test func shortWindowsAreNoted() {
    let file = ingest(
      """
      00082.227 ulp-mlperf: Performance results for window 2:
      00082.228 ulp-mlperf:   # Inferences :          100
      00082.228 ulp-mlperf:   Runtime      :        2.000 sec.
      00082.228 ulp-mlperf:   Throughput   :       50.000 inf./sec.
      """)
    #expect(file.runs.first?.observations.map(\.kind) == [.windowRule, .windowRule, .windowRule])
  }

  @Test func readsOwnEnergy() throws {
    let file = ingest(try fixtureText("mlperf-eembc-energy.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.latency == nil)
    #expect(
      same(run.energy, [470.800, 471.069, 470.634, 471.024, 470.986].map { $0 / 1e6 }))
    #expect(run.has(.throughputInEnergyRun))
  }

  @Test func energyThatContradictsItsInferencesIsNotUsed() throws {
    let file = try changed("mlperf-eembc-energy.txt", line: 8, "471.069", "471.169")
    #expect(file.has("contradicting-readings", line: 8, column: 41))
    #expect(file.runs.first?.energy.count == 4)
  }

  @Test func powerThatContradictsEnergyWithholdsBoth() throws {
    let file = try changed("mlperf-eembc-energy.txt", line: 7, "20010.250", "21010.250")
    #expect(file.has("contradicting-readings", line: 7, column: 39))
    #expect(file.runs.first?.energy.count == 4)
  }

  @Test func inferencesOfTheWindowMustFitItsEnergy() throws {
    // Window 2 of the same file: its count says 511, consistently with its throughput.
    let text = try fixtureText("mlperf-eembc-energy.txt")
    var lines = text.components(separatedBy: "\n")
    #expect(lines[24].hasSuffix("510"))
    lines[24] = String(lines[24].dropLast(3)) + "511"
    lines[26] = try lines[26].with("42.482", "42.565")
    let file = ingest(lines.joined(separator: "\n"))
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.has("contradicting-readings", line: 4, column: 41))
    #expect(file.runs.first?.energy.count == 4)
  }
}
