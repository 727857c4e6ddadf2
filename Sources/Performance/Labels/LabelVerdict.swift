import Ingest
import OrderedCollections
import Support

/// Runs called int8 that are too slow for it, of which the same can be said.
public struct LabelVerdict: Sendable {
  /// What is known of the runs.
  public enum Standing: Sendable, Hashable {
    /// They computed in float32; nil evidence: every other cause is excluded.
    case float32(Float32Evidence?)
    /// Any of these causes may be it; none where no known cause fits.
    case open([SlowCause.Kind])
  }

  /// What is known of the runs.
  public var standing: Standing
  /// The runs, in the order of the analysis.
  public var checks: [LabelCheck]

  /// All verdicts on `checks`, in the order in which they first occur; sound labels have none.
  public static func all(_ checks: [LabelCheck]) -> [LabelVerdict] {
    OrderedDictionary(grouping: checks.filter(\.isContradicted)) { check -> Standing in
      check.isMislabelled ? .float32(check.float32) : .open(check.possible.map(\.kind))
    }.map { LabelVerdict(standing: $0, checks: $1) }
  }

  /// The models, each once.
  var names: [String] { checks.map { ModelName.words($0.model) }.uniqued() }

  /// One sentence: a cause is a fact only where it is known or the others are excluded.
  public var headline: String {
    let isOne = names.count == 1
    let labelled = "\(listed(names)) \(isOne ? "is" : "are") labelled int8"
    switch standing {
    case .float32(let evidence):
      let reason =
        switch evidence {
        case .fileSize:
          isOne
            ? "its model file holds four bytes for every weight"
            : "their model files hold four bytes for every weight"
        case .remade: remade(isOne)
        case .stated: "the log says so"
        case nil: "it explains the time, and no other known cause does"
        }
      return "\(labelled) but ran in float32: \(reason)."
    case .open(let kinds):
      let slow = "\(labelled) but slower than int8 with CMSIS-NN at -O3 can be"
      switch kinds.count {
      case 0: return "\(slow), and no known cause explains it alone."
      case 1: return "\(slow): the only single cause left is \(kinds[0].words)."
      default: return "\(slow): either \(listed(kinds.map(\.words), "or"))."
      }
    }
  }

  /// What speaks for float32 where the files of the runs were not seen.
  private func remade(_ isOne: Bool) -> String {
    let file = isOne ? "a float32 file" : "float32 files"
    let script = "the published script, run again, writes \(file)"
    let fits = checks.allSatisfy { check in
      check.possible.contains { $0.kind == .float32 }
    }
    return fits ? "\(isOne ? "its time fits" : "their times fit"), and \(script)" : script
  }
}
