import TestSupport
import Testing

@testable import Ingest

/// Expected values were read from the files themselves, with awk and by eye.
@Suite(.shared("emulator"))
struct TFLMRealLogTests {
  struct Emulated: Sendable {
    var file: String
    var blocks: UInt64
    var operators: Int
    var kinds: [String]
    var ticks: [Double]
    var instructions: Double
    var arena: String
    var dtype: String

    init(
      _ file: String, _ blocks: UInt64, _ operators: Int, _ kinds: [String], _ ticks: [Double],
      _ instructions: Double, _ arena: String, _ dtype: String
    ) {
      self.file = file
      self.blocks = blocks
      self.operators = operators
      self.kinds = kinds
      self.ticks = ticks
      self.instructions = instructions
      self.arena = arena
      self.dtype = dtype
    }
  }

  /// Kinds and ticks are those of the first, the middle (n / 2) and the last operator.
  static let emulated: [Emulated] = [
    .init(
      "ad01_fp32.txt", 3, 10, ["FULLY_CONNECTED", "FULLY_CONNECTED", "FULLY_CONNECTED"],
      [412736, 8256, 423495], 1_361_320, "4848", "fp32"),
    .init(
      "ad01_int8.txt", 3, 10, ["FULLY_CONNECTED", "FULLY_CONNECTED", "FULLY_CONNECTED"],
      [160397, 8543, 186090], 583_712, "2580", "int8"),
    .init(
      "cnn_l2_fp32.txt", 1, 2, ["CONV_2D", "CONV_2D", "CONV_2D"],
      [11_263_250, 11_263_250, 11_263_250], 22_526_733, "49712", "fp32"),
    .init(
      "cnn_l2_int8.txt", 1, 2, ["CONV_2D", "CONV_2D", "CONV_2D"],
      [3_524_426, 3_524_426, 3_524_426], 7_049_085, "13812", "int8"),
    .init(
      "ic_fp32.txt", 3, 16, ["CONV_2D", "CONV_2D", "SOFTMAX"],
      [8_548_666, 7_011_242, 1208], 88_337_276, "199120", "fp32"),
    .init(
      "ic_int8.txt", 3, 16, ["CONV_2D", "CONV_2D", "SOFTMAX"],
      [2_123_137, 2_190_338, 3063], 29_932_934, "54996", "int8"),
    .init(
      "kws_fp32.txt", 1, 13, ["CONV_2D", "CONV_2D", "SOFTMAX"],
      [13_017_670, 3_355_654, 1412], 35_361_547, "66176", "fp32"),
    .init(
      "kws_int8.txt", 3, 13, ["CONV_2D", "CONV_2D", "SOFTMAX"],
      [1_106_058, 1_065_184, 3631], 7_803_065, "22820", "int8"),
    .init(
      "sww_fp32.txt", 1, 10, ["DEPTHWISE_CONV_2D", "CONV_2D", "SOFTMAX"],
      [201_214, 1_420_098, 557], 6_795_004, "28384", "fp32"),
    .init(
      "sww_int8.txt", 3, 11, ["DEPTHWISE_CONV_2D", "CONV_2D", "SOFTMAX"],
      [80173, 487_648, 1358], 2_221_113, "16596", "int8"),
    .init(
      "tagbug_kws_int8.txt", 3, 13, ["CONV_2D", "CONV_2D", "SOFTMAX"],
      [1_106_058, 1_065_184, 3631], 7_803_065, "22820", "int8"),
    .init(
      "vww_fp32.txt", 3, 31, ["CONV_2D", "DEPTHWISE_CONV_2D", "SOFTMAX"],
      [9_762_778, 1_207_230, 462], 77_576_399, "299968", "fp32"),
    .init(
      "vww_int8.txt", 3, 31, ["CONV_2D", "DEPTHWISE_CONV_2D", "SOFTMAX"],
      [3_037_155, 331_785, 1351], 24_545_473, "100708", "int8"),
  ]

