import Core
import Support

/// What is left of a gap when every factor that a pair of runs gives is taken out, named by what is known
/// to differ between the last two runs.
struct LastFactor {
  var name: String
  var words: String
  var origin: Origin
  var confoundedBy: [String]

  /// What the flash is read by; one setting of it is rarely changed alone.
  private static let flashMode: Set<Difference> = [.flash, .flashClock, .xipCache]

  /// Between two runs. It bears the name of a cause only where nothing else is known to differ.
  static func between(_ a: AnalysedRun, _ b: AnalysedRun) -> LastFactor {
    let differences = Differences(a, b)
    // Clocks are a factor of their own; an author makes no inference slow.
    let known = differences.known(apartFrom: [.clock, .author])
    let dtype = a.dtype.flatMap { $0 == b.dtype ? ", both \($0)" : nil }
    func factor(_ name: String, _ words: String, _ apart: Set<Difference>) -> LastFactor {
      LastFactor(
        name: name, words: words + (dtype ?? ""), origin: a.origin,
        confoundedBy: differences.words(apartFrom: apart.union([.clock, .author])))
    }
    guard dtype != nil else {
      return factor("remainder", "dtype, kernels and build, which no pair separates", [])
    }
    switch differences.board {
    case .different:
      let place = a.weights.map { ", \(a.boardWords) from \($0)" } ?? ""
      var result = factor("remainder", "core, memory, runtime and kernels", Difference.platform)
      result.words += place
      return result
    case .same, .unknown:
      if known.isEmpty { return factor("remainder", "what neither run states", []) }
      if Set(known).isSubset(of: flashMode) {
        return factor("flash mode", change(known, a, b), flashMode)
      }
      if known.count == 1 { return factor(known[0].rawValue, change(known, a, b), Set(known)) }
      return factor("remainder", "\(listed(known.map(\.rawValue))), which no pair separates", [])
    }
  }

  /// From a run whose dtype is not what it is called, perhaps.
  static func ofDoubted(_ a: AnalysedRun, _ b: AnalysedRun) -> LastFactor {
    LastFactor(
      name: "remainder", words: "dtype, kernels and build, which no pair separates",
      origin: a.origin,
      confoundedBy: ["dtype (the label is in doubt)"]
        + Differences(a, b).words(apartFrom: [.clock, .author, .board, .mcu, .runtime]))
  }

  /// "serial/3 to quad/3, xip_cache off to on".
  private static func change(_ known: [Difference], _ a: AnalysedRun, _ b: AnalysedRun) -> String {
    known.map { "\($0.rawValue) \($0.fact(of: a) ?? "") to \($0.fact(of: b) ?? "")" }
      .joined(separator: ", ")
  }
}
