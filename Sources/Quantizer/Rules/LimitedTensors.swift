import Models

/// Tensors whose only reader is a MINIMUM or MAXIMUM with constants or a RELU6, at once or behind
/// operators that only move or choose values.
///
/// Stored with the parameters of the result, they are cut off as they are written, with all 256 steps
/// for what is left of them, and no QUANTIZE is needed in between. TensorFlow 2.13.1 does the same for
/// MINIMUM and MAXIMUM themselves.
struct LimitedTensors {
  /// By tensor: the result of the last operator that cuts it off.
  private(set) var results: [Int: Int] = [:]
  private var softmaxInputs: Set<Int> = []
  private let source: Graph

  init(_ source: Graph) {
    self.source = source
    var readers: [Int: Int] = [:]
    for each in source.operators {
      for tensor in Set(each.inputs.compactMap { $0 }) { readers[tensor, default: 0] += 1 }
    }
    // The last first, so that chains are followed once.
    for each in source.operators.reversed() {
      if each.kind == .softmax, let input = each.inputs.first ?? nil { softmaxInputs.insert(input) }
      guard let output = each.outputs.first,
        let input = each.inputs.compactMap({ $0 }).first(where: {
          source.tensors[$0].constant == nil
        })
      else { continue }
      let isLimit = isLimit(each) || each.kind == .relu6
      if softmaxInputs.contains(output), isLimit || QuantizationRule.of(each.kind) == .inherited {
        softmaxInputs.insert(input)
      }
      guard let result = results[output] ?? (isLimit ? output : nil),
        isLimit || Self.moving.contains(each.kind),
        readers[input] == 1, !source.outputs.contains(input), !source.inputs.contains(input)
      else { continue }
      results[input] = result
    }
  }

  /// Kinds that give the same whether values are cut off before or behind them.
  private static let moving: Set<OperatorKind> = [.maxPool2D, .pad, .reshape, .transpose]

  /// MINIMUM or MAXIMUM, or the one of these that is named, of one activation and constants.
  func isLimit(_ each: Operator, _ kind: OperatorKind? = nil) -> Bool {
    guard each.kind == kind ?? each.kind, each.kind == .minimum || each.kind == .maximum else {
      return false
    }
    return each.inputs.compactMap { $0 }.filter { source.tensors[$0].constant == nil }.count == 1
  }

  /// SOFTMAX reads it, or what is made of it in the same scale.
  func isSoftmaxInput(_ tensor: Int) -> Bool { softmaxInputs.contains(tensor) }
}