  @Test(arguments: emulated.map(\.file))
  func emulator(_ name: String) throws {
    let expected = try #require(Self.emulated.first { $0.file == name })
    let file = ingestShared("emulator/\(name)")
    #expect(file.recognition.dialect == TFLMApplicationReader.dialect)
    #expect(file.diagnostics == [])
    #expect(file.account.diagnosed == 0)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == expected.operators)
    #expect(run.operatorUnit == .instructions)
    let positions = [0, expected.operators / 2, expected.operators - 1]
    for (n, position) in positions.enumerated() {
      let one = run.operators[position]
      #expect(one.index == position)
      #expect(one.kind == expected.kinds[n])
      #expect(one.samples.count == expected.blocks)
      #expect(one.samples.minimum == expected.ticks[n])
      #expect(one.samples.maximum == expected.ticks[n])
      #expect(one.quantum == 1)
    }
    let latency = try #require(run.latency)
    #expect(latency.unit == .instructions)
    #expect(latency.kind == .inference)
    #expect(latency.samples.count == expected.blocks)
    #expect(latency.samples.median == expected.instructions)
    #expect(run.text(.arenaBytes) == expected.arena)
    #expect(run.text(.dtype) == expected.dtype)
    #expect(run.configuration[.dtype]?.provenance == .log)
    #expect(run.configuration[.origin] == ConfigurationEntry("emulated", .implied))
    #expect(run.text(.tick) == "instructions")
    #expect(run.text(.clock) == nil)
    #expect(run.text(.runtime) == "tflm")
    #expect(file.observations(.emulatedTicks).count == 1)
    #expect(file.observations(.staleTagSums).count == (name.hasPrefix("tagbug") ? 1 : 0))
  }

  @Test func staleSumsOfTheEmulator() throws {
    let file = ingestShared("emulator/tagbug_kws_int8.txt")
    let stale = try #require(file.observations(.staleTagSums).first)
    // The second block's table: the first one's sums are still right.
    #expect(stale.line == 56)
    #expect(stale.message.contains("CONV_2D"))
    #expect(stale.message.contains("10733588"))
    #expect(stale.message.contains("5366794"))
  }

  @Test func cfuDocumentation() throws {
    let file = ingestShared("samples/tflm-profiler/cfu-playground_pdti8_LogCsv_doc.txt")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    #expect(file.diagnostics == [])
    #expect(file.account.total == 45)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == 31)
    #expect(run.operators[0].kind == "DEPTHWISE_CONV_2D")
    #expect([0, 15, 30].map { run.medians[$0] } == [7892, 1919, 11])
    #expect(run.operatorUnit == .ticks)
    #expect(run.latency?.unit == .cycles)
    #expect(run.latency?.samples.median == 183_328_857)
    // 183328857 / 178973 = 1024.34
    #expect(run.configuration[.tick] == ConfigurationEntry("1024cycles", .implied))
  }

  @Test func coralWithoutClock() throws {
    let file = ingestShared("samples/tflm-profiler/coralmicro_zero_ticks.txt")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    let run = try #require(file.runs.first)
    #expect(run.operators.map(\.kind) == ["edgetpu-custom-op", "DEQUANTIZE", "DEQUANTIZE"])
    #expect(run.operators.filter { !$0.samples.isEmpty }.isEmpty)
    #expect(run.latency == nil)
    #expect(file.observations(.zeroTicks).count == 1)
  }

