import Support

/// What must hold between operators and tensors: indices lead to tensors, each tensor is written
/// once, and before it is read.
enum FlowCheck {
  static func check(
    tensors: [Tensor], operators: [Operator], inputs: [Int], outputs: [Int]
  ) throws(Diagnostic) {
    for (name, list) in [("input", inputs), ("output", outputs)] {
      for index in list where !tensors.indices.contains(index) {
        throw missing(index, of: tensors.count, "an \(name) of the graph")
      }
    }
    // An empty tensor has nothing to wait for, a variable keeps its value.
    var isThere = tensors.map { $0.constant != nil || $0.isVariable || $0.elementCount == 0 }
    var isFinal = tensors.map { $0.constant != nil }
    for index in inputs {
      isThere[index] = true
      isFinal[index] = true
    }
    for (position, each) in operators.enumerated() {
      do throws(Diagnostic) {
        for case let index? in each.inputs {
          guard tensors.indices.contains(index) else {
            throw missing(index, of: tensors.count, "an input")
          }
          guard isThere[index] else { throw early(index) }
        }
        for index in each.outputs {
          guard tensors.indices.contains(index) else {
            throw missing(index, of: tensors.count, "an output")
          }
          guard !isFinal[index] else { throw twice(index) }
          isThere[index] = true
          isFinal[index] = !tensors[index].isVariable
        }
      } catch {
        throw error.within(
          Place(operatorIndex: position, operatorKind: each.kind.printableName))
      }
    }
    for index in outputs where !isThere[index] {
      throw Diagnostic(
        "data-flow", "the output of the graph is written by no operator",
        remedy: "The file is damaged: convert the model again.",
        place: Place(tensorIndex: index))
    }
  }

  private static func missing(_ index: Int, of count: Int, _ what: String) -> Diagnostic {
    Diagnostic(
      "tensor-index", "\(what) is tensor \(index); there are \(count), counted from 0",
      remedy: "The file is damaged: convert the model again.",
      place: Place(tensorIndex: index))
  }

  private static func early(_ index: Int) -> Diagnostic {
    Diagnostic(
      "data-flow", "an input is read before any operator wrote it",
      remedy: "Operators must stand in the order of execution: convert the model again.",
      place: Place(tensorIndex: index))
  }

  private static func twice(_ index: Int) -> Diagnostic {
    Diagnostic(
      "data-flow", "an output is a constant, an input of the graph, or written already",
      remedy: "Each tensor is written once: convert the model again.",
      place: Place(tensorIndex: index))
  }
}
