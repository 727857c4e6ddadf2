import Support

/// Takes TRANSPOSE out of a draft, as where a model in NCHW was written with operators in NHWC.
///
/// One sweep in the order of execution: a TRANSPOSE is put off until somebody needs the tensor in just
/// that order. On the way, pairs cancel, elementwise operators, PAD and MEAN work on what is stored,
/// constants are reordered instead, and weights of FULLY_CONNECTED follow a flattened image. What
/// cannot be put off for ever is written where it is needed: correct, only slower.
public enum TransposeFolding {
  /// Which layout images have where they enter and leave the graph.
  public enum Boundary: Sendable {
    /// [N, H, W, C], where that saves a TRANSPOSE: the graph then takes another shape than the model
    /// it was made of, and a remark says so.
    case channelsLast
    /// As in the draft.
    case unchanged
  }

  /// An input or output of the graph that changed its layout.
  public struct LayoutChange: Sendable, Equatable {
    /// Name of the tensor.
    public var name: String
    /// True for an input of the graph.
    public var isInput: Bool
    /// Position among the inputs or outputs.
    public var place: Int
    /// Shape in the draft, [N, C, H, W].
    public var old: [Int]
    /// Shape now, [N, H, W, C]: the dimensions 0, 2, 3, 1 of the old one.
    public var new: [Int]
  }

  /// Gives the number of operators and of the graph's inputs and outputs that changed.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    try apply(to: &draft, boundary: .channelsLast).changes
  }

  /// The same with a choice; tells which inputs and outputs have another layout now.
  public static func apply(
    to draft: inout GraphDraft, boundary: Boundary
  ) throws(Diagnostic) -> (changes: Int, layouts: [LayoutChange]) {
    guard draft.operators.contains(where: { $0.kind == .transpose }) else { return (0, []) }
    var sweep = TransposeSweep(draft, try DraftIndex(draft), boundary)
    sweep.run()
    guard sweep.changes > 0 else { return (0, []) }
    draft = sweep.result
    return (sweep.changes, sweep.layouts)
  }
}
