import Ingest
import Support
import Testing

@testable import Performance

/// A run with nothing to find, against a reference of its kind.
func cleanAnalysis() throws -> Analysis {
  try analyse(
    [makeRun(onRP2350("m", "int8"), times: scattered(0.01))],
    against: [makeRun(onNucleo("m", "int8"), times: scattered(0.005))])
}
