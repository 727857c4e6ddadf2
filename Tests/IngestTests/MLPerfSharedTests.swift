import TestSupport
import Testing

@testable import Ingest

/// Real logs of the MLPerf Tiny rounds. The expected figures were taken from the files by hand.
@Suite(.shared("samples"))
struct MLPerfSharedTests {
  struct Laps: Sendable, CustomTestStringConvertible {
    var file: String
    var inferences: UInt64
    /// Second minus first lap of each window, in µs.
    var microseconds: [Double]
    var board: String?
    var model: String
    var testDescription: String { file }
  }

  static let logs: [Laps] = [
    Laps(
      file: "mlperf-tiny/v0.7__NUCLEO-U575ZI-Q__ad__performance__log.txt", inferences: 2000,
      microseconds: [11_456_221, 11_456_220, 11_456_221, 11_456_220, 11_456_221],
      board: "nucleo_u575zi_q", model: "ad"),
    Laps(
      file: "mlperf-tiny/v0.7__NUCLEO-U575ZI-Q__ic__performance__log.txt", inferences: 80,
      microseconds: [12_649_368, 12_649_368, 12_649_337, 12_649_455, 12_649_454],
      board: "nucleo_u575zi_q", model: "ic"),
    Laps(
      file: "mlperf-tiny/v0.7__NUCLEO-U575ZI-Q__kws__performance__log.txt", inferences: 200,
      microseconds: [10_962_454, 10_962_455, 10_962_455, 10_962_454, 10_962_542],
      board: "nucleo_u575zi_q", model: "kws"),
    Laps(
      file: "mlperf-tiny/v0.7__NUCLEO-U575ZI-Q__vww__performance__log.txt", inferences: 100,
      microseconds: [15_163_691, 15_163_691, 15_163_648, 15_163_691, 15_163_691],
      board: "nucleo_u575zi_q", model: "vww"),
    Laps(
      file: "mlperf-tiny/v0.7_renesas__EK-RA6M4__ad__performance__log.txt", inferences: 2500,
      microseconds: [11_532_210, 11_532_803, 11_532_847, 11_532_855, 11_533_086],
      board: "ek_ra6m4", model: "ad"),
    Laps(
      file: "mlperf-tiny/v0.7_renesas__EK-RA6M4__ic__performance__log.txt", inferences: 50,
      microseconds: [12_310_094, 12_310_096, 12_310_096, 12_310_092, 12_310_096],
      board: "ek_ra6m4", model: "ic"),
    Laps(
      file: "mlperf-tiny/v0.7_renesas__EK-RA6M4__kws__performance__log.txt", inferences: 200,
      microseconds: [10_114_292, 10_114_299, 10_114_344, 10_114_385, 10_114_394],
      board: "ek_ra6m4", model: "kws"),
    Laps(
      file: "mlperf-tiny/v0.7_renesas__EK-RA6M4__vww__performance__log.txt", inferences: 100,
      microseconds: [16_235_572, 16_235_582, 16_235_569, 16_235_575, 16_235_584],
      board: "ek_ra6m4", model: "vww"),
    Laps(
      file: "mlperf-tiny/v1.1_plumerai__NUCLEO-U575ZI-Q__ad__performance__log.txt",
      inferences: 4000,
      microseconds: [14_687_700, 14_687_700, 14_687_700, 14_687_700, 14_687_700],
      board: "nucleo_u575zi_q", model: "ad"),
    Laps(
      file: "mlperf-tiny/v1.1_plumerai__NUCLEO-U575ZI-Q__ic__performance__log.txt",
      inferences: 150,
      microseconds: [15_642_962, 15_643_045, 15_643_048, 15_643_045, 15_643_046],
      board: "nucleo_u575zi_q", model: "ic"),
    Laps(
      file: "mlperf-tiny/v1.1_plumerai__NUCLEO-U575ZI-Q__kws__performance__log.txt",
      inferences: 500,
      microseconds: [15_021_407, 15_021_407, 15_021_407, 15_021_408, 15_021_407],
      board: "nucleo_u575zi_q", model: "kws"),
    Laps(
      file: "mlperf-tiny/v1.1_plumerai__NUCLEO-U575ZI-Q__vww__performance__log.txt",
      inferences: 250,
      microseconds: [14_873_178, 14_873_178, 14_873_178, 14_873_178, 14_873_264],
      board: "nucleo_u575zi_q", model: "vww"),
    Laps(
      file: "serial-noise/mlperf_v0.7_bareCR_crlf_Andes_d25_ad.txt", inferences: 1000,
      microseconds: [16_797_051, 16_798_405, 16_796_959, 16_798_816, 16_798_623], board: nil,
      model: "ad"),
    Laps(
      file: "serial-noise/mlperf_v0.7_glued_type_error_"
        + "silicon-labs-results-silicon-labs-xG24-DK2601B-ad.txt", inferences: 2000,
      microseconds: [10_820_000, 10_820_000, 10_820_000, 10_821_000, 10_820_000],
      board: "xg24_dk2601b", model: "ad"),
    Laps(
      file: "serial-noise/mlperf_v1.1_ansi_escape_Skymizer-results-NUCLEO-L4R5ZI-mbed-os-ad.txt",
      inferences: 2000,
      microseconds: [16_145_280, 16_145_277, 16_145_272, 16_145_281, 16_145_257],
      board: "nucleo_l4r5zi", model: "ad"),
  ]

