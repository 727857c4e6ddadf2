import Models
import Support

/// Batch normalisation and softmax.
extension Importer {
  /// y = a x + b for each channel, with a = scale / sqrt(variance + epsilon) and b = bias - a mean,
  /// computed in Double (https://onnx.ai/onnx/operators/onnx__BatchNormalization.html).
  mutating func batchNormalization(_ node: Node) throws(Diagnostic) {
    let data = try computed(node, 0)
    let trains =
      try node.flag("training_mode")
      || node.opset < 14 && node.outputs.dropFirst().contains { !$0.isEmpty }
    let isSpatial = try node.flag("spatial", default: true)
    guard !trains, isSpatial else {
      throw node.unsupported(
        trains ? "it is in training mode" : "`spatial` is 0: it normalises each pixel by itself",
        remedy: "Export the model for inference: model.eval() before torch.onnx.export.")
    }
    guard shape(data).count >= 2 else {
      throw node.failure("shape", "the input is \(TensorCheck.text(shape(data))): no channels")
    }
    let channels = shape(data)[1]
    var parameters: [[Float]] = []
    for (position, what) in ["scale", "bias", "mean", "variance"].enumerated() {
      let tensor = try floats(node, position + 1, what)
      guard tensor.shape == [channels], let values = tensor.floatValues else {
        throw node.failure(
          "shape-mismatch",
          "the \(what) is \(TensorCheck.text(tensor.shape)); \(channels) numbers are needed")
      }
      parameters.append(values)
    }
    let epsilon = Double(try node.float("epsilon", default: 1e-5))
    let isImage = shape(data).count == 4
    let form = isImage ? [channels] : [channels] + shape(data).dropFirst(2).map { _ in 1 }
    let factors = zip(parameters[0], parameters[3]).map {
      Double($0) / (Double($1) + epsilon).squareRoot()
    }
    let offsets = factors.indices.map {
      Double(parameters[1][$0]) - factors[$0] * Double(parameters[2][$0])
    }
    let name = node.outputs.first ?? ""
    let factor = try place(ConstantKey(name: name, form: "factor"), node) {
      .floats(factors.map { Float($0) }, shape: form, name: name + "/factor")
    }
    let offset = try place(ConstantKey(name: name, form: "offset"), node) {
      .floats(offsets.map { Float($0) }, shape: form, name: name + "/offset")
    }
    let source = isImage ? try image(data, node) : data
    let product = try append(
      .mul, .activation(.none), [source, factor], node, suffix: "/product")
    let sum = try append(
      .add, .activation(.none), [product, offset], node, suffix: isImage ? "/nhwc" : "")
    if isImage { try finish(image: sum, node) } else { finish(sum, node) }
  }

  /// Along one axis since opset 13; before, along all dimensions from the axis on.
  mutating func softmax(_ node: Node) throws(Diagnostic) {
    let data = try computed(node, 0)
    let sizes = shape(data)
    let axis = try resolved(
      try node.int("axis", default: node.opset >= 13 ? -1 : 1), rank: sizes.count, node)
    let last = sizes.count - 1
    let attributes = Attributes.softmax(beta: 1)
    if axis == last { return finish(try append(.softmax, attributes, [data], node), node) }
    guard node.opset >= 13 else {
      guard let rows = CheckedArithmetic.product(Array(sizes[..<axis])),
        let columns = CheckedArithmetic.product(Array(sizes[axis...]))
      else { throw node.failure("overflow", "the shape is too large") }
      if columns == sizes[last] {
        return finish(try append(.softmax, attributes, [data], node), node)
      }
      let flat = try reshaped(data, to: [rows, columns], node, suffix: "/flat")
      let result = try append(.softmax, attributes, [flat], node, suffix: "/flat_output")
      return finish(try reshaped(result, to: sizes, node), node)
    }
    let order = Array(0..<axis) + Array(axis + 1...last) + [axis]
    let back = order.indices.map { order.firstIndex(of: $0) ?? $0 }
    let moved = try transposed(data, order, node, suffix: "/last_axis")
    let result = try append(.softmax, attributes, [moved], node, suffix: "/last_axis_output")
    finish(try transposed(result, back, node), node)
  }
}
