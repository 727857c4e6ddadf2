import Core
import Ingest
import Support

/// The runs of the logs that are analysed, and what they are compared with.
public struct Selection: Sendable {
  /// Runs of the logs that passed the filter, but for those that serve as the reference.
  public let runs: [AnalysedRun]
  /// What they are compared with.
  public let references: [AnalysedRun]
  /// "bundled NUCLEO-U575ZI-Q results", the file of `--reference`, or the baseline.
  public let referenceWords: String
  /// Runs left out by `--filter`.
  public let filteredOut: Int
  /// Whether the references are runs of the logs.
  let hasBaseline: Bool
  /// Why there are no references, where there are none.
  let noReference: String

  /// Runs and references.
  public var all: [AnalysedRun] { runs + references }
  /// What the logs hold: the runs, and the references where these are of the logs, too.
  var logged: [AnalysedRun] { hasBaseline ? all : runs }

  /// - Parameters:
  ///   - external: runs to compare with instead of `bundled`; empty for none.
  ///   - bundled: the published results of the reference board.
  init(
    of files: [IngestedFile], against external: (runs: [Run], words: String)?, bundled: [Run],
    options: AnalysisOptions, by normalisation: Normalisation
  ) {
    func passes(_ run: Run) -> Bool {
      options.filter.allSatisfy { $0.matches(run.configuration) }
    }
    filteredOut = files.reduce(0) { $0 + $1.runs.count { !passes($0) } }
    // Lazy, for a log may have a million.
    var runs = Row.all(of: files.lazy.flatMap(\.runs).filter(passes)).map(normalisation.analyse)
    runs.makeIDsUnique()

    hasBaseline = !options.baseline.isEmpty
    if hasBaseline {
      func isChosen(_ run: AnalysedRun) -> Bool {
        options.baseline.allSatisfy { $0.matches(run.configuration) }
      }
      references = runs.filter(isChosen)
      runs.removeAll(where: isChosen)
      let words = options.baseline.map { "\($0.key.rawValue)=\($0.text)" }.joined(separator: ",")
      referenceWords = "runs of the logs with \(words)"
      noReference = "no run of the logs matches the baseline"
    } else {
      let shared = options.filter.filter { Criterion.sharedKeys.contains($0.key) }
      let offered = external?.runs ?? bundled
      var references = Row.all(
        of: offered.filter { run in shared.allSatisfy { $0.matches(run.configuration) } }
      ).map(normalisation.analyse)
      noReference =
        references.isEmpty && !offered.isEmpty
        ? "--filter, which selects model and dtype on both sides, leaves none of the "
          + "reference's \(counted(offered.count, "result"))"
        : "no reference was asked for or found in it"
      references.makeIDsUnique(apartFrom: Set(runs.map(\.id)), suffix: "-reference")
      self.references = references
      referenceWords = external?.words ?? "published NUCLEO-U575ZI-Q results (bundled)"
    }
    self.runs = runs
  }
}
