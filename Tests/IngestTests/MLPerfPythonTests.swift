import Testing

@testable import Ingest

struct MLPerfPythonTests {
  private func changed(
    _ fixture: String, line number: Int, _ old: String, _ new: String
  ) throws -> IngestedFile {
    var lines = try fixtureText(fixture).components(separatedBy: "\r\n")
    lines[number - 1] = try lines[number - 1].with(old, new)
    return ingest(lines.joined(separator: "\r\n"))
  }

  @Test func windowPrintedTwiceIsOneSample() throws {
    let file = ingest(try fixtureText("mlperf-python-log.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    let runtimes = [12.000123, 12.000124, 12.00025, 11.999999, 12.000123]
    #expect(same(run.latency?.samples, runtimes.map { $0 / 500 }))
    #expect(run.latency?.quantum == 1e-6 / 500)
    #expect(run.latency?.inferences == 2500)
    #expect(run.configuration.text(.model) == "kws")
  }

  @Test func twoPrintsOfAWindowMustAgree() throws {
    // Line 23 is the rounded runtime of window 2; its throughput is changed along.
    var lines = try fixtureText("mlperf-python-log.txt").components(separatedBy: "\r\n")
    #expect(lines[22].contains("12.000 sec."))
    lines[22] = try lines[22].with("12.000", "12.500")
    lines[23] = try lines[23].with("41.666", "40.000")
    let file = ingest(lines.joined(separator: "\r\n"))
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.runs.first?.latency?.samples.count == 4)
  }

  @Test func fullFloatsAreCheckedExactly() throws {
    let file = try changed("mlperf-python-log.txt", line: 56, "12.000123", "12.000124")
    #expect(file.has("contradicting-readings", line: 57, column: 13))
    // The rounded print of the window stands, so its resolution is the run's.
    #expect(file.runs.first?.latency?.samples.count == 5)
    #expect(file.runs.first?.latency?.quantum == 1e-3 / 500)
  }

  @Test func readsOwnEnergy() throws {
    let file = ingest(try fixtureText("mlperf-python-energy.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(
      same(run.energy, [576.242, 576.437, 576.055, 576.250, 576.324].map { $0 / 1e6 }))
    #expect(run.latency == nil)
    #expect(run.observations.isEmpty)
  }

  @Test func energyIsCheckedAgainstPowerAndCount() throws {
    let power = try changed("mlperf-python-energy.txt", line: 5, "24.0001", "24.0101")
    #expect(power.has("contradicting-readings", line: 5, column: 19))
    #expect(power.runs.first?.energy.count == 4)
    let each = try changed("mlperf-python-energy.txt", line: 7, "576.242", "576.243")
    #expect(each.rules == ["contradicting-readings"])
    #expect(each.runs.first?.energy.count == 4)
    let count = try changed("mlperf-python-energy.txt", line: 4, "500", "501")
    #expect(count.rules == ["contradicting-readings"])
  }

  @Test func wakeWordHasDutyCycleButNoEnergyPerInference() throws {
    let file = ingest(try fixtureText("mlperf-python-sww-energy.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(same(run.latency?.samples, [0.41235 * 0.031987]))
    #expect(run.latency?.kind == .dutyCycle)
    #expect(run.energy.isEmpty)
    #expect(
      run.observations.map(\.kind) == [.dutyCycle, .throughputInEnergyRun, .wholeRecordingEnergy])
    #expect(file.account.skipped[.notMeasurement] == 5)
  }

  @Test func throughputMustFitDutyCycle() throws {
    let file = try changed("mlperf-python-sww-energy.txt", line: 22, "0.41235", "0.42235")
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.runs.first?.latency == nil)
  }

  @Test func dutyCycleWithFewerDigitsIsCutOff() throws {
    for (whole, cut) in [("0.41235", "0.412"), ("0.41235", "0.4")] {
      let file = try changed("mlperf-python-sww-energy.txt", line: 22, whole, cut)
      #expect(file.rules == ["contradicting-readings"])
      #expect(file.runs.first?.latency == nil)
    }
  }

  @Test func averagesMustFitTheEarlierPrint() throws {
    let file = try changed("mlperf-python-sww-energy.txt", line: 6, "32.0 ms", "33.0 ms")
    #expect(file.has("contradicting-readings", line: 6, column: 14))
    #expect(file.runs.first?.latency == nil)
  }

  @Test func incompleteDutyCycleIsNotUsed() {
    let file = ingest("Average duty cycle: 0.5\nAverage period: 0.032 s\n")
    #expect(file.rules.contains("incomplete-duty-cycle"))
    #expect(file.runs.isEmpty)
  }

  @Test func resultsOfTwoRunsInOneFile() throws {
    let text = try fixtureText("mlperf-python-energy.txt")
    let file = ingest(text + text)
    #expect(file.runs.count == 2)
    #expect(file.diagnostics.isEmpty)
  }

  @Test func missingTrialsAreNoted() throws {
    let lines = try fixtureText("mlperf-python-energy.txt").components(separatedBy: "\r\n")
    let file = ingest(lines.prefix(13).joined(separator: "\r\n"))
    #expect(file.runs.first?.energy.count == 2)
    #expect(file.runs.first?.has(.windowRule) == true)
  }

  @Test func windowsAreBounded() {
    var text = ""
    for i in 0..<(MLPerfResults.windowLimit + 5) {
      text += "Performance results for window \(i)\n# Inferences : 10\n"
      text += "Runtime: 20.0 sec.\nThroughput: 0.5 inf./sec.\n"
    }
    let file = ingest(text)
    #expect(file.rules == ["too-many-windows"])
    #expect(file.runs.first?.latency?.samples.count == UInt64(MLPerfResults.windowLimit))
  }
}