  @Test(arguments: logs)
  func readsLogOfEEMBCRunner(_ expected: Laps) throws {
    let file = Ingestor().ingest(path: Shared.path("samples/\(expected.file)"))
    #expect(file.recognition.dialect == MLPerfEEMBCReader.dialect)
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    let latency = try #require(run.latency)
    #expect(latency.kind == .window)
    #expect(latency.unit == .seconds)
    #expect(latency.inferences == 5 * expected.inferences)
    let count = Double(expected.inferences)
    #expect(same(latency.samples, expected.microseconds.map { $0 / 1e6 / count }))
    // One port's timer counts milliseconds; all others microseconds.
    let quantum = expected.board == "xg24_dk2601b" ? 1e-3 : 1e-6
    #expect(abs(latency.quantum - quantum / count) < 1e-15)
    #expect(run.configuration.text(.model) == expected.model)
    #expect(run.configuration[.model]?.provenance == .log)
    #expect(run.configuration.text(.board) == expected.board)
    #expect(run.configuration.text(.origin) == "measured")
    #expect(run.configuration[.clock] == nil)
    #expect(run.configuration[.runtime] == nil)
    #expect(run.configuration[.dtype] == nil)
    #expect(run.observations.isEmpty)
    #expect(run.energy.isEmpty)
    #expect(run.operators.isEmpty)
  }

  struct Printed: Sendable, CustomTestStringConvertible {
    var file: String
    var inferences: Double
    var runtimes: [Double]
    /// Of one runtime, in s.
    var quantum: Double
    var testDescription: String { file }
  }

  private static func rounded(
    _ name: String, _ inferences: Double, _ runtimes: [Double]
  ) -> Printed {
    Printed(
      file: "mlperf-tiny/\(name)__performance__results.txt", inferences: inferences,
      runtimes: runtimes, quantum: 1e-3)
  }

  private static func full(
    _ name: String, _ inferences: Double, _ runtimes: [Double]
  ) -> [Printed] {
    ["results", "log"].map {
      Printed(
        file: "mlperf-tiny/v1.3__NUCLEO_U575ZI_Q__\(name)__performance__\($0).txt",
        inferences: inferences, runtimes: runtimes, quantum: 1e-6)
    }
  }

