import Models

/// Turns the operators of a graph into nodes, one after the other.
///
/// A tensor of four dimensions may stand in the file in two forms: as it is, and as an image with
/// channels first. Operators ask for the form they need, which is made where it is not there yet.
struct Exporter {
  /// Order of a tensor's elements in the file.
  enum Form: Hashable {
    /// As in the graph.
    case plain
    /// [N, C, H, W] where the graph has [N, H, W, C].
    case channelsFirst
    /// Rows of C x H x W elements where the graph has rows of H x W x C.
    case channelsFirstRows
  }

  /// From [N, H, W, C] to [N, C, H, W], and back.
  static let toChannelsFirst = [0, 3, 1, 2]
  static let toChannelsLast = [0, 2, 3, 1]

  let graph: Graph
  let options: ONNXWriter.Options
  var nodes: [ONNXNodeProto] = []
  var initializers: [ONNXTensorProto] = []
  /// By tensor: the form in which it was made.
  var native: [Int: Form] = [:]
  /// By tensor in [N, C x H x W] rows: the image that they were.
  var rows: [Int: [Int]] = [:]
  let readers: [Int: [Int]]
  private var names = NameTable()
  private var values: [Key: String] = [:]

  private struct Key: Hashable {
    var tensor: Int
    var form: Form
  }

  init(_ graph: Graph, options: ONNXWriter.Options) {
    self.graph = graph
    self.options = options
    readers = GraphDraft(graph).readers
  }

  func shape(_ tensor: Int) -> [Int] { graph.tensors[tensor].shape }

  func isConstant(_ tensor: Int) -> Bool { graph.tensors[tensor].constant != nil }

  /// The form a tensor has already; that of a constant is as it is.
  func form(_ tensor: Int) -> Form { native[tensor] ?? .plain }
}

/// Names of values.
extension Exporter {
  /// The name of a tensor in that form, which is made where it is not there yet.
  mutating func name(_ tensor: Int, _ form: Form = .plain) -> String {
    let key = Key(tensor: tensor, form: form)
    if let name = values[key] { return name }
    if isConstant(tensor) {
      let constant = graph.tensors[tensor]
      let ordered =
        form == .channelsFirst
        ? ConstantOrder.transposed(constant, Self.toChannelsFirst) : constant
      return keep(initializer(ordered, called: constant.name), key)
    }
    let suffix = form == .plain ? "/nhwc" : "/nchw"
    let output = names.unique(base(tensor) + suffix)
    let source = name(tensor, self.form(tensor))
    let order = form == .plain ? Self.toChannelsLast : Self.toChannelsFirst
    add("Transpose", [source], output, [.ints("perm", order)])
    return keep(output, key)
  }

  /// The tensor has that name in that form.
  mutating func alias(_ tensor: Int, _ form: Form, _ name: String) {
    native[tensor] = form
    values[Key(tensor: tensor, form: form)] = name
  }

  /// A new name for a tensor that the next node writes in that form.
  mutating func define(_ tensor: Int, _ form: Form) -> String {
    let name = names.unique(base(tensor))
    alias(tensor, form, name)
    return name
  }

  /// A new name for something between two tensors.
  mutating func between(_ tensor: Int, _ suffix: String) -> String {
    names.unique(base(tensor) + suffix)
  }

  private func base(_ tensor: Int) -> String {
    let name = graph.tensors[tensor].name
    if !name.isEmpty { return name }
    if graph.inputs.contains(tensor) { return "input" }
    return graph.outputs.contains(tensor) ? "output" : "tensor_\(tensor)"
  }

  private mutating func keep(_ name: String, _ key: Key) -> String {
    values[key] = name
    return name
  }

  /// Names that no other value may take.
  mutating func reserve(_ name: String) -> String { names.unique(name) }
}

/// What is added to the file.
extension Exporter {
  mutating func add(
    _ kind: String, _ inputs: [String], _ output: String, _ attributes: [ONNXAttributeProto] = []
  ) {
    var node = ONNXNodeProto()
    node.input = inputs
    node.output = [output]
    node.name = "\(kind)_\(nodes.count)"
    node.opType = kind
    node.attribute = attributes
    nodes.append(node)
  }

  /// Adds a float32 constant and gives its name.
  mutating func initializer(_ tensor: Tensor, called name: String) -> String {
    let name = names.unique(name.isEmpty ? "constant_\(initializers.count)" : name)
    initializers.append(ONNXTensorProto(tensor, name: name))
    return name
  }

  /// Adds a list of int64, as shapes and pads are, and gives its name.
  mutating func list(_ values: [Int], called name: String) -> String {
    let name = names.unique(name)
    initializers.append(ONNXTensorProto(list: values, name: name))
    return name
  }
}
