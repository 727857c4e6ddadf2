/// Turns PAD + a VALID window into a SAME window where SAME pads exactly as much.
///
/// CONV_2D and DEPTHWISE_CONV_2D only: a pool leaves out what SAME pads, but counts what PAD wrote.
public enum PadFolding {
  /// Gives the number of windows that no longer need their PAD. A PAD that nobody reads any more is
  /// left to `DeadCode`.
  public static func apply(to draft: inout GraphDraft) throws(ModelDiagnostic) -> Int {
    let index = try DraftIndex(draft)
    var changes = 0
    for position in draft.operators.indices {
      let each = draft.operators[position]
      guard each.kind == .conv2D || each.kind == .depthwiseConv2D,
        let window = each.attributes.window, window.padding == .valid,
        let data = each.input(0), let weights = each.input(1), index.writers[data] >= 0,
        let source = image(behind: draft.operators[index.writers[data]], data, in: draft),
        isSame(window, weights: draft.tensors[weights].shape, source, in: draft)
      else { continue }
      draft.operators[position].inputs[0] = source.tensor
      draft.operators[position].attributes = each.attributes.with(.same)
      changes += 1
    }
    return changes
  }

  /// What PAD pads, and by how much, where it is height and width of an image.
  private static func image(
    behind pad: Operator, _ output: Int, in draft: GraphDraft
  ) -> (tensor: Int, paddings: [Int])? {
    guard pad.kind == .pad, let source = pad.input(0), !draft.tensors[source].isVariable,
      let paddings = draft.numbers(pad, 1), paddings.count == 8,
      draft.tensors[source].shape.count == 4, paddings[0...1] == [0, 0], paddings[6...7] == [0, 0],
      draft.tensors[source].quantization == draft.tensors[output].quantization,
      draft.tensors[source].elementType == draft.tensors[output].elementType
    else { return nil }
    return (source, paddings)
  }

  private static func isSame(
    _ window: Window, weights: [Int], _ source: (tensor: Int, paddings: [Int]),
    in draft: GraphDraft
  ) -> Bool {
    guard weights.count == 4, (try? WindowCheck.check(window)) != nil else { return false }
    let shape = draft.tensors[source.tensor].shape
    let height = samePadding(
      shape[1], window: weights[1], stride: window.stride.height, dilation: window.dilation.height)
    let width = samePadding(
      shape[2], window: weights[2], stride: window.stride.width, dilation: window.dilation.width)
    // Windows that reach nothing would get more positions than the padded image has.
    return height.total + width.total > 0
      && Array(source.paddings[2...5])
        == [
          height.total / 2, height.total - height.total / 2, width.total / 2,
          width.total - width.total / 2,
        ]
      && height.isExact && width.isExact
  }

  /// How much SAME pads along one dimension (tensorflow.org, "tf.nn.convolution"): half of it,
  /// rounded down, in front. Exact where VALID finds as many positions in what is padded so.
  private static func samePadding(
    _ size: Int, window: Int, stride: Int, dilation: Int
  ) -> (total: Int, isExact: Bool) {
    guard size >= 1, window >= 1 else { return (0, false) }
    let positions = WindowCheck.positions(
      size, window: window, stride: stride, dilation: dilation, .same)
    let (reach, overflows) = (window - 1).multipliedReportingOverflow(by: dilation)
    guard !overflows else { return (0, false) }
    let total = max(0, (positions - 1) * stride + reach + 1 - size)
    let found = WindowCheck.positions(
      size + total, window: window, stride: stride, dilation: dilation, .valid)
    return (total, found == positions)
  }
}
