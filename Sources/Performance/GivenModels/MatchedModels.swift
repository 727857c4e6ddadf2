import Ingest
import Reference
import Support

/// Given models and the runs of a command line, each said of the other what is known.
public struct MatchedModels: Sendable {
  /// The runs, by list as they were given, with what their models say of them.
  public let runs: [[Run]]
  /// The tables with the given models.
  public let reference: ReferenceData
  /// Everything that was noticed: of the models, in the order given, then of runs.
  public let problems: [Diagnostic]

  /// Identifies every run, for one may change what stands for those before it, and only then doubts any.
  ///
  /// - Parameters:
  ///   - runs: lists of all runs that there are.
  ///   - doubts: false where nobody gave models, so that none is missed.
  public init(
    _ claims: ModelClaims, with runs: [[Run]], over bundled: ReferenceData, doubts: Bool
  ) {
    var (claims, runs) = (claims, runs)
    for i in runs.indices { claims.identify(&runs[i]) }
    var settled = claims.settled(over: bundled)
    if doubts { for i in runs.indices { settled.doubt(&runs[i]) } }
    self.runs = runs
    reference = settled.reference
    problems = settled.problems
  }
}
