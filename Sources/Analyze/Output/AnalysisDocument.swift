#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Ingest
import Performance
import Support

/// The document of `--format json`; `docs/json.md` lists its keys. What it holds encodes itself.
struct AnalysisDocument: FieldsEncodable {
  let analysis: Analysis
  let diagnostics: [Diagnostic]
  /// Those of the logs, or predicted ones, where nothing else was asked for.
  var crossovers: Crossovers?
  var shortfall: Diagnostic?

  init(
    _ analysis: Analysis, diagnostics: [Diagnostic], crossovers: Crossovers? = nil,
    shortfall: Diagnostic? = nil
  ) {
    self.analysis = analysis
    self.diagnostics = diagnostics
    self.crossovers = crossovers
    self.shortfall = shortfall
  }

  var fields: Fields {
    let crossovers = crossovers ?? .orPredicted(analysis)
    var reasons: [String: String] = [:]
    if crossovers.all.isEmpty { reasons["crossover"] = CrossoverSection.nothing(crossovers) }
    if let shortfall, analysis.comparison.speedups.isEmpty {
      reasons["speedups"] = shortfall.message
    }
    return [
      "format": "pico2-benchmark.analysis/2", "runs": analysis.selection.runs,
      "references": analysis.selection.references, "speedups": analysis.comparison.speedups,
      "geometric_mean": analysis.comparison.meanSpeedups,
      "precision": analysis.comparison.allPrecision, "placement": analysis.comparison.placement,
      "attribution": analysis.comparison.attribution,
      "predictions": analysis.labels.predictions.flatMap(\.placements),
      "explain": analysis.explainFields,
      "roofline": analysis.roofline, "instructions": analysis.instructions.counts,
      "micro_benchmarks": analysis.files.flatMap(MicroBenchmarkRate.all),
      "crossover": crossovers.all, "findings": analysis.findings, "diagnostics": diagnostics,
      "files": analysis.files, "reasons": reasons,
    ]
  }

  /// The document as text, keys sorted, with a line end.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return JSONText.escaped(String(decoding: try encoder.encode(self), as: UTF8.self)) + "\n"
  }
}
