import Support

/// Merges RESHAPEs in a row and drops those that change nothing.
public enum ReshapeFolding {
  /// What becomes of a RESHAPE that only drops sizes of 1 in front of FULLY_CONNECTED, which does not
  /// need it.
  public enum Flatten: Sendable {
    /// Stays, as in MLPerf Tiny's own .tflite files.
    case kept
    /// Goes, as with TensorFlow 2.13.
    case absorbed
  }

  /// Gives the number of operators that were taken out or read another tensor now.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    try apply(to: &draft, flatten: .kept)
  }

  /// The same, with a choice.
  public static func apply(
    to draft: inout GraphDraft, flatten: Flatten
  ) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var merging = TensorMerging(draft, index)
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var changes = 0
    for position in draft.operators.indices {
      let each = draft.operators[position]
      if each.kind == .reshape {
        if let source = source(of: each, draft, index) {
          draft.operators[position].inputs[0] = source
          changes += 1
        }
        if let input = draft.operators[position].input(0), let output = each.onlyOutput,
          draft.tensors[input].isInterchangeable(with: draft.tensors[output]),
          merging.merge(input, output)
        {
          isRemoved[position] = true
          changes += 1
        }
      } else if flatten == .absorbed, let source = flattened(by: each, draft, index) {
        draft.operators[position].inputs[0] = source
        changes += 1
      }
    }
    guard changes > 0 else { return 0 }
    draft.remove(isRemoved)
    merging.rewrite(&draft)
    return changes
  }

  /// What the RESHAPE in front reads. Those in front of it were merged before, so it is one step.
  private static func source(of each: Operator, _ draft: GraphDraft, _ index: DraftIndex) -> Int? {
    guard let input = each.input(0), let output = each.onlyOutput, index.writers[input] >= 0,
      // A shape that is computed may depend on the sizes in between.
      each.inputs.count < 2 || draft.numbers(each, 1) != nil
    else { return nil }
    let before = draft.operators[index.writers[input]]
    guard before.kind == .reshape, before.onlyOutput == input, let source = before.input(0),
      carries(source, input, draft), carries(input, output, draft),
      draft.tensors[source].elementCount == draft.tensors[output].elementCount
    else { return nil }
    return source
  }

  /// The same elements with the same meaning, whatever the shape.
  private static func carries(_ first: Int, _ second: Int, _ draft: GraphDraft) -> Bool {
    let (a, b) = (draft.tensors[first], draft.tensors[second])
    return !a.isVariable && !b.isVariable && a.elementType == b.elementType
      && a.quantization == b.quantization && a.quantization?.axis == nil
      && a.dynamicShape.isEmpty && b.dynamicShape.isEmpty
  }

  /// What the RESHAPE in front of FULLY_CONNECTED reads, where the last size stays.
  private static func flattened(by each: Operator, _ draft: GraphDraft, _ index: DraftIndex)
    -> Int?
  {
    guard case .fullyConnected(_, keepsDimensions: false, _) = each.attributes,
      let input = each.input(0), index.writers[input] >= 0
    else { return nil }
    let before = draft.operators[index.writers[input]]
    guard before.kind == .reshape, before.onlyOutput == input, let source = before.input(0),
      carries(source, input, draft),
      let last = draft.tensors[source].shape.last, last == draft.tensors[input].shape.last
    else { return nil }
    return source
  }
}
