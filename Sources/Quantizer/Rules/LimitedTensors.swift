import Models

/// Tensors whose only reader is a MINIMUM or MAXIMUM with constants.
///
/// Stored with the parameters of the result, they are cut off as they are written, and no QUANTIZE is
/// needed in between. TensorFlow 2.13.1 does the same.
struct LimitedTensors {
  /// By tensor: the result of its only reader, and of that one's where it is such an operator again.
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
      guard isLimit(each), let output = each.outputs.first,
        let input = each.inputs.compactMap({ $0 }).first(where: {
          source.tensors[$0].constant == nil
        }),
        readers[input] == 1, !source.outputs.contains(input), !source.inputs.contains(input)
      else { continue }
      results[input] = results[output] ?? output
    }
  }

  /// MINIMUM or MAXIMUM, or the one of these that is named, of one activation and constants.
  func isLimit(_ each: Operator, _ kind: OperatorKind? = nil) -> Bool {
    guard each.kind == kind ?? each.kind, each.kind == .minimum || each.kind == .maximum else {
      return false
    }
    return each.inputs.compactMap { $0 }.filter { source.tensors[$0].constant == nil }.count == 1
  }

  /// SOFTMAX reads it.
  func isSoftmaxInput(_ tensor: Int) -> Bool { softmaxInputs.contains(tensor) }
}
