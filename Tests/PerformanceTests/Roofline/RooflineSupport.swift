import Ingest
import Testing

@testable import Performance
@testable import Reference

/// The roofline of synthetic runs.
func roofline(
  _ runs: [Run], misses: (any MissByteSource)? = nil, placement: [PlacementRatio] = []
) throws -> Roofline {
  var known = try runs.map(analysed)
  known.makeIDsUnique()
  return Roofline(
    runs: known, reference: try ReferenceData.bundled(), placement: placement, misses: misses)
}

/// A run that states its own totals.
func makeTotals(
  _ configuration: [ConfigurationKey: String], cycles: Double, macs: UInt64, bytes: UInt64
) -> Run {
  var run = makeRun(configuration, times: [cycles], unit: .cycles)
  run.macs = macs
  run.weightBytes = bytes
  return run
}

/// A fixed count of misses, for the whole model and for operators.
struct FixedMisses: MissByteSource {
  var whole: Double?
  var byIndex: [Int: Double] = [:]

  func missBytes(run: AnalysedRun, operatorIndex: Int?) -> Double? {
    operatorIndex.map { byIndex[$0] } ?? whole
  }
}
