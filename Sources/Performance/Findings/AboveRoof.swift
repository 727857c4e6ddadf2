import Core
import Ingest
import Support

/// A rate that the hardware cannot reach: something said about the run is wrong.
enum AboveRoof: FindingRule {
  /// Operators named in the evidence; the table of the roofline has all.
  private static let mostNamed = 5

  static func findings(
    in subject: (points: [RooflinePoint], selection: Selection)
  ) -> [Finding] {
    // Each counter has a point of its own; what exceeds a roof is the same in all.
    let above = Dictionary(
      grouping: subject.points.filter {
        !$0.excesses.isEmpty && !$0.byteCounter.isOfFills
      }, by: \.run)
    var result: [Finding] = []
    for run in subject.selection.all {
      guard let points = above[run.id] else { continue }
      for term in [BoundTerm.compute, .flash] {
        let excesses = points.compactMap { point in
          point.excesses.first { $0.term == term }.map { (point, $0) }
        }
        if let finding = finding(run, excesses) { result.append(finding) }
      }
    }
    return result
  }

  /// The whole inference speaks for its operators; without it the worst operator does.
  private static func finding(
    _ run: AnalysedRun, _ excesses: [(point: RooflinePoint, excess: RoofExcess)]
  ) -> Finding? {
    guard
      let first = excesses.first(where: { $0.point.operatorPosition == nil })
        ?? excesses.max(by: { $0.excess.factor < $1.excess.factor })
    else { return nil }
    let operators = excesses.compactMap { pair in
      pair.point.operatorWords.map { ($0, pair.excess) }
    }
    var evidence: [String] = []
    if !operators.isEmpty {
      let named = operators.prefix(mostNamed).map {
        "\($0.0) (\(Format.number($0.1.factor, digits: 3)) times the roof)"
      }
      let rest = operators.count - named.count
      evidence.append(
        "\(counted(operators.count, "operator")) above that roof: "
          + listed(rest > 0 ? named + ["\(rest) more"] : named) + ".")
    }
    evidence.append(
      "dtype, clock, placement or model of the run is not what it is said to be; "
        + run.configuration.all.filter {
          [.dtype, .clock, .weights, .model].contains($0.key)
        }.map { "\($0.key.rawValue) \($0.entry.text) is \($0.entry.provenance.words)" }.joined(
          separator: ", ") + ".")
    evidence += cause(run, first.excess).map { [$0] } ?? []
    let subject = first.point.operatorWords.map { "\($0) of \(run.id)" } ?? run.id
    return Finding(
      id: "above-roof", severity: .error,
      message: "\(subject) would run \(words(first.point, first.excess)): that cannot be.",
      evidence: evidence,
      action: "Correct what is wrong with --set or a sidecar file, then run analyze again.",
      runs: [run.id])
  }

  private static func words(_ point: RooflinePoint, _ excess: RoofExcess) -> String {
    let rate = Format.number(excess.rate, digits: 3)
    if excess.term == .compute {
      return "\(rate) MAC per cycle and core, above the \(point.dtype?.description ?? "") roof of "
        + "\(Format.number(excess.limit)) (\(excess.roofName))"
    }
    let bytes = point.traffic.value?.first { $0.level == .flash }.map { Format.whole($0.bytes) }
    return "its \(bytes ?? "") bytes of weights at \(rate) bytes per cycle, above flash's roof of "
      + "\(Format.number(excess.limit, digits: 3)) (\(excess.roofName))"
  }

  /// What would make the rate possible.
  private static func cause(_ run: AnalysedRun, _ excess: RoofExcess) -> String? {
    guard excess.term == .compute else {
      return "From SRAM, or from flash in a faster mode, the rate is possible."
    }
    guard run.dtype == .fp32, let int8 = run.machine?.computeRoof(dtype: .int8),
      excess.rate <= int8.macsPerCycle
    else { return nil }
    return
      "In int8 the rate is possible: its roof is \(Format.number(int8.macsPerCycle)) MAC per cycle."
  }
}
