import Models
import Support

/// Operators on each element by itself; sizes are combined as NumPy does, in ONNX and in TFLite.
extension Importer {
  mutating func unary(_ kind: OperatorKind, _ node: Node) throws(Diagnostic) {
    finish(try append(kind, .plain, [try computed(node, 0)], node), node)
  }

  /// Add, Sub, Mul.
  mutating func binary(_ kind: OperatorKind, _ node: Node) throws(Diagnostic) {
    try checkComputed(node)
    finish(try combined(kind, try operand(node, 0), try operand(node, 1), node), node)
  }

  /// Sum, Min, Max of any number of operands.
  mutating func variadic(_ kind: OperatorKind, _ node: Node) throws(Diagnostic) {
    try checkComputed(node)
    var result = try operand(node, 0)
    for position in node.inputs.indices.dropFirst() {
      let isLast = position == node.inputs.count - 1
      result = try combined(
        kind, result, try operand(node, position), node, suffix: isLast ? "" : "/\(position)")
    }
    finish(result, node)
  }

  /// Div by a constant is MUL by its reciprocal, which differs by one rounding.
  mutating func divide(_ node: Node) throws(Diagnostic) {
    guard case .floats(let divisor) = try value(node, 1, "divisor") else {
      throw node.unsupported(
        "the divisor is computed; only constants are divided by", remedy: "Divide by a constant.")
    }
    let data = try computed(node, 0, "dividend")
    let factor = try place(ConstantKey(name: divisor.name, form: "reciprocal"), node) {
      divisor.mapped { Float(1 / Double($0)) }
    }
    finish(try append(.mul, .activation(.none), [data, factor], node), node)
  }

  /// Limits are attributes up to opset 10, inputs from 11.
  mutating func clip(_ node: Node) throws(Diagnostic) {
    let data = try computed(node, 0)
    let (low, high) = try limits(node)
    guard !low.isNaN, !high.isNaN else {
      throw node.failure("attribute", "a limit is not a number")
    }
    let hasLow = low > -.greatestFiniteMagnitude
    let hasHigh = high < .greatestFiniteMagnitude
    if low == 0, high == 6 { return finish(try append(.relu6, .plain, [data], node), node) }
    if low == 0, !hasHigh { return finish(try append(.relu, .plain, [data], node), node) }
    var result = data
    if hasLow {
      let limit = try placeScalar(low, node)
      result = try append(.maximum, .plain, [result, limit], node, suffix: hasHigh ? "/max" : "")
    }
    if hasHigh {
      result = try append(.minimum, .plain, [result, try placeScalar(high, node)], node)
    }
    finish(result, node)
  }

  private func limits(_ node: Node) throws(Diagnostic) -> (low: Float, high: Float) {
    let (lowest, highest) = (-Float.greatestFiniteMagnitude, Float.greatestFiniteMagnitude)
    guard node.opset >= 11 else {
      guard node.inputs.count == 1 else {
        throw node.failure("operands", "limits are attributes before opset 11, no inputs")
      }
      return (
        try node.float("min", default: lowest), try node.float("max", default: highest)
      )
    }
    guard !node.has("min"), !node.has("max") else {
      throw node.failure("attribute", "limits are inputs since opset 11, no attributes")
    }
    return (
      try node.input(1) == nil ? lowest : scalar(node, 1, "lower limit"),
      try node.input(2) == nil ? highest : scalar(node, 2, "upper limit")
    )
  }

  /// A float constant of one element.
  func scalar(_ node: Node, _ position: Int, _ what: String) throws(Diagnostic) -> Float {
    let tensor = try floats(node, position, what)
    guard tensor.elementCount == 1, let value = tensor.floatValues?.first else {
      throw node.failure("shape", "the \(what) is \(TensorCheck.text(tensor.shape)), no scalar")
    }
    return value
  }

  private mutating func placeScalar(_ value: Float, _ node: Node) throws(Diagnostic) -> Int {
    try place(ConstantKey(name: "", form: "scalar \(value.bitPattern)"), node) {
      .floats([value], shape: [], name: "limit")
    }
  }

  private mutating func operand(_ node: Node, _ position: Int) throws(Diagnostic) -> Int {
    try operand(node, position, "operand")
  }

  /// Where all operands are constants, so is the result.
  private func checkComputed(_ node: Node) throws(Diagnostic) {
    for position in node.inputs.indices {
      if case .computed = try value(node, position, "operand") { return }
    }
    throw node.unsupported(
      "all operands are constants, so the result is one too",
      remedy: "Fold constants before: export with constant folding, or run onnxsim.")
  }

  private mutating func combined(
    _ kind: OperatorKind, _ first: Int, _ second: Int, _ node: Node, suffix: String = ""
  ) throws(Diagnostic) -> Int {
    let commutes = kind != .sub
    let isConstantFirst =
      draft.tensors[first].constant != nil && draft.tensors[second].constant == nil
    let operands = commutes && isConstantFirst ? [second, first] : [first, second]
    let attributes: Attributes = kind == .minimum || kind == .maximum ? .plain : .activation(.none)
    return try append(kind, attributes, operands, node, suffix: suffix)
  }
}
