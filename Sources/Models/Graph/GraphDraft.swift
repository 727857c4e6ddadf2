import Support

/// The parts of a graph while it is being made or changed: readers and generators fill it,
/// transforms rewrite it, `graph()` checks it.
///
/// Operators are TFLite's, with its meaning: images are [N, H, W, C]. A reader of a format with
/// another layout puts a TRANSPOSE where the layouts meet, so that each draft can be run, and leaves
/// it to the transforms to remove it. Batch normalisation is MUL and ADD with constants.
public struct GraphDraft: Sendable, Equatable {
  /// Name of the model; may be empty.
  public var name: String
  /// What the model says of itself, as in `twin of ad, seed 1`.
  public var note: String
  /// All tensors; positions are what operators refer to.
  public var tensors: [Tensor]
  /// In the order of execution.
  public var operators: [Operator]
  /// Positions in `tensors`.
  public var inputs: [Int]
  /// Positions in `tensors`.
  public var outputs: [Int]

  /// An empty draft.
  public init(name: String = "", note: String = "") {
    self.name = name
    self.note = note
    tensors = []
    operators = []
    inputs = []
    outputs = []
  }

  /// The parts of `graph`, its constants shared.
  public init(_ graph: Graph) {
    name = graph.name
    note = graph.note
    tensors = graph.tensors
    operators = graph.operators
    inputs = graph.inputs
    outputs = graph.outputs
  }

  /// The graph; throws the first rule that is broken, with operator or tensor.
  public func graph(remarks: [Diagnostic] = []) throws(Diagnostic) -> Graph {
    try Graph(
      name: name, tensors: tensors, operators: operators, inputs: inputs, outputs: outputs,
      note: note, remarks: remarks)
  }

  /// Adds a tensor and gives its position.
  public mutating func add(_ tensor: Tensor) -> Int {
    tensors.append(tensor)
    return tensors.count - 1
  }

  /// Adds a float32 input of the graph and gives its position.
  public mutating func addInput(_ name: String, shape: [Int]) -> Int {
    let index = add(Tensor(name: name, shape: shape, elementType: .float32))
    inputs.append(index)
    return index
  }

  /// Adds an operator with one output, its shape inferred and its type that of the first input, and
  /// gives the output's position. `name` is the output's; it also says which operator fails.
  public mutating func append(
    _ kind: OperatorKind, _ stated: Attributes? = nil, inputs: [Int?], name: String = ""
  ) throws(Diagnostic) -> Int {
    let attributes = stated ?? .standard(for: kind)
    let place = Place(operatorIndex: operators.count, operatorKind: kind.printableName)
    for case let index? in inputs where !tensors.indices.contains(index) {
      throw Diagnostic(
        "tensor-index", "an input is tensor \(index); there are \(tensors.count)",
        remedy: "The model is damaged: export it again.", place: place)
    }
    let operands = inputs.map { $0.map { tensors[$0] } }
    let shape: [Int]?
    do throws(Diagnostic) {
      shape = try ShapeInference.output(of: kind, attributes, inputs: operands)
    } catch {
      throw error.within(place).named(name)
    }
    guard let shape, let type = (operands.first ?? nil)?.elementType else {
      throw Diagnostic(
        "shape-inference", "the shape of the output is not known in advance",
        remedy: "Export the model with constant shapes, paddings and axes.", place: place
      ).named(name)
    }
    let output = add(Tensor(name: name, shape: shape, elementType: type))
    operators.append(
      Operator(kind: kind, inputs: inputs, outputs: [output], attributes: attributes))
    return output
  }

  /// By tensor: the positions of the operators that read it, ascending.
  public var readers: [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    for (position, each) in operators.enumerated() {
      for index in Set(each.inputs.compactMap { $0 }) {
        result[index, default: []].append(position)
      }
    }
    return result
  }

  /// By tensor: the position of the operator that writes it.
  public var writers: [Int: Int] {
    var result: [Int: Int] = [:]
    for (position, each) in operators.enumerated() {
      for index in each.outputs { result[index] = position }
    }
    return result
  }
}

extension Diagnostic {
  /// The same, with the name that the model gives the operator.
  package func named(_ name: String) -> Diagnostic {
    guard !name.isEmpty else { return self }
    var result = self
    result.message = "`\(printable(name))`: \(message)"
    return result
  }
}
