import Models
import Support

/// An operator about to be prepared, and what it may ask of its tensors.
///
/// Whatever a step is given comes from here: operands whose type, size and place are checked.
struct Preparation {
  /// Position in `Graph.operators`.
  let index: Int
  let operation: Operator
  let tensors: [Tensor]
  let map: MemoryMap

  init(_ graph: Graph, index: Int, map: MemoryMap) {
    self.index = index
    operation = graph.operators[index]
    tensors = graph.tensors
    self.map = map
  }

  /// Throws unless there are so many inputs, left out ones counted, and one output.
  func expectInputs(_ allowed: ClosedRange<Int>) throws(Diagnostic) {
    guard allowed.contains(operation.inputs.count), operation.outputs.count == 1 else {
      throw refusal(
        "operands",
        "there are \(operation.inputs.count) inputs and \(operation.outputs.count) outputs; "
          + "\(allowed.lowerBound) to \(allowed.upperBound) inputs and one output are allowed",
        remedy: "The model is damaged: convert it again.")
    }
  }

  /// The tensor of an input that must be there.
  func inputTensor(_ position: Int) throws(Diagnostic) -> Tensor {
    tensors[try inputIndex(position)]
  }

  /// The tensor of an output.
  func outputTensor(_ position: Int = 0) throws(Diagnostic) -> Tensor {
    tensors[try outputIndex(position)]
  }

  /// True where the input is neither missing nor left out.
  func hasInput(_ position: Int) -> Bool {
    operation.inputs.indices.contains(position) && operation.inputs[position] != nil
  }

  /// An input with elements of that type; throws where it has others.
  func input<Element: TensorElement>(
    _ position: Int, as type: Element.Type
  ) throws(Diagnostic) -> InputOperand<Element> {
    let tensor = try inputIndex(position)
    let (region, count) = try place(tensor, as: type)
    return InputOperand(tensor: tensor, region: region, count: count)
  }

  /// The same; nil for an input that is left out.
  func optionalInput<Element: TensorElement>(
    _ position: Int, as type: Element.Type
  ) throws(Diagnostic) -> InputOperand<Element>? {
    hasInput(position) ? try input(position, as: type) : nil
  }

  /// An output with elements of that type; throws where it has others.
  func output<Element: TensorElement>(
    _ position: Int = 0, as type: Element.Type
  ) throws(Diagnostic) -> OutputOperand<Element> {
    let tensor = try outputIndex(position)
    let count = try place(tensor, as: type).count
    return OutputOperand(tensor: tensor, region: try region(ofOutput: position), count: count)
  }

  /// The bytes of an input, whatever its type.
  func region(ofInput position: Int) throws(Diagnostic) -> MemoryMap.Region {
    try storage(try inputIndex(position))
  }

  /// The bytes of an output, whatever its type.
  func region(ofOutput position: Int) throws(Diagnostic) -> MemoryMap.Region {
    let region = try storage(try outputIndex(position))
    // A graph writes no constants; without this check a step could.
    guard region.area == .activations else {
      throw refusal("data-flow", "an output is a constant", remedy: "Convert the model again.")
    }
    return region
  }

  private func inputIndex(_ position: Int) throws(Diagnostic) -> Int {
    guard operation.inputs.indices.contains(position), let tensor = operation.inputs[position]
    else {
      throw refusal(
        "operands", "input \(position) is missing",
        remedy: "The model is damaged: convert it again.")
    }
    return tensor
  }

  private func outputIndex(_ position: Int) throws(Diagnostic) -> Int {
    guard operation.outputs.indices.contains(position) else {
      throw refusal(
        "operands", "output \(position) is missing",
        remedy: "The model is damaged: convert it again.")
    }
    return operation.outputs[position]
  }

  private func place<Element: TensorElement>(
    _ index: Int, as type: Element.Type
  ) throws(Diagnostic) -> (region: MemoryMap.Region, count: Int) {
    let tensor = tensors[index]
    guard tensor.elementType == Element.elementType else {
      throw refusal(
        "element-type",
        "elements are \(tensor.elementType.name); \(Element.elementType.name) is needed",
        remedy: "Convert or quantize the model again.", tensor: index)
    }
    let region = try storage(index)
    guard let count = tensor.elementCount, region.byteCount == count * MemoryLayout<Element>.stride
    else { throw unstored(index) }
    return (region, count)
  }

  private func storage(_ index: Int) throws(Diagnostic) -> MemoryMap.Region {
    guard let region = map.regions[index] else { throw unstored(index) }
    return region
  }

  private func unstored(_ index: Int) -> Diagnostic {
    refusal(
      "no-storage", "the tensor is stored sparsely or has no fixed size",
      remedy: "Convert the model with dense constants and fixed shapes.", tensor: index)
  }
}
