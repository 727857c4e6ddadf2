import Ingest
import Support

/// Whether two runs compare like with like, as far as they say.
///
/// A fact that becomes known may break likeness; it never makes unlike runs alike.
public enum Likeness: Sendable, Equatable {
  /// Nothing that is known speaks against it.
  case like
  /// Something known does.
  case unlike
  /// What matters most is not stated, in words.
  case unknown(String)

  /// Yes or no, or why neither.
  var answer: Outcome<Bool> {
    switch self {
    case .like: .known(true)
    case .unlike: .known(false)
    case .unknown(let reason): .missing(reason: reason)
    }
  }

  /// Compares runs of one model.
  ///
  /// - Parameters:
  ///   - varied: what the comparison varies on purpose.
  ///   - contradicted: whether the time or the operators of one side contradict what it is called.
  init(
    _ subject: AnalysedRun, _ reference: AnalysedRun, _ differences: Differences,
    varied: Set<Difference>, contradicted: Bool
  ) {
    let isPossible =
      switch differences.board {
      case .same: Self.withinOneBoard(differences, varied)
      case .different: Self.betweenBoards(subject, reference, differences, varied)
      // One of the two rules holds.
      case .unknown:
        Self.withinOneBoard(differences, varied)
          || Self.betweenBoards(subject, reference, differences, varied)
      }
    if !isPossible || contradicted {
      self = .unlike
    } else if differences.unknown.contains(.dtype), !varied.contains(.dtype) {
      self = .unknown(
        "the dtype of \((subject.dtype == nil ? subject : reference).id) is not stated")
    } else {
      self = .like
    }
  }

  /// Nothing differs but what is varied.
  private static func withinOneBoard(_ differences: Differences, _ varied: Set<Difference>) -> Bool
  {
    differences.different.isSubset(of: varied)
  }

  /// The platforms differ, and neither of them is known to be held back.
  private static func betweenBoards(
    _ subject: AnalysedRun, _ reference: AnalysedRun, _ differences: Differences,
    _ varied: Set<Difference>
  ) -> Bool {
    differences.different.isSubset(of: varied.union(Difference.platform))
      && Handicap.all(of: subject).isEmpty && Handicap.all(of: reference).isEmpty
  }
}

extension AnalysedRun {
  /// True when the run's operators are not those of the model it is said to be.
  var contradictsItsModel: Bool {
    run.observations.contains { $0.kind == .modelContradiction }
  }
}
