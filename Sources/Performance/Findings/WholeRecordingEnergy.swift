import Ingest
import Support

/// Energy of a whole recording, not of an inference.
enum WholeRecordingEnergy: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .wholeRecordingEnergy, severity: .note,
      action: "Divide by the inferences of the recording before comparing energies."
    ) { runs in
      "In \(counted(runs, "run")) the energy is that of a whole recording, not of one inference; it was not used."
    }
  }
}
