import Support

/// Turns a draft, as readers of ONNX and Keras make it, into the graph that TensorFlow's converter
/// would write of the same model.
public enum Lowering {
  /// Choices.
  public struct Options: Sendable {
    /// Layout of images at the inputs and outputs.
    public var boundary: TransposeFolding.Boundary
    /// What becomes of a RESHAPE that only drops sizes of 1 before FULLY_CONNECTED.
    public var flatten: ReshapeFolding.Flatten

    /// [N, H, W, C] inputs; no RESHAPE where FULLY_CONNECTED flattens by itself, as TensorFlow 2.13 has it.
    public init(
      boundary: TransposeFolding.Boundary = .channelsLast,
      flatten: ReshapeFolding.Flatten = .absorbed
    ) {
      self.boundary = boundary
      self.flatten = flatten
    }
  }

  /// More rounds than any model was seen to need; what is left then is correct, only slower.
  static let mostRounds = 16

  /// Runs all passes until none changes anything. Throws the first rule of `Graph` that the draft
  /// breaks.
  public static func lower(_ draft: GraphDraft) throws(Diagnostic) -> LoweredGraph {
    try lower(draft, options: Options())
  }

  /// The same, with choices.
  public static func lower(
    _ draft: GraphDraft, options: Options
  ) throws(Diagnostic) -> LoweredGraph {
    _ = try draft.graph()
    var draft = draft
    var counts: [LoweredGraph.PassCount] = []
    var layouts: [TransposeFolding.LayoutChange] = []
    func note(_ pass: String, _ changes: Int) -> Int {
      if let place = counts.firstIndex(where: { $0.pass == pass }) {
        counts[place].changes += changes
      } else {
        counts.append(LoweredGraph.PassCount(pass: pass, changes: changes))
      }
      return changes
    }
    for _ in 0..<mostRounds {
      var changes = 0
      changes += note("DeadCode", try DeadCode.apply(to: &draft))
      changes += note("ConstantFolding", try ConstantFolding.apply(to: &draft))
      changes += note("IdentityRemoval", try IdentityRemoval.apply(to: &draft))
      changes += note(
        "ReshapeFolding", try ReshapeFolding.apply(to: &draft, flatten: options.flatten))
      let turned = try TransposeFolding.apply(to: &draft, boundary: options.boundary)
      merge(turned.layouts, into: &layouts)
      changes += note("TransposeFolding", turned.changes)
      changes += note("PadFolding", try PadFolding.apply(to: &draft))
      changes += note(
        "BatchNormalizationFolding", try BatchNormalizationFolding.apply(to: &draft))
      changes += note("ActivationFusing", try ActivationFusing.apply(to: &draft))
      changes += note("InputAffineFolding", try InputAffineFolding.apply(to: &draft))
      if changes == 0 { break }
    }
    _ = note("DeadCode", try DeadCode.apply(to: &draft))
    _ = note("BiasCompletion", try BiasCompletion.apply(to: &draft))
    _ = note("Renumbering", try Renumbering.apply(to: &draft))
    let remarks = remarks(on: draft, layouts)
    return LoweredGraph(
      graph: try draft.graph(remarks: remarks), remarks: remarks,
      changes: counts.filter { $0.changes > 0 }, layouts: layouts)
  }

  /// An output may turn in a later round than another; none turns twice.
  private static func merge(
    _ new: [TransposeFolding.LayoutChange], into all: inout [TransposeFolding.LayoutChange]
  ) {
    guard !new.isEmpty else { return }
    all = (all + new).sorted { ($0.isInput ? 0 : 1, $0.place) < ($1.isInput ? 0 : 1, $1.place) }
  }

  private static func remarks(
    on draft: GraphDraft, _ layouts: [TransposeFolding.LayoutChange]
  ) -> [Diagnostic] {
    var result = layouts.map { layout in
      Diagnostic(
        layout.isInput ? "input-layout" : "output-layout",
        "the \(layout.isInput ? "input" : "output") `\(printable(layout.name))` is "
          + "\(TensorCheck.text(layout.new)), [N, H, W, C]; in the model it is "
          + "\(TensorCheck.text(layout.old)), [N, C, H, W]",
        remedy: layout.isInput
          ? "Feed samples with the channels last." : "Read results with the channels last.",
        place: Place(
          tensorIndex: (layout.isInput ? draft.inputs : draft.outputs)[layout.place]),
        severity: .note)
    }
    let cost = "They are correct, but cost time: see whether the model can do without."
    for (kind, reason) in [
      (OperatorKind.transpose, "another layout is needed in between"),
      (.pad, "the window after it pads otherwise than SAME does"),
    ] {
      let places = draft.operators.indices.filter { draft.operators[$0].kind == kind }
      guard let first = places.first else { continue }
      result.append(
        Diagnostic(
          "\(kind.name.lowercased())-left",
          "\(places.count) \(kind.name) of \(draft.operators.count) operators stay: \(reason)",
          remedy: cost, place: Place(operatorIndex: first, operatorKind: kind.name), severity: .note
        ))
    }
    return result
  }
}