  @Test func litexImageClassification() throws {
    let file = ingestShared("samples/tflm-profiler/litex_cfu_f831060e_profile_imgc.txt")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == 16)
    #expect(run.operators[0].samples.count == 10)
    #expect(
      run.operators[0].samples.sorted.map(\.value) == [
        13120, 13122, 13123, 13130, 13132, 13134, 13136, 13140, 13144,
      ])
    #expect(run.operators[7].kind == "ADD")
    #expect(run.operators[7].samples.minimum == 1980)
    #expect(run.operators[7].samples.maximum == 1996)
    #expect(run.medians[7] == 1990)
    #expect(run.operators[15].kind == "SOFTMAX")
    #expect(run.medians[15] == 27.5)
    #expect(run.latency?.unit == .cycles)
    #expect(run.latency?.samples.count == 10)
    #expect(run.latency?.samples.minimum == 107_004_319)
    #expect(run.latency?.samples.maximum == 107_087_680)
    #expect(run.text(.tick) == "1024cycles")
    #expect(run.configuration[.model] == ConfigurationEntry("ic", .log))
  }

  @Test func litexPersonDetection() throws {
    let file = ingestShared("samples/tflm-profiler/litex_cfu_f831060e_profile_pdti8.txt")
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == 31)
    #expect([0, 15, 30].map { run.medians[$0] } == [8632, 2355, 12])
    #expect(run.latency?.samples.sorted.map(\.value) == [116_581_296, 116_583_587, 116_674_721])
    #expect(run.text(.model) == "person_detect")
  }

  @Test func litexBareCSV() throws {
    let file = ingestShared("samples/tflm-profiler/litex_cfu_imgc_initial.csv")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    #expect(file.account.total == 17)
    let run = try #require(file.runs.first)
    #expect(run.operators.count == 16)
    #expect([0, 8, 15].map { run.medians[$0] } == [26920, 25583, 28])
    #expect(run.latency?.kind == .operatorSum)
    #expect(run.latency?.samples.median == 284_100)
    #expect(run.text(.tick) == nil)
    #expect(file.observations(.unknownTick).count == 1)
  }

  @Test func picoTwoRuns() throws {
    let file = ingestShared(
      "samples/tflm-profiler/rp2040_pico-tflmicro_person_detection_benchmark_results.txt")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    #expect(file.diagnostics == [])
    try #require(file.runs.count == 2)
    #expect(file.runs.map(\.operators.count) == [31, 31])
    #expect(file.runs.map { $0.latency?.samples.median } == [823_658, 587_400])
    #expect(file.runs.map { $0.latency?.unit } == [.ticks, .ticks])
    #expect([0, 14, 30].map { file.runs[0].medians[$0] } == [34553, 43007, 338])
    #expect([0, 14, 30].map { file.runs[1].medians[$0] } == [34550, 36303, 340])
    #expect(file.runs.map { $0.configuration[.cores] } == [.init("1", .log), .init("2", .log)])
    #expect(file.runs.allSatisfy { $0.text(.tick) == nil })
    #expect(file.runs.map(\.source.firstLine) == [9, 43])
    #expect(file.runs.map(\.source.lastLine) == [40, 74])
  }

  @Test func mobilenetWithoutPeriod() throws {
    let file = ingestShared("samples/tflm-profiler/unknown_mobilenet_no_period.txt")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == 29)
    #expect([0, 14, 28].map { run.medians[$0] } == [27797, 8170, 56])
    #expect(run.operators[27].kind == "MEAN")
    #expect(run.latency?.samples.median == 185_268)
    #expect(run.latency?.kind == .operatorSum)
  }

  @Test func corstoneGenericBenchmark() throws {
    let file = ingestShared(
      "samples/tflm-benchmark/corstone300_generic_benchmark_person_detect.txt")
    #expect(file.recognition.dialect == TFLMBenchmarkReader.dialect)
    #expect(file.diagnostics == [])
    #expect(file.account.total == 360)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == 31)
    #expect([0, 15, 30].map { run.medians[$0] } == [224_622, 38127, 163])
    #expect(run.latency?.samples.median == 2_820_774)
    #expect(run.latency?.kind == .operatorSum)
    #expect(run.text(.arenaBytes) == "84436")
    #expect(run.text(.model) == "person_detect")
    #expect(run.text(.modelBytes) == "300568")
    #expect(run.text(.dtype) == "int8")
    #expect(run.text(.kernels) == "cmsis-nn")
    #expect(run.text(.board) == "cortex_m_corstone_300")
    #expect(run.text(.origin) == "emulated")
    #expect(run.text(.flags) == "kernel= -O2 core= -Os third-party-kernel= -O2")
    #expect(
      run.text(.compiler)
        == "arm-none-eabi-g++ (Arm GNU Toolchain 13.2.rel1 (Build arm-13.7)) 13.2.1 20231009")
    let stale = try #require(file.observations(.staleTagSums).first)
    // Events: 1009431; the table still holds the 4 ticks of GetModel.
    #expect(stale.message.contains("1009435") && stale.message.contains("1009431"))
    #expect(file.observations(.staleTagSums).count == 1)
  }

  @Test func xtensaKeywordBenchmark() throws {
    let file = ingestShared("samples/tflm-benchmark/xtensa_f1_keyword_benchmark.txt")
    #expect(file.recognition.dialect == TFLMBenchmarkReader.dialect)
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.count == 15)
    #expect(run.operators.map(\.kind).prefix(3) == ["QUANTIZE", "SVDF", "FULLY_CONNECTED"])
    #expect([0, 7, 14].map { run.medians[$0] } == [3753, 18798, 361])
    #expect(run.latency?.samples.median == 152_628)
    #expect(run.latency?.kind == .inference)
  }

  @Test(arguments: [
    "samples/serial-noise/arduino_ide_timestamps_esp32s3.txt",
    "samples/serial-noise/minicom_pico_assert_loop.cap",
  ])
  func refused(_ name: String) {
    let file = ingestShared(name)
    #expect(file.recognition.dialect == .unknown)
    #expect(file.rules == ["unknown-dialect"])
    #expect(file.runs.isEmpty)
  }

  @Test(arguments: [
    "mlperf-tiny/v1.3__NUCLEO_U575ZI_Q__ad__performance__log.txt",
    "mlperf-tiny/v0.7__NUCLEO-U575ZI-Q__vww__energy__results.txt",
    "st-edge-ai/v3.4_f4disco_validate_on_target.txt", "st-edge-ai/v7.3_generate_report.txt",
    "st-edge-ai/v5.0_AOS_RNN_network_validate_report.txt",
  ])
  func othersAreNotClaimed(_ name: String) {
    let dialect = ingestShared("samples/\(name)").recognition.dialect
    #expect(!dialect.rawValue.hasPrefix("TFLM"))
  }
}
