import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Ingest
import Performance
import Statistics

/// The document of `--format json`, "pico2-benchmark.analysis/1": SI units, missing numbers absent
/// with their reason in `reasons`.
struct AnalysisDocument: Encodable {
  let format = "pico2-benchmark.analysis/1"
  let runs: [RunEntry]
  let references: [RunEntry]
  let speedups: [SpeedupEntry]
  let precision: [PrecisionEntry]
  let placement: [PlacementEntry]
  let attribution: [AttributionEntry]
  let predictions: [PredictionEntry]
  let explain: ExplainEntry
  let roofline: RooflineEntry
  let instructions: [InstructionsEntry]
  let microBenchmarks: [MicroBenchmarkEntry]
  let crossover: [CrossoverEntry]
  let findings: [FindingEntry]
  let diagnostics: [DiagnosticEntry]
  let files: [FileEntry]
  /// What the document has a place for and this version does not compute.
  private(set) var reasons: [String: String] = [:]

  init(
    _ analysis: Analysis, diagnostics: [Diagnostic], crossovers: Crossovers? = nil,
    shortfall: Shortfall? = nil
  ) {
    runs = analysis.runs.map(RunEntry.init)
    references = analysis.references.map(RunEntry.init)
    speedups = analysis.speedups.map(SpeedupEntry.init)
    precision = analysis.allPrecision.map(PrecisionEntry.init)
    placement = analysis.placement.map(PlacementEntry.init)
    attribution = analysis.attribution.map(AttributionEntry.init)
    predictions = analysis.predictions.flatMap(PredictionEntry.entries)
    explain = ExplainEntry(analysis)
    roofline = RooflineEntry(analysis.roofline)
    instructions = analysis.instructionCounts.map(InstructionsEntry.init)
    microBenchmarks = analysis.files.flatMap(MicroBenchmarkRate.all).map(MicroBenchmarkEntry.init)
    let crossovers = crossovers ?? .orPredicted(analysis)
    crossover = crossovers.all.map(CrossoverEntry.init)
    if crossover.isEmpty { reasons["crossover"] = CrossoverSection.nothing(crossovers) }
    if let shortfall, speedups.isEmpty { reasons["speedups"] = shortfall.message }
    findings = analysis.findings.map(FindingEntry.init)
    self.diagnostics = diagnostics.map(DiagnosticEntry.init)
    files = analysis.files.map(FileEntry.init)
  }

  /// The document as text, keys sorted, with a line end.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  struct DiagnosticEntry: Encodable {
    let file: String
    let line: Int
    let column: Int
    let severity: String
    let rule: String
    let message: String
    let remedy: String

    init(_ diagnostic: Diagnostic) {
      file = diagnostic.file
      line = diagnostic.line
      column = diagnostic.column
      severity = diagnostic.severity.rawValue
      rule = diagnostic.rule
      message = diagnostic.located
      remedy = diagnostic.remedy
    }
  }

  struct FindingEntry: Encodable {
    let id: String
    let severity: String
    let message: String
    let evidence: [String]
    let action: String
    let runs: [String]

    init(_ finding: Finding) {
      id = finding.id
      severity = finding.severity.rawValue
      message = finding.message
      evidence = finding.evidence
      action = finding.action
      runs = finding.runs
    }
  }

  struct FileEntry: Encodable {
    let path: String
    let dialect: String
    let lines: Int
    let read: Int
    let skipped: Int
    let diagnosed: Int
    let runs: Int
    let bytes: UInt64

    init(_ file: IngestedFile) {
      path = file.path
      dialect = file.recognition.dialect.rawValue
      lines = file.account.total
      read = file.account.read
      skipped = file.account.skippedTotal
      diagnosed = file.account.diagnosed
      runs = file.runs.count
      bytes = file.bytes
    }
  }
}

/// Collects numbers that may be missing, and the reasons of those that are.
struct Reasons {
  private(set) var all: [String: String] = [:]

  mutating func value<T>(_ outcome: Outcome<T>, _ key: String) -> T? {
    switch outcome {
    case .known(let value): return value
    case .missing(let reason):
      all[key] = reason
      return nil
    }
  }

  mutating func value<T>(_ value: T?, _ key: String, _ reason: String) -> T? {
    if value == nil { all[key] = reason }
    return value
  }

  /// An interval whose ends are absent together.
  mutating func interval(_ outcome: Outcome<Interval>) -> Interval? {
    if let reason = outcome.reason {
      all["low"] = reason
      all["high"] = reason
    }
    return outcome.value
  }

  var orNil: [String: String]? { all.isEmpty ? nil : all }
}
