import Models
import Support

/// Makes operators of layers.
struct GraphBuilder {
  private(set) var draft: GraphDraft
  private let weights: any WeightSource
  /// The arrays of the layer that was read last.
  private var current: (layer: String, arrays: [String: WeightArray]) = ("", [:])
  /// Constants by layer and role, so that a layer that is called twice has them once.
  private var constants: [String: Int] = [:]

  init(name: String, weights: any WeightSource) {
    draft = GraphDraft(name: name)
    self.weights = weights
  }

  /// The position of the layer's output, with the layer's name.
  mutating func add(
    _ operation: KerasOperation, _ layer: String, inputs: [Int]
  ) throws(Diagnostic) -> Int {
    if case .input(let shape) = operation, inputs.isEmpty {
      let index = draft.addInput(layer, shape: shape)
      guard draft.tensors[index].byteCount != nil else {
        throw KerasModel.broken("the input `\(printable(layer))` has more than 2^63 elements")
      }
      return index
    }
    guard let input = inputs.first, inputs.count == 1 || operation.takesMany else {
      throw KerasModel.broken(
        "layer `\(printable(layer))` has \(inputs.count) inputs; it needs "
          + (operation.takesMany ? "one or more" : "one"))
    }
    switch operation {
    case .input, .identity: return input
    case .convolution(let convolution):
      return try add(convolution, layer, input: input, kernel: "kernel", name: layer)
    case .depthwise(let depthwise): return try add(depthwise, layer, input: input, name: layer)
    case .separable(let depthwise, let pointwise):
      let between = try add(depthwise, layer, input: input, name: layer + "/depthwise")
      return try add(pointwise, layer, input: between, kernel: "pointwise_kernel", name: layer)
    case .dense(let units, let hasBias, let activation):
      return try addDense(units, hasBias, activation, layer, input: input)
    case .batchNormalization(let normalization):
      return try add(normalization, layer, input: input)
    case .activation(let activation): return try add(activation, input: input, name: layer)
    case .cappedReLU(let limit):
      let positive = try append(.relu, .plain, [input], layer + "/relu")
      let bound = addConstant(Tensor.floats([limit], shape: [1], name: layer + "/limit"))
      return try append(.minimum, .plain, [positive, bound], layer)
    case .add: return try addSum(layer, inputs)
    case .pooling(let kind, let window):
      return try append(kind, .pooling(window, .none), [input], layer)
    case .globalAverage(let keeps): return try addMean(layer, input: input, keeps: keeps)
    case .flatten, .reshape: return try addReshape(operation, layer, input: input)
    case .zeroPadding(let counts):
      try checkImage(input, layer)
      let paddings = addConstant(Tensor.int32s(counts, shape: [4, 2], name: layer + "/paddings"))
      return try append(.pad, .plain, [input, paddings], layer)
    }
  }

  /// The draft, which gives these tensors.
  func finished(outputs: [Int]) -> GraphDraft {
    var result = draft
    result.outputs = outputs
    return result
  }

  func shape(_ tensor: Int) -> [Int] { draft.tensors[tensor].shape }

  mutating func addConstant(_ tensor: Tensor) -> Int { draft.add(tensor) }

  /// Adds an operator; its output must not be empty.
  mutating func append(
    _ kind: OperatorKind, _ attributes: Attributes, _ inputs: [Int], _ name: String
  ) throws(Diagnostic) -> Int {
    let output = try draft.append(kind, attributes, inputs: inputs, name: name)
    let sizes = shape(output)
    guard !sizes.contains(where: { $0 < 1 || $0 > Int(Int32.max) }),
      draft.tensors[output].byteCount != nil
    else {
      throw KerasModel.broken(
        "the output of layer `\(printable(name))` would be "
          + TensorCheck.text(sizes) + ": its input is too small or too large")
    }
    return output
  }

  /// Applies an activation.
  mutating func add(
    _ activation: KerasActivation, input: Int, name: String
  ) throws(Diagnostic) -> Int {
    guard let (kind, attributes) = activation.kind else { return input }
    return try append(kind, attributes, [input], name)
  }

  func checkImage(_ input: Int, _ layer: String) throws(Diagnostic) {
    guard shape(input).count == 4 else {
      throw KerasModel.broken(
        "layer `\(printable(layer))` is given \(shape(input).count) dimensions; it needs "
          + "[batch, height, width, channels]")
    }
  }

  /// The array of a layer that has one of the names; throws where it is missing or of another shape.
  mutating func array(
    _ names: [String], of layer: String, shape: [Int]
  ) throws(Diagnostic) -> WeightArray {
    if current.layer != layer { current = (layer, try weights.arrays(of: layer)) }
    guard let array = names.compactMap({ current.arrays[$0] }).first else {
      let found = current.arrays.keys.sorted().prefix(8).map { printable($0) }
      throw Diagnostic(
        "keras-weights",
        "layer `\(printable(layer))` has no weights `\(names[0])`; it has "
          + (found.isEmpty ? "none" : found.joined(separator: ", ")),
        remedy: "Save the whole model with its weights, not a configuration alone.")
    }
    guard array.shape == shape else {
      throw Diagnostic(
        "keras-weights",
        "the weights `\(printable(array.name))` are "
          + TensorCheck.text(array.shape)
          + "; layer `\(printable(layer))` needs " + TensorCheck.text(shape),
        remedy: "Configuration and weights are of different models: save the model again.")
    }
    return array
  }

  /// The position of a constant, made when it is first needed.
  mutating func constant(
    _ role: String, of layer: String, _ make: (inout GraphBuilder) throws(Diagnostic) -> Tensor
  ) throws(Diagnostic) -> Int {
    let key = "\(layer)\u{0}\(role)"
    if let known = constants[key] { return known }
    let tensor = try make(&self)
    let index = draft.add(tensor)
    constants[key] = index
    return index
  }
}

extension KerasOperation {
  /// More than one input is allowed.
  fileprivate var takesMany: Bool {
    if case .add = self { return true }
    return false
  }
}
