import Support

/// Stacks operators with seeded weights onto a draft, the last tensor being the next one's input.
struct ModelBuilder {
  private(set) var draft: GraphDraft
  /// Position of the tensor that the next operator reads.
  var last: Int
  private var weights: SeededWeights
  /// By number of elements.
  private var zeroBiases: [Int: Int] = [:]

  init(name: String, note: String, input: [Int], seed: UInt64) {
    draft = GraphDraft(name: name, note: note)
    last = draft.addInput("input", shape: input)
    weights = SeededWeights(seed: seed)
  }

  /// The shape of the last tensor.
  var shape: [Int] { draft.tensors[last].shape }

  mutating func convolution(
    _ channels: Int, _ height: Int, _ width: Int, stride: Int = 1, padding: Padding = .same,
    _ activation: FusedActivation = .relu
  ) throws(Diagnostic) {
    let depth = shape[3]
    let filter = constant([channels, height, width, depth], fanIn: height * width * depth)
    let bias = biases(channels)
    let window = Window(padding: padding, stride: Extent(height: stride, width: stride))
    last = try draft.append(
      .conv2D, .convolution(window, activation), inputs: [last, filter, bias])
  }

  mutating func depthwise(
    _ height: Int, _ width: Int, stride: Int = 1, padding: Padding = .same,
    hasBias: Bool = true, _ activation: FusedActivation = .relu
  ) throws(Diagnostic) {
    let depth = shape[3]
    let filter = constant([1, height, width, depth], fanIn: height * width)
    let bias = hasBias ? biases(depth) : zeros(depth)
    let window = Window(padding: padding, stride: Extent(height: stride, width: stride))
    last = try draft.append(
      .depthwiseConv2D, .depthwise(window, depthMultiplier: 1, activation),
      inputs: [last, filter, bias])
  }

  mutating func fullyConnected(
    _ outputs: Int, _ activation: FusedActivation
  ) throws(Diagnostic) {
    let inputs = shape.last ?? 0
    let matrix = constant([outputs, inputs], fanIn: inputs)
    let bias = biases(outputs)
    last = try draft.append(
      .fullyConnected,
      .fullyConnected(activation, keepsDimensions: false, hasShuffledWeights: false),
      inputs: [last, matrix, bias])
  }

  /// Sum with another tensor.
  mutating func add(_ other: Int, _ activation: FusedActivation) throws(Diagnostic) {
    last = try draft.append(.add, .activation(activation), inputs: [other, last])
  }

  /// The mean over the whole image.
  mutating func averagePool() throws(Diagnostic) {
    let size = Extent(height: shape[1], width: shape[2])
    last = try draft.append(
      .averagePool2D, .pooling(Window(padding: .valid, stride: size, size: size), .none),
      inputs: [last])
  }

  mutating func append(_ kind: OperatorKind) throws(Diagnostic) {
    last = try draft.append(kind, inputs: [last])
  }

  /// Minimum with a constant.
  mutating func minimum(_ limit: Float) throws(Diagnostic) {
    last = try draft.append(.minimum, inputs: [last, draft.add(.floats([limit], shape: [1]))])
  }

  /// The graph, the last tensor as its output.
  func graph() throws(Diagnostic) -> Graph {
    var result = draft
    result.outputs = [last]
    result.tensors[last].name = "output"
    return try result.graph()
  }

  private mutating func constant(_ shape: [Int], fanIn: Int) -> Int {
    draft.add(.floats(weights.weights(shape, fanIn: fanIn), shape: shape))
  }

  /// TensorFlow's converter gives operators without a bias one of zeros, the same tensor to all of a
  /// size.
  private mutating func zeros(_ count: Int) -> Int {
    if let known = zeroBiases[count] { return known }
    let index = draft.add(.floats(Array(repeating: 0, count: count), shape: [count]))
    zeroBiases[count] = index
    return index
  }

  private mutating func biases(_ count: Int) -> Int {
    draft.add(.floats(weights.biases(count), shape: [count]))
  }
}
