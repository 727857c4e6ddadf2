import Core
import Support

/// Turns PAD + a VALID window into a SAME window where SAME pads exactly as much.
///
/// CONV_2D and DEPTHWISE_CONV_2D only: a pool leaves out what SAME pads, but counts what PAD wrote.
public enum PadFolding {
  /// Gives the number of windows that no longer need their PAD. A PAD that nobody reads any more is
  /// left to `DeadCode`.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var changes = 0
    for position in draft.operators.indices {
      let each = draft.operators[position]
      guard each.kind == .conv2D || each.kind == .depthwiseConv2D,
        let window = each.attributes.window, window.padding == .valid,
        let data = each.input(0), let weights = each.input(1), index.writers[data] >= 0,
        let source = image(behind: draft.operators[index.writers[data]], data, in: draft),
        isSame(
          window, weights: draft.tensors[weights].shape, image: draft.tensors[source.tensor].shape,
          source.paddings)
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
    _ window: Window, weights: [Int], image: [Int], _ paddings: [Int]
  ) -> Bool {
    guard weights.count == 4, (try? WindowCheck.check(window)) != nil, image[1] > 0, image[2] > 0,
      weights[1] > 0, weights[2] > 0,
      let axes = window.axes(over: image, size: Extent(height: weights[1], width: weights[2]))
    else { return false }
    let sides = [axes.height, axes.width].map { $0.sides(.same) }
    // Windows that reach nothing would get more positions than the padded image has.
    return sides.contains { $0.after > 0 }
      && paddings[2...5].elementsEqual(sides.flatMap { [$0.before, $0.after] })
      && isExact(axes.height, sides[0]) && isExact(axes.width, sides[1])
  }

  /// Whether VALID finds as many positions in what SAME pads.
  private static func isExact(_ axis: WindowAxis, _ padding: WindowAxis.Sides) -> Bool {
    WindowAxis(
      size: axis.size + padding.before + padding.after, taps: axis.taps, stride: axis.stride,
      dilation: axis.dilation)?.validPositions == axis.samePositions
  }
}
