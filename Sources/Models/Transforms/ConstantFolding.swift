import Support

/// Evaluates operators all of whose inputs are constants: TRANSPOSE, RESHAPE, PAD, MUL, ADD, SUB, and
/// DEQUANTIZE of float16, as weights are stored for phones.
public enum ConstantFolding {
  /// Gives the number of operators evaluated. Sums and products are those of float32, as at run time.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var budget = ConstantBudget()
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var changes = 0
    for (position, each) in draft.operators.enumerated() {
      guard let output = each.onlyOutput, !index.isOutput[output],
        !draft.tensors[output].isVariable, draft.tensors[output].quantization?.axis == nil,
        let value = value(of: each, draft.tensors[output], in: draft, &budget)
      else { continue }
      draft.tensors[output].constant = value
      isRemoved[position] = true
      changes += 1
    }
    if changes > 0 { draft.remove(isRemoved) }
    return changes
  }

  private static func value(
    of each: Operator, _ output: Tensor, in draft: GraphDraft, _ budget: inout ConstantBudget
  ) -> ArraySlice<UInt8>? {
    if each.kind == .dequantize { return widened(each, output, in: draft, &budget) }
    guard let data = draft.constant(each, 0), let width = data.constantWidth,
      let constant = data.constant, data.quantization?.axis == nil,
      data.elementType == output.elementType
    else { return nil }
    switch each.kind {
    case .reshape:
      return data.elementCount == output.elementCount ? constant : nil
    case .transpose:
      guard let order = draft.numbers(each, 1).flatMap({ Permutation($0) }),
        order.order.count == data.shape.count, order(data.shape) == output.shape,
        budget.take(output.byteCount)
      else { return nil }
      return ConstantData.permuted(constant, shape: data.shape, width: width, by: order)
    case .pad:
      guard data.elementType == .float32, let paddings = draft.numbers(each, 1),
        paddings.count == 2 * data.shape.count, paddings.allSatisfy({ $0 >= 0 }),
        data.shape.indices.allSatisfy({
          let (padded, overflows) = data.shape[$0].addingReportingOverflow(
            paddings[2 * $0] + paddings[2 * $0 + 1])
          return !overflows && padded == output.shape[$0]
        }), data.shape.count == output.shape.count, budget.take(output.byteCount)
      else { return nil }
      return padded(constant, data.shape, width, paddings, output.shape)
    case .mul: return combined(each, output, in: draft, &budget, *)
    case .add: return combined(each, output, in: draft, &budget, +)
    case .sub: return combined(each, output, in: draft, &budget, -)
    default: return nil
    }
  }

  /// The same numbers in float32.
  private static func widened(
    _ each: Operator, _ output: Tensor, in draft: GraphDraft, _ budget: inout ConstantBudget
  ) -> ArraySlice<UInt8>? {
    guard let data = draft.constant(each, 0), data.elementType == .float16,
      output.elementType == .float32, data.shape == output.shape, let bytes = data.constant,
      bytes.count == 2 * (data.elementCount ?? -1), budget.take(output.byteCount)
    else { return nil }
    let values = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
      HalfFloat.float(UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
    return Tensor.floats(values, shape: output.shape).constant
  }

  private static func padded(
    _ bytes: ArraySlice<UInt8>, _ shape: [Int], _ width: Int, _ paddings: [Int], _ output: [Int]
  ) -> ArraySlice<UInt8> {
    let strides = ConstantData.rowStrides(output)
    let start = shape.indices.reduce(0) { $0 + paddings[2 * $1] * strides[$1] }
    var result = [UInt8](repeating: 0, count: output.reduce(width, *))
    let own = ConstantData.rowStrides(shape)
    ConstantData.forEachOffset(sizes: shape, strides: [own, strides]) { offsets in
      let (from, to) = (bytes.startIndex + offsets[0] * width, (start + offsets[1]) * width)
      for place in 0..<width { result[to + place] = bytes[from + place] }
    }
    return result[...]
  }

  private static func combined(
    _ each: Operator, _ output: Tensor, in draft: GraphDraft, _ budget: inout ConstantBudget,
    _ combine: (Float, Float) -> Float
  ) -> ArraySlice<UInt8>? {
    guard let first = draft.constant(each, 0), let second = draft.constant(each, 1),
      each.inputs.count == 2, let activation = each.attributes.fusedActivation,
      let range = ClampRange(activation),
      (try? ShapeInference.broadcast(first.shape, second.shape)) == output.shape,
      budget.take(output.byteCount), let a = first.floatValues, let b = second.floatValues
    else { return nil }
    var values: [Float] = []
    values.reserveCapacity(output.shape.reduce(1, *))
    let strides = [first.shape, second.shape].map {
      ConstantData.broadcastStrides($0, to: output.shape)
    }
    ConstantData.forEachOffset(sizes: output.shape, strides: strides) { offsets in
      let value = combine(a[offsets[0]], b[offsets[1]])
      // A comparison with NaN is false, so that it stays.
      values.append(value < range.low ? range.low : value > range.high ? range.high : value)
    }
    return Tensor.floats(values, shape: output.shape).constant
  }
}
