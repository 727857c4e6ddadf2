import Ingest
import Support

/// An emulator's ticks are instructions.
enum EmulatedTicks: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .emulatedTicks, severity: .note,
      action: "Compare instructions with instructions; time needs a board."
    ) { runs in "\(counted(runs, "run")) counted instructions on an emulator; no time is given." }
  }
}
