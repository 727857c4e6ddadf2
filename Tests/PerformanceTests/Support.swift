import Quantiles
import Statistics
import TestSupport
import Testing

@testable import Ingest
@testable import Performance
@testable import Reference

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The example logs of the checkout and what is analysed from them by default.
enum Examples {
  static let names = ["rp2350_sram.txt", "rp2350_tinyml.txt"]

  static func files(_ names: [String] = names) throws -> [IngestedFile] {
    let signatures = try ReferenceData.bundled().signatures
    return names.map {
      Ingestor(signatures: signatures).ingest(path: Checkout.path("logs/\($0)"))
    }
  }

  static func analysis(
    _ names: [String] = names, options: AnalysisOptions = AnalysisOptions()
  ) throws -> Analysis {
    Analysis(
      files: try files(names), published: try PublishedResults.bundled(),
      reference: try ReferenceData.bundled(), options: options)
  }
}

/// A synthetic run: times in s unless told else.
func makeRun(
  _ configuration: [ConfigurationKey: String] = [:], times: [Double]? = [0.01],
  unit: TimeUnit = .seconds, kind: LatencyKind = .inference, quantum: Double = 0,
  operators: [OperatorRecord] = [], label: String? = nil, observed: [Observation] = []
) -> Run {
  var run = Run(
    source: RunSource(
      file: "made.txt", firstLine: 1, lastLine: 9, dialect: Dialect(rawValue: "made")))
  for (key, text) in configuration { run.configuration.offer(key, text, .log) }
  run.label = label
  run.operatorUnit = unit
  run.operators = operators
  run.observations = observed
  if let times {
    run.latency = Latency(samples: Samples(times), unit: unit, kind: kind, quantum: quantum)
  }
  return run
}

/// Everything said of an RP2350 run that comparisons need.
func onRP2350(
  _ model: String, _ dtype: String, _ weights: String? = "sram",
  _ more: [ConfigurationKey: String] = [:]
) -> [ConfigurationKey: String] {
  var all: [ConfigurationKey: String] = [
    .board: "pico2", .mcu: "rp2350", .clock: "150000000", .cores: "1", .runtime: "tflm",
    .model: model, .dtype: dtype,
  ]
  all[.weights] = weights
  return all.merging(more) { $1 }
}

func onNucleo(
  _ model: String, _ dtype: String, _ more: [ConfigurationKey: String] = [:]
) -> [ConfigurationKey: String] {
  [
    .board: "nucleo_u575zi_q", .mcu: "stm32u575", .clock: "160000000", .cores: "1",
    .runtime: "x-cube-ai", .model: model, .dtype: dtype,
  ].merging(more) { $1 }
}

func makeOperator(
  _ kind: String, _ times: [Double], index: Int? = 0, name: String? = nil, quantum: Double = 0
) -> OperatorRecord {
  OperatorRecord(index: index, kind: kind, name: name, samples: Samples(times), quantum: quantum)
}

/// The analysis of synthetic runs; without references unless some are given.
func analyse(
  _ runs: [Run], against references: [Run] = [], options: AnalysisOptions = AnalysisOptions()
) throws -> Analysis {
  let file = IngestedFile(
    path: "made.txt", recognition: Recognition(dialect: Dialect(rawValue: "made"), evidence: []),
    runs: runs,
    diagnostics: [], account: LineAccount(), bytes: 0)
  return Analysis(
    files: [file], external: (references, "made references"),
    published: try PublishedResults.bundled(), reference: try ReferenceData.bundled(),
    options: options)
}

/// One run in SI units.
func analysed(_ run: Run) throws -> AnalysedRun {
  Normalisation(reference: try ReferenceData.bundled(), confidence: 0.95).analyse(run)
}

/// Samples around `centre` with a small deterministic scatter.
func scattered(_ centre: Double, count: Int = 20) -> [Double] {
  (0..<count).map { centre * (1 + Double($0 * 7 % count - count / 2) * 1e-4) }
}
