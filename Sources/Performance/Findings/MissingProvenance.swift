import Core
import Ingest
import OrderedCollections
import Support

/// Runs of which something is not known that every comparison needs.
enum MissingProvenance: FindingRule {
  private static let needed: [ConfigurationKey] = [.board, .clock, .model, .dtype, .weights]

  static func findings(in runs: [AnalysedRun]) -> [Finding] {
    var byKeys: OrderedDictionary<[ConfigurationKey], [String]> = [:]
    for run in runs {
      var missing = needed.filter { run.configuration[$0] == nil }
      // What measured nothing is compared with nothing.
      if run.statedOrigin == nil { continue }
      // An emulator has neither flash nor a clock of its own.
      if run.origin == .emulated { missing.removeAll { $0 == .clock || $0 == .weights } }
      guard !missing.isEmpty else { continue }
      byKeys[missing, default: []].append(run.id)
    }
    return byKeys.map { missing, runs in
      let names = missing.map(\.rawValue)
      return Finding(
        id: "missing-provenance", severity: .warning,
        message: "Nothing says \(listed(names)) of \(counted(runs.count, "run")).",
        evidence: [
          listed(runs.count > 12 ? runs.prefix(11) + ["\(runs.count - 11) more"] : runs) + "."
        ],
        action: "Give it: --set \(names.map { "\($0)=..." }.joined(separator: " --set ")), "
          + "a sidecar file NAME.toml, or the file name.",
        runs: runs)
    }
  }
}
