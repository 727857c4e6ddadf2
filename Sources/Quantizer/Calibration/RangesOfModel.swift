import Models
import Support

/// Ranges of an int8 model for the fp32 graph of the same network.
extension CalibrationRanges {
  /// Takes the parameters of all activations from `model`, exactly, so that quantizing `graph` gives
  /// the same scales and zero points. Operators are paired by what they are connected with, else in
  /// order; those that only change shape or type may differ. `file` is only named. Throws where the
  /// two are not the same network.
  public static func of(
    _ model: Graph, for graph: Graph, file: String = ""
  ) throws(Diagnostic) -> CalibrationRanges {
    let pairs: [(their: Int, our: Int)]
    if let found = OperatorPairing.pairs(model, graph) {
      pairs = found
    } else {
      pairs = try inOrder(model, graph, file)
    }
    var result = CalibrationRanges([:], origin: .model(file: file))
    for (position, index) in pairs {
      let (their, our) = (model.operators[position], graph.operators[index])
      let tensors = Array(zip(their.inputs, our.inputs)) + zip(their.outputs, our.outputs)
      for case (let from?, let to?) in tensors.map({ ($0.0 as Int?, $0.1 as Int?) }) {
        guard graph.tensors[to].constant == nil, graph.tensors[to].elementType == .float32 else {
          continue
        }
        guard model.tensors[from].elementType == .int8,
          model.tensors[from].elementCount == graph.tensors[to].elementCount,
          let parameters = model.tensors[from].quantization
        else {
          throw Diagnostic(
            "other-network",
            "tensor \(from) of the int8 model is not int8, or not of the shape of tensor \(to) here",
            remedy: "Take ranges from an int8 model of the same network, or calibrate on samples.",
            place: Place(operatorIndex: index, operatorKind: our.kind.shownName), file: file)
        }
        // Where both models reshape in different places, the first to say so counts.
        if result.entries[to] == nil { result.entries[to] = .parameters(parameters) }
      }
    }
    result.followShapes(in: graph)
    return result
  }

  /// Gives inputs that are only reshaped before the first operator the parameters of the result.
  private mutating func followShapes(in graph: Graph) {
    for each in graph.operators.reversed() where each.kind == .reshape {
      guard let input = each.inputs.first ?? nil, let output = each.outputs.first,
        entries[input] == nil
      else { continue }
      entries[input] = entries[output]
    }
  }

  /// Operators by their place in the list. Throws where kinds differ.
  private static func inOrder(
    _ model: Graph, _ graph: Graph, _ file: String
  ) throws(Diagnostic) -> [(their: Int, our: Int)] {
    func positions(_ graph: Graph) -> [Int] {
      graph.operators.indices.filter {
        !OperatorPairing.changesNoValue(graph.operators[$0].kind)
      }
    }
    let (theirs, ours) = (positions(model), positions(graph))
    let kinds = (theirs.map { model.operators[$0].kind }, ours.map { graph.operators[$0].kind })
    guard kinds.0 == kinds.1 else {
      throw Diagnostic(
        "other-network",
        "the operators differ from those of this model: " + difference(kinds.0, kinds.1),
        remedy: "Take ranges from an int8 model of the same network, or calibrate on samples.",
        file: file)
    }
    return zip(theirs, ours).map { ($0, $1) }
  }

  private static func difference(_ theirs: [OperatorKind], _ ours: [OperatorKind]) -> String {
    for (index, pair) in zip(theirs, ours).enumerated() where pair.0 != pair.1 {
      return "number \(index) is \(pair.0.shownName) there and \(pair.1.shownName) here"
    }
    return "there are \(theirs.count) there and \(ours.count) here"
  }
}
