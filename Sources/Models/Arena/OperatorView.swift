/// One operator with the tensors it refers to.
struct OperatorView {
  let subject: Operator
  let tensors: [Tensor]

  var kind: OperatorKind { subject.kind }
  var window: Window? { subject.attributes.window }
  var output: Tensor? { subject.outputs.first.map { tensors[$0] } }

  func input(_ position: Int) -> Tensor? { index(position).map { tensors[$0] } }

  private func index(_ position: Int) -> Int? {
    subject.inputs.indices.contains(position) ? subject.inputs[position] : nil
  }

  /// Shapes of data, weights and output.
  var operands: (input: [Int], weights: [Int], output: [Int])? {
    guard let data = input(0), let weights = input(1), let output else { return nil }
    return (data.shape, weights.shape, output.shape)
  }

  /// A TfLiteTensor of each of these inputs that is there, then of the first output.
  func temporaries(_ inputs: [Int], out: Bool = false) -> [KernelMemory.Step] {
    var result = inputs.compactMap { index($0) }.map { KernelMemory.Step.temporary(tensor: $0) }
    if out, let output = subject.outputs.first { result.append(.temporary(tensor: output)) }
    return result
  }

  /// Data and result are int8.
  var isInt8: Bool { input(0)?.elementType == .int8 && output?.elementType == .int8 }

  private var isFloat: Bool {
    input(0)?.elementType == .float32 && output?.elementType == .float32
  }

  /// All of float32, or all of int8, weights too.
  var isModelled: Bool {
    guard OperatorCosting.weightsOperand(kind) != nil else { return isInt8 || isFloat }
    return isInt8 && input(1)?.elementType == .int8 || isFloat && input(1)?.elementType == .float32
  }

  /// Why its memory is not known, with its types where they are the reason.
  var reasonForMargin: String {
    let types = (subject.inputs.compactMap { $0 } + subject.outputs).map {
      tensors[$0].elementType.name
    }
    var unique: [String] = []
    for type in types where !unique.contains(type) { unique.append(type) }
    let name = kind.printableName
    let list = unique.isEmpty ? "" : " of \(unique.joined(separator: ", "))"
    return "what the kernel of \(name)\(list) takes from the arena is not known"
  }
}
