import Core
import Ingest
import Statistics
import Support

/// One run against another: how many times as long it takes.
public struct Speedup: Sendable {
  /// Model id of both.
  public var model: String
  /// Subject / reference; above 1 the subject is slower.
  public var ratio: Ratio
  /// The ratio with the clocks divided out, or why it cannot be given.
  public var perCycle: Outcome<Double>
  /// Whether both compare like with like.
  public var likeness: Likeness
  /// In what they differ.
  public var differences: Differences
  /// Sides whose operators are not those of the named model, in words.
  public var contradictions: [String]
  /// The run in question.
  public var subject: AnalysedRun
  /// The run it is compared with.
  public var reference: AnalysedRun

  /// Whether nothing that is known speaks against the comparison.
  public var isLikeForLike: Bool { likeness == .like }
  /// Whether the runs are of two boards.
  public var isBetweenBoards: Bool { differences.board == .different }
  /// What of the platform is known to differ.
  public var platform: [Difference] { differences.known().filter(Difference.platform.contains) }
  /// What tells the runs apart beside platforms, which are named once for a whole table; for the reader to
  /// judge.
  public var distinctions: [String] {
    distinctions(
      apartFrom: isBetweenBoards ? Difference.platform : [.board, .mcu, .clock, .author])
  }
  /// What both runs state that holds them back.
  public var sharedHandicaps: [Handicap] {
    Handicap.all(of: subject).filter(Handicap.all(of: reference).contains)
  }
}

extension Speedup: FieldsEncodable {
  /// The ratio and both sides.
  public var fields: Fields {
    [
      "model": model, "ratio": ratio.value, "per_cycle": perCycle, "basis": ratio.basis.rawValue,
      "like_for_like": likeness.answer,
      "differences": distinctions(apartFrom: [.board, .mcu, .clock, .author]),
      "subject": side(subject),
      "reference": side(reference),
    ] + ratio.interval.fields
  }

  private func distinctions(apartFrom left: Set<Difference>) -> [String] {
    contradictions + differences.words(apartFrom: left)
  }

  private func side(_ run: AnalysedRun) -> Fields {
    [
      "run": run.id, "dtype": Outcome(run.dtype, or: "nothing says it"),
      "weights": Outcome(run.weights, or: "nothing says where they are"), "origin": run.origin,
    ]
  }
}

/// Pairs runs with references.
struct SpeedupMaker {
  let maker: RatioMaker
  /// Runs whose dtype is in doubt, for their own time or size does not fit it.
  let doubted: Set<String>

  /// Why there is nothing to compare with.
  var noReference = "there is no reference"

  /// What is varied on purpose.
  var varied: Set<Difference> = []

  /// The option that completes the references: they may be runs of the logs.
  var referenceOption = "--set-reference"

  /// All speedups, and for each subject without one the reason.
  func make(
    _ subjects: [AnalysedRun], against references: [AnalysedRun], anyDtype: Bool
  ) -> (speedups: [Speedup], unpaired: [(run: String, reason: String)]) {
    var speedups: [Speedup] = []
    var unpaired: [(run: String, reason: String)] = []
    let byModel = Pairing.grouped(references, by: \.model)
    for subject in subjects {
      let candidates = (subject.model.flatMap { byModel[$0] } ?? []).filter { $0.id != subject.id }
      let chosen = anyDtype ? candidates : fitting(subject, candidates)
      var reason: String?
      var isPaired = false
      if subject.model == nil {
        reason = "the model is not known; name it with --set model=NAME"
      } else if references.isEmpty {
        reason = noReference
      } else if candidates.isEmpty {
        reason =
          "the reference has no result for '\(subject.model ?? "")'"
          + (references.allSatisfy { $0.model == nil }
            ? "; nothing names its model: give it with --set model=NAME"
              + (referenceOption == "--set"
                ? "" : " for both sides, or \(referenceOption) model=NAME")
            : "")
      } else if chosen.isEmpty {
        reason =
          "the reference has no result for '\(subject.model ?? "")' in "
          + (subject.label?.description ?? "the run's unknown dtype")
          + (candidates.allSatisfy { $0.dtype == nil }
            ? "; nothing says its dtype: give it with \(referenceOption) dtype=int8" : "")
      }
      for reference in chosen {
        switch speedup(subject, reference) {
        case .known(let made):
          speedups.append(made)
          isPaired = true
        case .missing(let why): reason = why
        }
      }
      if let reason, !isPaired {
        unpaired.append((subject.id, reason))
      }
    }
    return (speedups, unpaired)
  }

  /// References in the dtype that the source claims, and in the true one where that differs.
  private func fitting(_ subject: AnalysedRun, _ candidates: [AnalysedRun]) -> [AnalysedRun] {
    guard let label = subject.label else {
      // Nothing says what the subject is: all are shown, none is like for like.
      return candidates
    }
    let claimed = candidates.filter { $0.dtype == label }
    guard let dtype = subject.dtype, dtype != label else { return claimed }
    return claimed + candidates.filter { $0.dtype == dtype }
  }

  func speedup(_ subject: AnalysedRun, _ reference: AnalysedRun) -> Outcome<Speedup> {
    var basis = RatioBasis.time
    if subject.seconds.value == nil, subject.instructions.value != nil,
      reference.instructions.value != nil
    {
      basis = .instructions
    }
    let a: RatioSide
    let b: RatioSide
    switch (subject.side(basis), reference.side(basis)) {
    case (.known(let left), .known(let right)): (a, b) = (left, right)
    case (.missing(let reason), _): return .missing(reason: reason)
    case (_, .missing(let reason)):
      return .missing(reason: "of \(reference.id), \(ofReference(reason))")
    }
    guard let ratio = maker.ratio(a, b, basis: basis) else {
      return .missing(reason: "one of the times is zero")
    }
    let differences = Differences(subject, reference)
    let others = [subject, reference].filter(\.contradictsItsModel).map { "model of \($0.id)" }
    return .known(
      Speedup(
        model: subject.model ?? "", ratio: ratio, perCycle: perCycle(ratio, subject, reference),
        likeness: Likeness(
          subject, reference, differences, varied: varied,
          // Operators that are not the named model's make it another model.
          contradicted: !others.isEmpty || doubted.contains(subject.id)
            || doubted.contains(reference.id)),
        differences: differences, contradictions: others,
        subject: subject, reference: reference))
  }

  private func perCycle(
    _ ratio: Ratio, _ subject: AnalysedRun, _ reference: AnalysedRun
  ) -> Outcome<Double> {
    guard ratio.basis == .time else {
      return .missing(reason: "instructions were compared, clocks play no part")
    }
    guard let a = subject.clockHz else { return .missing(reason: TimeScale.noClock) }
    guard let b = reference.clockHz else {
      return .missing(reason: "of \(reference.id), \(ofReference(TimeScale.noClock))")
    }
    return .known(ratio.value * a / b)
  }

  /// A reason with the option that reaches the reference.
  private func ofReference(_ reason: String) -> String {
    reason == TimeScale.noClock ? TimeScale.noClock(referenceOption) : reason
  }
}
