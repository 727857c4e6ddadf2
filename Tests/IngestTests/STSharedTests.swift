import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Names of the files in a folder of real logs, sorted.
func sampleNames(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: Shared.path("samples/\(folder)")).sorted()
}

/// Real logs and reports of ST's tools. The expected figures were taken from the files by hand.
@Suite(.shared("samples"))
struct STSharedTests {
  private func read(_ name: String) throws -> IngestedFile {
    Ingestor().ingest(path: Shared.path("samples/st-edge-ai/\(name)"))
  }

  @Test func systemPerformanceOfTwoBoots() throws {
    let file = try read("v3.3_f401_aiSystemPerformance_2.1.txt")
    #expect(file.recognition.dialect == STSystemPerformanceReader.dialect)
    #expect(file.diagnostics.isEmpty)
    try #require(file.runs.count == 2)
    let first = file.runs[0]
    #expect(same(first.latency?.samples, [11.775e-3, 11.775e-3]))
    #expect(same(first.printedCycles, [989_124, 989_132]))
    #expect(first.latency?.kind == .mean)
    #expect(first.latency?.inferences == 32)
    #expect(first.latency?.quantum == 1e-6)
    // -66/+50 and -47/+27 cycles at 84 MHz.
    #expect(abs((first.latency?.spread?.low ?? 0) - (11.775e-3 - 66 / 84e6)) < 1e-12)
    #expect(abs((first.latency?.spread?.high ?? 0) - (11.775e-3 + 50 / 84e6)) < 1e-12)
    #expect(first.macs == 119_901)
    #expect(first.weightBytes == 57_100)
    #expect(first.configuration.text(.arenaBytes) == "2116")
    #expect(first.configuration.text(.clock) == "84000000")
    #expect(first.configuration.text(.dtype) == "fp32")
    #expect(first.configuration.text(.runtime) == "x-cube-ai")
    #expect(first.configuration[.model] == nil)
    #expect(first.observations.isEmpty)
    let second = file.runs[1]
    #expect(same(second.latency?.samples, [0.679e-3]))
    #expect(second.latency?.inferences == 16)
    #expect(second.macs == 5175)
    #expect(second.weightBytes == 20_532)
  }

  @Test func systemPerformanceWithoutBanner() throws {
    let file = try read("v4.0_f746_aiSystemPerformance_216MHz.txt")
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(same(run.latency?.samples, [73.785e-3]))
    #expect(same(run.printedCycles, [15_937_636]))
    #expect(abs((run.latency?.spread?.low ?? 0) - (73.785e-3 - 1352 / 216e6)) < 1e-12)
    #expect(abs((run.latency?.spread?.high ?? 0) - (73.785e-3 + 808 / 216e6)) < 1e-12)
    #expect(run.macs == 2_852_598)
    #expect(run.configuration.text(.clock) == "216000000")
    #expect(run.configuration.text(.model) == "mnistkeras")
  }

  @Test func validationWithOperators() throws {
    let file = try read("v3.4_f4disco_validate_on_target.txt")
    #expect(file.recognition.dialect == STValidationReader.dialect)
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(same(run.latency?.samples, [62.976e-3]))
    #expect(same(run.printedCycles, [10_579_924]))
    #expect(run.latency?.inferences == 10)
    #expect(run.configuration.text(.clock) == "168000000")
    #expect(run.macs == 874_970)
    let milliseconds = [14.470, 45.291, 0.012, 3.037, 0.012, 0.144, 0.010]
    let kinds = [
      "CONV_2D", "FULLY_CONNECTED", "Nonlinearity", "FULLY_CONNECTED", "Nonlinearity",
      "FULLY_CONNECTED", "SOFTMAX",
    ]
    try #require(run.operators.count == 7)
    for (i, one) in run.operators.enumerated() {
      #expect(one.index == i)
      #expect(one.kind == kinds[i])
      #expect(same(one.samples, [milliseconds[i] / 1e3]))
    }
    #expect(run.operators[0].name == "10011/(Merged Conv2d / Pool)")
    #expect(run.operatorUnit == .seconds)
  }