  static let printed: [Printed] =
    [
      rounded("v0.7__NUCLEO-U575ZI-Q__ad", 2000, [11.456, 11.456, 11.456, 11.456, 11.456]),
      rounded("v0.7__NUCLEO-U575ZI-Q__ic", 80, [12.649, 12.649, 12.649, 12.649, 12.649]),
      rounded("v0.7__NUCLEO-U575ZI-Q__kws", 200, [10.962, 10.962, 10.962, 10.962, 10.963]),
      rounded("v0.7__NUCLEO-U575ZI-Q__vww", 100, [15.164, 15.164, 15.164, 15.164, 15.164]),
      rounded("v0.7_renesas__EK-RA6M4__ad", 2500, [11.532, 11.533, 11.533, 11.533, 11.533]),
      rounded("v0.7_renesas__EK-RA6M4__ic", 50, [12.31, 12.31, 12.31, 12.31, 12.31]),
      rounded("v0.7_renesas__EK-RA6M4__kws", 200, [10.114, 10.114, 10.114, 10.114, 10.114]),
      rounded("v0.7_renesas__EK-RA6M4__vww", 100, [16.236, 16.236, 16.236, 16.236, 16.236]),
      rounded(
        "v1.1_plumerai__NUCLEO-U575ZI-Q__ad", 4000, [14.688, 14.688, 14.688, 14.688, 14.688]),
      rounded("v1.1_plumerai__NUCLEO-U575ZI-Q__ic", 150, [15.643, 15.643, 15.643, 15.643, 15.643]),
      rounded(
        "v1.1_plumerai__NUCLEO-U575ZI-Q__kws", 500, [15.021, 15.021, 15.021, 15.021, 15.021]),
      rounded(
        "v1.1_plumerai__NUCLEO-U575ZI-Q__vww", 250, [14.873, 14.873, 14.873, 14.873, 14.873]),
    ] + full("ad", 3500, [11.233102, 11.233102, 11.233102, 11.233102, 11.233102])
    + full("ic", 100, [10.949628, 10.948959, 10.94963, 10.949632, 10.949633])
    + full("kws", 400, [11.599211, 11.597794, 11.596434, 11.599212, 11.594362])
    + full("vww", 200, [11.852929, 11.852937, 11.852935, 11.852935, 11.852927])

