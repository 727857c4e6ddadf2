import Core
import Statistics

/// A rate that no such hardware can reach.
public struct RoofExcess: Sendable, Equatable {
  /// `compute` or `flash`.
  public var term: BoundTerm
  /// MAC per cycle and core, or bytes per cycle; the low end of the interval where there is one.
  public var rate: Double
  /// The roof in the same unit.
  public var limit: Double
  /// What the roof assumes.
  var roofName: String

  /// How many times the roof.
  public var factor: Double { rate / limit }
}

extension RoofProvenance {
  /// What is measured is the highest rate that was seen, to the clock's resolution; what is computed is
  /// exact.
  var slack: Double { isMeasured ? MeasuredRoofs.tolerance : 1 }
}

extension PointMaker {
  /// Roofs exceeded whatever the cache kept from one inference to the next; only what was stated
  /// counts, and the slow end of the interval.
  func excesses(_ subject: Subject) -> [RoofExcess] {
    let cycles = subject.cycles.interval.value?.high ?? subject.cycles.value
    guard cycles > 0 else { return [] }
    var result: [RoofExcess] = []
    if let dtype = run.dtype, let roof = machine.roof(dtype: dtype) {
      let rate = Double(subject.work.macs) / cycles / cores
      if rate > roof.macsPerCycle * roof.provenance.slack {
        result.append(
          RoofExcess(
            term: .compute, rate: rate, limit: roof.macsPerCycle, roofName: roof.name))
      }
    }
    if run.weights == .flash, let bytes = subject.work.weightBytes,
      let roof = machine.roof(.flash), run.hasDefaultFlash || roof.provenance.isMeasured
    {
      let rate = (bytes - Double(machine.cacheBytes)) / cycles
      if rate > roof.bytesPerCycle * roof.provenance.slack {
        result.append(
          RoofExcess(term: .flash, rate: rate, limit: roof.bytesPerCycle, roofName: roof.name))
      }
    }
    return result
  }
}
