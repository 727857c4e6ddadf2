import Models
import Support

/// Operators that move elements, and means along dimensions.
extension Exporter {
  mutating func reshape(_ data: Int, _ output: Int) {
    let sizes = shape(data)
    // With one channel, or one pixel, both orders are the same.
    let isImage = form(data) == .channelsFirst
    let isEither = isImage && (sizes[3] == 1 || sizes[1] * sizes[2] == 1)
    let isRows = isImage && !isEither && becomesRows(data, output)
    let source = name(data, isEither || isRows ? .channelsFirst : .plain)
    if isRows { rows[output] = sizes }
    let name = define(output, isRows ? .channelsFirstRows : .plain)
    add("Reshape", [source, list(shape(output), called: name + "/shape")], name)
  }

  /// True where only fully connected operators with constant weights see the order.
  private func becomesRows(_ data: Int, _ output: Int) -> Bool {
    let count = shape(data)[1...].reduce(1, *)
    guard shape(output) == [shape(data)[0], count], !graph.outputs.contains(output) else {
      return false
    }
    return (readers[output] ?? []).allSatisfy { position in
      let reader = graph.operators[position]
      guard reader.kind == .fullyConnected, reader.inputs.first == output,
        reader.inputs.count >= 2, let weights = reader.inputs[1],
        !reader.inputs.dropFirst().contains(output)
      else { return false }
      return isConstant(weights) && shape(weights).count == 2 && shape(weights)[1] == count
    }
  }

  mutating func transpose(
    _ each: Operator, _ data: Int, _ output: Int
  ) throws(Diagnostic) {
    guard each.inputs.count == 2, let list = each.inputs[1],
      let order = graph.tensors[list].int32Values, order.sorted() == Array(shape(data).indices)
    else { throw Self.operands("the permutation is not constant") }
    let form = form(data)
    let source = name(data, form)
    // From the order that the tensor has in the file.
    let composed = form == .channelsFirst ? order.map { Self.toChannelsLast[$0] } : order
    if composed == Array(composed.indices) { return alias(output, .plain, source) }
    if composed == Self.toChannelsLast { return alias(output, .channelsFirst, source) }
    add("Transpose", [source], define(output, .plain), [.ints("perm", composed)])
  }

  mutating func mean(_ each: Operator, _ data: Int, _ output: Int) throws(Diagnostic) {
    guard each.inputs.count == 2, let list = each.inputs[1],
      let stated = graph.tensors[list].int32Values,
      case .reducer(let keepsDimensions) = each.attributes
    else { throw Self.operands("the axes are not constant") }
    let rank = shape(data).count
    let axes = Set(stated.map { $0 < 0 ? $0 + rank : $0 }).sorted()
    guard axes.allSatisfy({ (0..<rank).contains($0) }) else {
      throw Self.operands("an axis is none of \(rank) dimensions")
    }
    let keeps = ONNXAttributeProto.int("keepdims", keepsDimensions ? 1 : 0)
    // Without height and width, what is left has the same order in both forms.
    guard form(data) == .channelsFirst, axes == [1, 2] else {
      let source = name(data)
      return add("ReduceMean", [source], define(output, .plain), [.ints("axes", axes), keeps])
    }
    let source = name(data, .channelsFirst)
    if keepsDimensions {
      add("GlobalAveragePool", [source], define(output, .channelsFirst))
    } else {
      add("ReduceMean", [source], define(output, .plain), [.ints("axes", [2, 3]), keeps])
    }
  }
}
