import Ingest
import Notebook
import OrderedCollections
import Performance
import Support

/// Runs of an emulator among those of boards: they are counted where only times matter, not listed.
enum EmulatedRuns {
  /// Up to this many are named like any other run.
  private static let mostNamed = 4

  /// The ids of all.
  static func ids(_ analysis: Analysis) -> Set<String> {
    Set(analysis.selection.runs.lazy.filter(\.isEmulated).map(\.id))
  }

  /// Whether they are so many that a report sums them up.
  static func areMany(_ analysis: Analysis) -> Bool {
    analysis.selection.runs.lazy.filter(\.isEmulated).prefix(mostNamed + 1).count > mostNamed
  }

  /// "100 emulated runs, rp2350-kws and 3 more": of many emulated ones the number only, of the others
  /// at most `most`.
  ///
  /// - Parameter emulated: the ids of all emulated runs.
  static func listed(_ ids: [String], apartFrom emulated: Set<String>, most: Int) -> String {
    let others = ids.filter { !emulated.contains($0) }
    let hidden = ids.count - others.count
    guard hidden > mostNamed else { return Support.listed(shortened(ids, most)) }
    return Support.listed([counted(hidden, "emulated run")] + shortened(others, most))
  }

  private static func shortened(_ names: [String], _ most: Int) -> [String] {
    names.count > most ? names.prefix(most - 1) + ["\(names.count - most + 1) more"] : names
  }

  /// One line for each file that has them: "logs/emulated.txt: 88 emulated runs, 0.9 to 7 instructions
  /// for each MAC".
  static func perFile(_ analysis: Analysis) -> [String] {
    OrderedDictionary(
      grouping: analysis.selection.runs.filter(\.isEmulated), by: \.run.source.file
    ).map { path, runs in
      let rates = runs.compactMap { run -> Double? in
        guard let count = run.instructions.value?.value, let macs = run.macs, macs > 0 else {
          return nil
        }
        return count / Double(macs)
      }
      var text = "\(path): \(counted(runs.count, "emulated run"))"
      if let low = rates.min(), let high = rates.max() {
        text += " of \(range(low...high, digits: 3)) instructions for each MAC"
      }
      return text + "."
    }
  }

  /// "1.05 to 4.67", or one number where both ends read the same.
  static func range(_ values: ClosedRange<Double>, digits: Int) -> String {
    let ends = [values.lowerBound, values.upperBound].map {
      Format.significant($0, digits: digits)
    }
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
  }
}