  @Test(arguments: printed)
  func readsPrintedWindows(_ expected: Printed) throws {
    let file = Ingestor().ingest(path: Shared.path("samples/\(expected.file)"))
    #expect(
      file.recognition.dialect
        == (expected.quantum == 1e-6 ? MLPerfPythonReader.dialect : MLPerfEEMBCReader.dialect))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    let latency = try #require(run.latency)
    #expect(same(latency.samples, expected.runtimes.map { $0 / expected.inferences }))
    #expect(latency.inferences == UInt64(5 * expected.inferences))
    #expect(latency.kind == .window)
    #expect(abs(latency.quantum - expected.quantum / expected.inferences) < 1e-15)
    #expect(run.observations.isEmpty)
    let parts = expected.file.components(separatedBy: "__")
    #expect(run.configuration.text(.model) == parts[2])
    let isLog = expected.file.hasSuffix("log.txt")
    #expect(run.configuration[.model]?.provenance == (isLog ? .log : .fileName))
    #expect(
      run.configuration.text(.board)
        == (parts[1] == "EK-RA6M4" ? "ek_ra6m4" : "nucleo_u575zi_q"))
  }

  @Test func publishedMedianOfAnomalyDetection() throws {
    let file = Ingestor().ingest(
      path: Shared.path(
        "samples/mlperf-tiny/v1.3__NUCLEO_U575ZI_Q__ad__performance__results.txt"))
    let median = try #require(file.runs.first?.latency?.samples.median)
    #expect(median == 11.233102 / 3500)
    // The file's own line: 'Median throughput is    311.579 inf./sec.'
    #expect(abs(1 / median - 311.579) < 0.0005)
  }

  struct Energy: Sendable, CustomTestStringConvertible {
    var file: String
    /// µJ per inference.
    var microjoules: [Double]
    /// A throughput stands beside the energy.
    var hasThroughput: Bool
    var testDescription: String { file }
  }

  private static func energy(_ name: String, _ values: [Double]) -> Energy {
    Energy(
      file: "mlperf-tiny/\(name)__energy__results.txt", microjoules: values,
      hasThroughput: name.hasPrefix("v0.7"))
  }

  static let energies: [Energy] = [
    energy("v0.7__NUCLEO-U575ZI-Q__ad", [152.549, 152.413, 152.623, 152.560, 152.774]),
    energy("v0.7__NUCLEO-U575ZI-Q__ic", [4150.373, 4151.917, 4153.436, 4151.130, 4146.582]),
    energy("v0.7__NUCLEO-U575ZI-Q__kws", [1482.401, 1482.396, 1482.380, 1482.365, 1482.648]),
    energy("v0.7__NUCLEO-U575ZI-Q__vww", [4030.433, 4030.597, 4033.854, 4032.102, 4030.970]),
    energy("v0.7_renesas__EK-RA6M4__ad", [324.257, 323.898, 324.314, 324.013, 324.088]),
    energy("v0.7_renesas__EK-RA6M4__ic", [17720.247, 17723.829, 17726.581, 17722.692, 17726.233]),
    energy("v0.7_renesas__EK-RA6M4__kws", [3801.549, 3796.957, 3792.957, 3792.582, 3798.402]),
    energy("v0.7_renesas__EK-RA6M4__vww", [11849.116, 11847.788, 11854.627, 11851.829, 11853.883]),
    energy("v1.3__NUCLEO_U575ZI_Q__ad", [77.233, 77.236, 77.257, 77.236, 77.247]),
    energy("v1.3__NUCLEO_U575ZI_Q__ic", [2564.704, 2566.073, 2566.391, 2565.244, 2564.352]),
    energy("v1.3__NUCLEO_U575ZI_Q__kws", [664.472, 664.317, 664.216, 664.424, 664.501]),
    energy("v1.3__NUCLEO_U575ZI_Q__vww", [1370.528, 1371.190, 1373.100, 1373.431, 1372.168]),
  ]

  @Test(arguments: energies)
  func readsEnergy(_ expected: Energy) throws {
    let file = Ingestor().ingest(path: Shared.path("samples/\(expected.file)"))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.latency == nil)
    #expect(same(run.energy, expected.microjoules.map { $0 / 1e6 }))
    #expect(run.has(.throughputInEnergyRun) == expected.hasThroughput)
    // The runner's own 'e-[The run must take at least 10 seconds ...]' stands in one file only.
    #expect(run.has(.windowRule) == expected.file.contains("EK-RA6M4__kws"))
  }

  struct WakeWord: Sendable, CustomTestStringConvertible {
    var file: String
    var duty: Double
    var period: Double
    var clock: String?
    var isEnergy: Bool
    var testDescription: String { file }
  }

  static let wakeWords: [WakeWord] = [
    WakeWord(
      file: "v1.3__NUCLEO_U575ZI_Q__sww__performance__log.txt", duty: 0.36267, period: 0.032069,
      clock: nil, isEnergy: false),
    WakeWord(
      file: "v1.3__NUCLEO_U575ZI_Q__sww__performance__results.txt", duty: 0.36267,
      period: 0.032069, clock: nil, isEnergy: false),
    WakeWord(
      file: "v1.3__NUCLEO_U575ZI_Q__sww__energy__log.txt", duty: 0.36346, period: 0.032071,
      clock: nil, isEnergy: true),
    WakeWord(
      file: "v1.3__NUCLEO_U575ZI_Q__sww__energy__results.txt", duty: 0.36346, period: 0.032071,
      clock: nil, isEnergy: true),
    WakeWord(
      file: "v1.3__NUCLEO_U575ZI_Q_60MHz__sww__energy__log.txt", duty: 0.96974, period: 0.032053,
      clock: "60000000", isEnergy: true),
    WakeWord(
      file: "v1.3__NUCLEO_U575ZI_Q_60MHz__sww__energy__results.txt", duty: 0.96974,
      period: 0.032053, clock: "60000000", isEnergy: true),
  ]

  @Test(arguments: wakeWords)
  func readsStreamingWakeWord(_ expected: WakeWord) throws {
    let file = Ingestor().ingest(path: Shared.path("samples/mlperf-tiny/\(expected.file)"))
    #expect(file.recognition.dialect == MLPerfPythonReader.dialect)
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    let latency = try #require(run.latency)
    #expect(latency.kind == .dutyCycle)
    #expect(latency.inferences == 1)
    #expect(same(latency.samples, [expected.duty * expected.period]))
    #expect(
      abs(latency.quantum - (1e-5 * expected.period + 1e-6 * expected.duty)) < 1e-15)
    #expect(run.has(.dutyCycle))
    #expect(run.has(.throughputInEnergyRun) == expected.isEnergy)
    #expect(run.has(.wholeRecordingEnergy) == expected.isEnergy)
    #expect(run.energy.isEmpty)
    #expect(run.configuration.text(.clock) == expected.clock)
    #expect(run.configuration.text(.board) == "nucleo_u575zi_q")
    #expect(run.configuration.text(.mcu) == "stm32u575")
    #expect(run.configuration.text(.model) == "sww")
  }

  @Test func everyFileIsCovered() throws {
    let covered =
      Self.logs.map(\.file) + Self.printed.map(\.file) + Self.energies.map(\.file)
      + Self.wakeWords.map { "mlperf-tiny/\($0.file)" }
    for name in try sampleNames("mlperf-tiny") {
      #expect(covered.contains("mlperf-tiny/\(name)"), "\(name) has no expected figures")
    }
  }
}
