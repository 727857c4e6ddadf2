import Testing

@testable import Ingest

struct STReaderTests {
  @Test func ownSystemPerformance() throws {
    let file = ingest(try fixtureText("st-system-performance.txt"))
    #expect(file.diagnostics.isEmpty)
    try #require(file.runs.count == 2)
    #expect(same(file.runs[0].latency?.samples, [20.000e-3, 20.001e-3]))
    #expect(file.runs[0].latency?.inferences == 32)
    #expect(abs((file.runs[0].latency?.spread?.low ?? 0) - (20e-3 - 50 / 100e6)) < 1e-12)
    #expect(abs((file.runs[0].latency?.spread?.high ?? 0) - (20.001e-3 + 30 / 100e6)) < 1e-12)
    #expect(file.runs[0].configuration.text(.dtype) == "fp32")
    #expect(file.runs[0].configuration.text(.model) == "gestures")
    #expect(file.runs[1].configuration[.dtype] == nil)
    #expect(file.runs[1].latency?.spread == nil)
    #expect(file.runs.map(\.macs) == [200_000, 50_000])
    #expect(same(file.runs[0].printedCycles, [2_000_050, 2_000_150]))
    #expect(same(file.runs[1].printedCycles, [600_042]))
  }

  @Test func oneBlockWithoutItsCyclesLeavesTheRunWithoutThem() throws {
    for cycles in ["2000050", "2000150"] {
      let text = try fixtureText("st-system-performance.txt").with(cycles, "205")
      let run = try #require(ingest(text).runs.first)
      #expect(run.printedCycles == nil)
      #expect(run.has(.cyclesContradictDuration))
      #expect(run.latency?.samples.count == 2)
    }
  }

  @Test func cyclesThatLostTheirZerosAreNotBelieved() throws {
    let text = try fixtureText("st-system-performance.txt").with("600042", "642")
    let file = ingest(text)
    #expect(file.diagnostics.isEmpty)
    #expect(same(file.runs.last?.latency?.samples, [6e-3]))
    #expect(file.runs.last?.observations.map(\.kind) == [.cyclesContradictDuration])
    #expect(file.runs.last?.printedCycles == nil)
    #expect(file.runs.last?.observations.first?.line == 77)
  }

