import Ingest
import OrderedCollections
import Support

/// A time that is duty cycle times period, not a timed inference.
enum ReferenceNotTimed: FindingRule {
  static func findings(in speedups: [Speedup]) -> [Finding] {
    let rows = speedups.filter {
      $0.reference.run.latency?.kind == .dutyCycle || $0.subject.run.latency?.kind == .dutyCycle
    }
    guard !rows.isEmpty else { return [] }
    let sides = rows.flatMap { [$0.subject, $0.reference] }.filter {
      $0.run.latency?.kind == .dutyCycle
    }
    var evidence: [String] = []
    let first = OrderedDictionary(
      sides.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (id, side) in first {
      let caveat = side.configuration.text(.caveat).map { ": \($0)" } ?? ""
      evidence.append(
        "\(id), \(side.seconds.value.map { Format.seconds($0.value) } ?? "")\(caveat).")
    }
    let ratios = rows.map { "\(ModelName.words($0.model)) \(Format.ratio($0.ratio.value))" }
      .uniqued()
    return [
      Finding(
        id: "duty-cycle-not-invoke", severity: .note,
        message:
          "\(listed(ratios)) \(ratios.count == 1 ? "rests" : "rest") on a duty cycle, not on a timed inference.",
        evidence: evidence,
        action: "Carry the caveat with the number; time the invoke on the board to be rid of it.",
        runs: sides.map(\.id).uniqued())
    ]
  }
}
