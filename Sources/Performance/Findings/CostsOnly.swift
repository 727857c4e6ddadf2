import Ingest
import Support

/// Reports that hold costs but no times.
enum CostsOnly: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .costsOnly, severity: .note,
      action: "Run the model on the board to have times; the costs are kept."
    ) { runs in
      "\(counted(runs, "file")) \(runs == 1 ? "holds" : "hold") costs of a model, no time."
    }
  }
}
