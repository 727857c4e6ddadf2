import Core
import Ingest
import Performance
import Support

/// What both sides of a table of ratios are, said once above it.
enum SpeedupHeader {
  /// What differs between two platforms, and what holds both sides of one board back.
  static func sentences(_ rows: [Speedup]) -> [String] {
    var result: [String] = []
    let between = rows.filter(\.isBetweenBoards)
    let facts = Difference.allCases.compactMap { difference -> String? in
      guard difference != .board, difference != .mcu, difference != .author,
        between.contains(where: { $0.platform.contains(difference) })
      else { return nil }
      guard let subject = common(between.map { $0.words(difference, of: $0.subject) }),
        let reference = common(between.map { $0.words(difference, of: $0.reference) })
      else { return difference.words }
      return "\(difference.words) (\(subject) against \(reference))"
    }
    if !facts.isEmpty {
      result.append(
        "Between boards the platforms are compared: besides core and memory they differ in "
          + "\(listed(facts)).")
    }
    let shared = rows.filter { !$0.isBetweenBoards }.flatMap(\.sharedHandicaps).uniqued()
    if !shared.isEmpty {
      result.append(
        "On both sides of one board the inference runs \(listed(shared.map(\.words))): the ratio says "
          + "nothing of what the board can do.")
    }
    return result
  }
}

extension Speedup {
  fileprivate func words(_ difference: Difference, of run: AnalysedRun) -> String {
    if difference == .clock, let clock = run.clockHz { return Format.clock(clock) }
    return difference.fact(of: run) ?? "not stated"
  }
}
