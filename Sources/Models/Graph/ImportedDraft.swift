import Support

/// What a reader makes of a file in another format than .tflite.
public struct ImportedDraft: Sendable {
  /// The model, with one operator or more for each of the file's.
  public var draft: GraphDraft
  /// What the draft leaves out of the file, or takes on trust.
  public var remarks: [Diagnostic]

  /// Names both.
  public init(draft: GraphDraft, remarks: [Diagnostic] = []) {
    self.draft = draft
    self.remarks = remarks
  }
}
