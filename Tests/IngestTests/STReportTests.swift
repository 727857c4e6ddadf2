import Testing

@testable import Ingest

struct STReportTests {
  @Test func ownReport() throws {
    let file = ingest(try fixtureText("st-report-v9.txt"))
    #expect(file.recognition.dialect == STReportReader.dialect)
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.latency == nil)
    #expect(run.macs == 1_234_600)
    #expect(run.weightBytes == 1200)
    #expect(run.configuration.text(.arenaBytes) == "640")
    #expect(run.configuration.text(.model) == "tiny")
    #expect(run.operators.map(\.macs) == [1_200_000, 34_560, 40])
    #expect(run.operators.map(\.weightBytes) == [1000, 0, 200])
    #expect(run.operators.map(\.kind) == ["CONV_2D", "Nonlinearity", "FULLY_CONNECTED"])
    #expect(run.operators.contains { !$0.samples.isEmpty } == false)
    #expect(run.observations.map(\.kind) == [.costsOnly])
  }

  @Test func percentagesAreNoTimes() throws {
    let file = ingest(try fixtureText("st-validate-percent.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.observations.map(\.kind) == [.costsOnly, .percentageDurations])
    #expect(run.latency == nil)
    #expect(run.operators.map(\.macs) == [1000, 4000, 100])
    #expect(run.operators.map(\.weightBytes) == [48, 2000, 0])
    #expect(run.configuration.text(.dtype) == "fp32")
  }

  @Test func layersMustAddUp() throws {
    let text = try fixtureText("st-report-v9.txt").with("34560", "34561")
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings", "incomplete-table"])
    #expect(file.runs.first?.operators.isEmpty == true)
    #expect(file.runs.first?.macs == nil)
    #expect(file.runs.first?.weightBytes == 1200)
  }

  @Test func kibibytesMustFitBytes() throws {
    let text = try fixtureText("st-report-v9.txt").with("1,200 B (1.17", "1,900 B (1.17")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 17, column: 24))
    #expect(file.runs.first?.weightBytes == nil)
  }

  @Test func totalsMustAgree() throws {
    let text = try fixtureText("st-report-v9.txt").with(": 1234600", ": 1234700")
    let file = ingest(text)
    #expect(file.rules.contains("contradicting-readings"))
    #expect(file.runs.first?.macs == nil)
  }

  @Test(arguments: ["validate err=-1", "validate"])
  func failureIsAnError(_ command: String) throws {
    var text = try fixtureText("st-validate-percent.txt").with("(validate)", "(\(command))")
    if command == "validate" {
      text = try text.with("L2r error          : 1.0e-07", "L2r error          : NOT EVALUATED")
    }
    let file = ingest(text)
    #expect(file.rules == ["failed-run"])
    #expect(file.diagnostics.first?.severity == .error)
    #expect(file.runs.first?.has(.failedRun) == true)
    #expect(
      file.runs.first?.observations.last?.message == "The tool says that this run failed.")
  }

  @Test func failureIsSaidInTheToolsWords() throws {
    let text = try fixtureText("st-validate-percent.txt").with(
      "(validate)", "(validate err=-1)\nerror : TOOL ERROR: 3 loaded,\u{7f} 4 found. ")
    #expect(
      ingest(text).runs.first?.observations.last?.message
        == "The tool says that this run failed: 3 loaded,\\u{1a} 4 found.")
  }

  @Test func analysisNeedsNoEvaluation() throws {
    let text = try fixtureText("st-validate-percent.txt")
      .with("(validate)", "(analyze)").with("1.0e-07", "NOT EVALUATED")
    #expect(ingest(text).diagnostics.isEmpty)
  }

  @Test func singleBlanksBetweenColumnsAreRefused() throws {
    let text = try fixtureText("st-validate-percent.txt")
    let lines = text.components(separatedBy: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    let file = ingest(lines.joined(separator: "\n"))
    #expect(file.rules == ["collapsed-whitespace"])
    #expect(file.has("collapsed-whitespace", line: 19, column: 1))
    #expect(file.runs.isEmpty)
  }

  @Test func twoReportsAreTwoRuns() throws {
    let text = try fixtureText("st-report-v9.txt")
    let file = ingest(text + text)
    #expect(file.runs.count == 2)
    #expect(file.diagnostics.isEmpty)
  }
}