  @Test func durationAgainstCyclesAndCyclesPerMACIsNotBelieved() throws {
    let text = try fixtureText("st-system-performance.txt").with("6.000 ms", "8.000 ms")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 77, column: 17))
    #expect(file.runs.count == 1)
  }

  @Test func macsMustFitCyclesPerMAC() throws {
    let text = try fixtureText("st-system-performance.txt").with(
      "(complexity: 50000 MACC)", "(complexity: 60000 MACC)")
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.runs.last?.macs == nil)
    #expect(same(file.runs.last?.latency?.samples, [6e-3]))
  }

  @Test func clocksThatDifferAreSettledByTheCycles() throws {
    let text = try fixtureText("st-system-performance.txt")
      .replacingOccurrences(
        of: "@100MHz/100MHz (complexity: 50000", with: "@100MHz/50MHz (complexity: 50000")
    let file = ingest(text)
    #expect(file.rules == ["several-clocks"])
    #expect(file.runs.last?.configuration.text(.clock) == "100000000")
  }

  @Test func resultsMustBeThoseOfTheTestThatRan() throws {
    let text = try fixtureText("st-system-performance.txt")
      .with(
        "\"gestures\", 16 inferences @100MHz/100MHz (complexity: 50000",
        "\"gfstures\", 16 inferences @100MHz/100MHz (complexity: 50000")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 75, column: 1))
    #expect(file.runs.count == 1)
  }

  @Test func timeWithFewerDigitsThanTheTotalIsCutOff() throws {
    let file = ingest(try fixtureText("st-validation-v4.txt").with("0.500\n", "0.\n"))
    #expect(file.rules == ["unknown-line", "incomplete-table"])
    let other = ingest(try fixtureText("st-validation-v4.txt").with("0.500\n", "0\n"))
    #expect(other.rules == ["contradicting-readings"])
    #expect(other.runs.first?.operators.isEmpty == true)
  }

  @Test func resetInABlockDropsItWhole() throws {
    let text = try fixtureText("st-system-performance.txt")
    let lines = text.components(separatedBy: "\n")
    // The second block loses everything behind its duration; the next boot follows.
    let banner = try #require(lines.lastIndex(of: "# AI system performance measurement 2.1"))
    let duration = try #require(lines.firstIndex { $0.contains("20.001") })
    let cut = Array(lines[...duration]) + lines[(banner - 1)...]
    let file = ingest(cut.joined(separator: "\n"))
    #expect(file.rules == ["incomplete-block"])
    try #require(file.runs.count == 2)
    #expect(same(file.runs[0].latency?.samples, [20e-3]))
    #expect(file.runs[0].has(.blockDropped))
    #expect(file.account.diagnosed == 2)
  }

  @Test func observerTableGivesOperators() throws {
    let file = ingest(try fixtureText("st-observer.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.operators.map(\.kind) == ["CONV_2D", "NL", "FULLY_CONNECTED"])
    #expect(run.operators.map(\.index) == [0, 1, 2])
    #expect(same(run.operators[0].samples, [4e-3]))
    #expect(run.configuration.text(.clock) == "160000000")
  }

  @Test func ownValidation() throws {
    let file = ingest(try fixtureText("st-validation-v4.txt"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(same(run.latency?.samples, [40.010e-3]))
    #expect(same(run.printedCycles, [3_200_800]))
    #expect(run.operators.map(\.kind) == ["CONV_2D", "CONV_2D", "FULLY_CONNECTED", "Nonlinearity"])
    #expect(same(run.operators[1].samples, [9.5e-3]))
    #expect(run.macs == 300_000)
  }

  @Test func operatorsMustAddUp() throws {
    let text = try fixtureText("st-validation-v4.txt").with("9.500", "9.600")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 27, column: 70))
    #expect(file.runs.first?.operators.isEmpty == true)
    #expect(same(file.runs.first?.latency?.samples, [40.010e-3]))
  }

  @Test func missingRowOrHeaderWithholdsTheTable() throws {
    let lines = try fixtureText("st-validation-v4.txt").components(separatedBy: "\n")
    let row = try #require(lines.firstIndex { $0.contains("(Nonlinearity)") })
    var noRow = lines
    noRow.remove(at: row)
    #expect(ingest(noRow.joined(separator: "\n")).runs.first?.operators.isEmpty == true)
    let header = try #require(lines.firstIndex { $0.hasPrefix("Clayer") })
    var noHeader = lines
    noHeader.remove(at: header)
    let file = ingest(noHeader.joined(separator: "\n"))
    #expect(file.rules == ["incomplete-table"])
    #expect(file.runs.first?.operators.isEmpty == true)
  }

  @Test func macsOfDescriptionAndResultsMustAgree() throws {
    let text = try fixtureText("st-validation-v4.txt").with("macc=300000", "macc=310000")
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.runs.first?.macs == nil)
  }

  @Test func ownProfile() throws {
    let file = ingest(try fixtureText("st-profile-v2.txt"))
    #expect(file.recognition.dialect == STValidationReader.dialect)
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(same(run.latency?.samples, [8e-3]))
    #expect(run.latency?.inferences == 20)
    #expect(
      run.latency?.spread
        == PrintedSpread(low: 7.95 / 1e3, high: 8.06 / 1e3, standardDeviation: 0.02 / 1e3))
    #expect(run.operators.map(\.kind) == ["CONV_2D", "TANH", "Pool", "SOFTMAX", "Inter-nodal"])
    #expect(run.operators.map(\.index) == [0, 1, 2, 3, nil])
    #expect(run.configuration.text(.dtype) == "int8")
    #expect(run.configuration.text(.model) == "wave")
    #expect(run.configuration[.clock] == nil)
    #expect(run.macs == 250_000)
    #expect(run.weightBytes == 1024)
  }

  @Test func summaryWithOtherMACsIsNotTakenOver() throws {
    let text = try fixtureText("st-profile-v2.txt").with("250,000", "250,001")
    let file = ingest(text)
    #expect(file.rules == ["unmatched-summary"])
    #expect(file.runs.first?.configuration[.model] == nil)
    #expect(file.runs.first?.weightBytes == nil)
  }

  @Test func percentagesOfTheProfileAreChecked() throws {
    let text = try fixtureText("st-profile-v2.txt").with(
      "  75.00%    75.00%", "  65.00%    75.00%")
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.runs.first?.operators.isEmpty == true)
  }

  @Test func totalThatContradictsTheDurationWithholdsBoth() throws {
    let text = try fixtureText("st-profile-v2.txt").with("8.000 ms by", "8.020 ms by")
    let file = ingest(text)
    #expect(file.rules.contains("contradicting-readings"))
    #expect(file.runs.isEmpty)
  }

  @Test func meanOutsideItsExtremesIsNotUsed() throws {
    let text = try fixtureText("st-profile-v2.txt").with("(7.950/8.060", "(8.010/8.060")
    let file = ingest(text)
    #expect(file.has("contradicting-readings", line: 18, column: 22))
    #expect(file.runs.isEmpty)
  }

  @Test func collapsedBlanksAreRefused() {
    let file = ingest(
      "\n\nResultsfor10inference(s)@216/216MHz(macc:2852598)\nduration:78.513ms(average)\n")
    #expect(file.rules == ["collapsed-whitespace"])
    #expect(file.has("collapsed-whitespace", line: 3, column: 1))
    #expect(file.runs.isEmpty)
    #expect(file.account.diagnosed == 2)
  }

  @Test(arguments: [
    ("10005/(Dense)", "FULLY_CONNECTED"), ("10004/(2D Convolutional)", "CONV_2D"),
    ("10011/(Merged Conv2d / Pool)", "CONV_2D"), ("10014/(Softmax)", "SOFTMAX"),
    ("10009/(Nonlinearity)", "Nonlinearity"), ("Pool (0x10b) - Pool_Max", "MAX_POOL_2D"),
    ("Pool (0x10b) - Pool", "Pool"), ("NL (0x107) - Nonlinearity (relu)", "RELU"),
    ("NL (0x107) - Nonlinearity (tanh)", "TANH"), ("dense", "FULLY_CONNECTED"), ("LSTM", "LSTM"),
    ("Softmax (0x10c) - Nonlinearity (softmax)", "SOFTMAX"), ("Inter-nodal", "Inter-nodal"),
    ("", ""), (" - ", "-"),
  ])
  func kindsBecomeTFLiteNames(_ text: String, _ kind: String) {
    #expect(STKind.tflite(text) == kind)
  }
}