  @Test func profileAmongSummaries() throws {
    let file = try read("stedgeai_v2.x_ispu_target_validate_keras.blocks.txt")
    #expect(file.recognition.dialect == STValidationReader.dialect)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.source.firstLine == 49)
    #expect(same(run.latency?.samples, [67.953e-3]))
    #expect(run.latency?.inferences == 527)
    #expect(
      run.latency?.spread
        == PrintedSpread(
          low: 67.782 / 1e3, high: 68.213 / 1e3, standardDeviation: 0.102 / 1e3))
    #expect(run.macs == 12_960)
    #expect(run.weightBytes == 2704)
    #expect(run.configuration.text(.model) == "cnn_8x8x8")
    #expect(run.configuration.text(.dtype) == "fp32")
    #expect(run.configuration.text(.mcu) == "ispu")
    #expect(run.configuration[.clock] == nil)
    #expect(
      run.operators.map(\.kind) == [
        "CONV_2D", "RELU", "MAX_POOL_2D", "CONV_2D", "RELU", "MAX_POOL_2D", "CONV_2D", "RELU",
        "MAX_POOL_2D", "FULLY_CONNECTED", "SOFTMAX", "Inter-nodal",
      ])
    let milliseconds = [
      19.059, 5.582, 9.101, 14.724, 2.805, 4.552, 7.267, 1.419, 2.107, 0.391, 0.865, 0.082,
    ]
    for (one, expected) in zip(run.operators, milliseconds) {
      #expect(same(one.samples, [expected / 1e3]))
    }
    #expect(run.operators.last?.index == nil)
    #expect(run.operators[1].name == "NL (0x107) - Nonlinearity (relu)")
    // The other summary, of line 25, has another macc.
    #expect(file.diagnostics.map(\.severity) == [.note])
    #expect(file.has("unmatched-summary", line: 25, column: 1))
  }

  @Test func strippedReportIsRefused() throws {
    let file = try read("v4.0_f746_validate_WHITESPACE_STRIPPED.txt")
    #expect(file.runs.isEmpty)
    #expect(file.rules == ["collapsed-whitespace"])
    #expect(file.has("collapsed-whitespace", line: 1, column: 1))
    #expect(file.diagnostics.first?.severity == .error)
    #expect(file.account.read == 0)
  }

  @Test func failedValidationIsNoSuccess() throws {
    let file = try read("v5.0_AOS_RNN_network_validate_report.txt")
    #expect(file.recognition.dialect == STReportReader.dialect)
    #expect(file.rules == ["failed-run"])
    #expect(file.has("failed-run", line: 4, column: 1))
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.has(.failedRun))
    #expect(
      run.observations.last?.message
        == "The tool says that this run failed: Weights are incompatible with model: "
        + "93180 loaded, 89864 found.")
    #expect(run.has(.costsOnly))
    #expect(run.latency == nil)
    #expect(run.macs == 597_465)
    #expect(run.weightBytes == 93_180)
    #expect(run.configuration.text(.arenaBytes) == "1696")
    #expect(run.configuration.text(.dtype) == "fp32")
    #expect(
      run.operators.map(\.macs) == [720, 593_280, 2048, 32, 1024, 32, 224, 105])
    #expect(
      run.operators.map(\.weightBytes) == [96, 79_616, 8320, 0, 4224, 0, 924, 0])
    #expect(run.operators[1].kind == "LSTM")
  }

  @Test func generateReportOfVersion7() throws {
    let file = try read("v7.3_generate_report.txt")
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.macs == 4880)
    #expect(run.weightBytes == 18_708)
    #expect(run.configuration.text(.arenaBytes) == "512")
    #expect(run.configuration.text(.model) == "nn_model1")
    #expect(run.configuration.text(.dtype) == "fp32")
    #expect(run.operators.map(\.macs) == [192, 64, 4160, 64, 325, 75])
    #expect(run.operators.map(\.weightBytes) == [768, 0, 16_640, 0, 1300, 0])
    #expect(run.observations.map(\.kind) == [.costsOnly])
  }

  @Test func generateReportOfCore2() throws {
    let file = try read("stedgeai_v2.2_generate_report_u5_cnn.txt")
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.macs == 408_032)
    #expect(run.weightBytes == 53_644)
    #expect(run.configuration.text(.arenaBytes) == "9472")
    #expect(run.configuration.text(.model) == "cnn_model")
    #expect(
      run.operators.map(\.macs)
        == [34_832, 167_968, 196_672, 2048, 2048, 4160, 64, 195, 45])
    #expect(
      run.operators.map(\.weightBytes) == [1024, 10_368, 24_832, 0, 0, 16_640, 0, 780, 0])
    #expect(run.operators[0].kind == "CONV_2D")
    #expect(run.operators[0].name == "conv1d_conv2d")
    #expect(run.configuration[.mcu] == nil)
  }

  @Test func everyFileIsCovered() throws {
    #expect(try sampleNames("st-edge-ai").count == 8)
  }
}
