/// What the reader of another format gives: a draft in TFLite's operators, and what is worth knowing
/// of it.
public struct Imported: Sendable, Equatable {
  /// The model; `graph(remarks:)` checks it.
  public var draft: GraphDraft
  /// What was taken on trust or left out, one for each reason.
  public var remarks: [ModelDiagnostic]

  /// Names both.
  public init(draft: GraphDraft, remarks: [ModelDiagnostic] = []) {
    self.draft = draft
    self.remarks = remarks
  }

  /// The graph, with the remarks; throws the first rule that the draft breaks.
  public func graph() throws(ModelDiagnostic) -> Graph { try draft.graph(remarks: remarks) }
}
