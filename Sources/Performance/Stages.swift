import Ingest
import Reference

/// What an analysis has made before it looks for findings: what rules are fed from.
struct Stages: Sendable {
  let options: AnalysisOptions
  let reference: ReferenceData
  let files: [IngestedFile]
  let selection: Selection
  let machine: MachineView
  let labels: Labels
  let instructions: EmulatedInstructions
  let comparison: Comparison
  let roofline: Roofline
}
