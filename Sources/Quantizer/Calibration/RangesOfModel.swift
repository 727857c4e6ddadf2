import Models

/// Ranges of an int8 model for the fp32 graph of the same network.
extension CalibrationRanges {
  /// Takes the parameters of all activations from `model`, exactly, so that quantizing `graph` gives
  /// the same scales and zero points. Operators are paired in order; those that only change shape or
  /// type may differ. `file` is only named. Throws where the two are not the same network.
  public static func of(
    _ model: Graph, for graph: Graph, file: String = ""
  ) throws(ModelDiagnostic) -> CalibrationRanges {
    let theirs = model.operators.filter { !Self.changesNoValue($0.kind) }
    let ours = graph.operators.indices.filter { !Self.changesNoValue(graph.operators[$0].kind) }
    guard theirs.map(\.kind) == ours.map({ graph.operators[$0].kind }) else {
      throw ModelDiagnostic(
        "other-network",
        "the operators differ from those of this model: "
          + difference(theirs.map(\.kind), ours.map { graph.operators[$0].kind }),
        remedy: "Take ranges from an int8 model of the same network, or calibrate on samples.",
        file: file)
    }
    var result = CalibrationRanges([:], origin: .model(file: file))
    for (their, index) in zip(theirs, ours) {
      let our = graph.operators[index]
      let pairs = Array(zip(their.inputs, our.inputs)) + zip(their.outputs, our.outputs)
      for case (let from?, let to?) in pairs.map({ ($0.0 as Int?, $0.1 as Int?) }) {
        guard graph.tensors[to].constant == nil, graph.tensors[to].elementType == .float32 else {
          continue
        }
        guard model.tensors[from].elementType == .int8,
          model.tensors[from].elementCount == graph.tensors[to].elementCount,
          let parameters = model.tensors[from].quantization
        else {
          throw ModelDiagnostic(
            "other-network",
            "tensor \(from) of the int8 model is not int8, or not of the shape of tensor \(to) here",
            remedy: "Take ranges from an int8 model of the same network, or calibrate on samples.",
            place: ModelPlace(operatorIndex: index, operatorKind: our.kind.shownName), file: file)
        }
        // Where both models reshape in different places, the first to say so counts.
        if result.entries[to] == nil { result.entries[to] = .parameters(parameters) }
      }
    }
    return result
  }

  private static func changesNoValue(_ kind: OperatorKind) -> Bool {
    [.quantize, .dequantize, .reshape].contains(kind)
  }

  private static func difference(_ theirs: [OperatorKind], _ ours: [OperatorKind]) -> String {
    for (index, pair) in zip(theirs, ours).enumerated() where pair.0 != pair.1 {
      return "number \(index) is \(pair.0.shownName) there and \(pair.1.shownName) here"
    }
    return "there are \(theirs.count) there and \(ours.count) here"
  }
}
