import Models
import Support

/// How operators of one kind are prepared.
struct KindPreparation: Sendable {
  let kind: OperatorKind
  /// Gives the step, or refuses with operator, rule and remedy.
  let prepare: @Sendable (Preparation) throws(Diagnostic) -> any PreparedStep

  init(
    _ kind: OperatorKind,
    _ prepare: @escaping @Sendable (Preparation) throws(Diagnostic) -> any PreparedStep
  ) {
    self.kind = kind
    self.prepare = prepare
  }
}

/// The kinds that can be run.
enum KindPreparations {
  /// Each kind once.
  static let all: [KindPreparation] =
    WeightedPreparations.all + [KindPreparation(.reshape, CopyStep.prepareReshape)]
    + ElementwisePreparations.all

  private static let byKind = Dictionary(
    all.map { ($0.kind, $0.prepare) }, uniquingKeysWith: { first, _ in first })

  /// The step of one operator.
  static func step(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    guard let prepare = byKind[preparation.operation.kind] else {
      let known = all.map(\.kind.name).sorted().joined(separator: ", ")
      throw preparation.refusal(
        "operator-kind", "there is no kernel for \(printable(preparation.operation.kind.name))",
        remedy: "Kinds that can be run: \(known).")
    }
    return try prepare(preparation)
  }
}
