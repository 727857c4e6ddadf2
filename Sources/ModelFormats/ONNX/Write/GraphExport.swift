import Models
import Support

/// From the graph to the whole file.
extension Exporter {
  mutating func model() throws(Diagnostic) -> ONNXModelProto {
    var file = ONNXModelProto()
    file.irVersion = Int64(ONNXWriter.irVersion)
    file.producerName = options.producer
    var operators = ONNXOperatorSetIdProto()
    operators.domain = ""
    operators.version = Int64(ONNXWriter.opset)
    file.opsetImport = [operators]
    var content = ONNXGraphProto()
    content.name = graph.name.isEmpty ? "model" : graph.name
    if !graph.note.isEmpty { content.docString = graph.note }
    content.input = addInputs()
    for (position, each) in graph.operators.enumerated() {
      do throws(Diagnostic) {
        try export(each)
      } catch {
        throw error.within(Place(operatorIndex: position, operatorKind: each.kind.name))
      }
    }
    content.output = addOutputs(inputs: Set(content.input.map(\.name)))
    content.node = nodes
    content.initializer = initializers
    file.graph = content
    return file
  }

  private mutating func addInputs() -> [ONNXValueInfoProto] {
    var result: [ONNXValueInfoProto] = []
    for tensor in graph.inputs {
      let isImage = options.imageOrder == .channelsFirst && meetsImages(tensor)
      let name = define(tensor, isImage ? .channelsFirst : .plain)
      result.append(ONNXValueInfoProto(name, shape: ordered(shape(tensor), form(tensor))))
    }
    return result
  }

  /// The nodes that write outputs get their names.
  private mutating func addOutputs(inputs: Set<String>) -> [ONNXValueInfoProto] {
    var result: [ONNXValueInfoProto] = []
    var renamed: [String: String] = [:]
    let constants = Set(initializers.map(\.name))
    for (position, tensor) in graph.outputs.enumerated() {
      let form: Form = options.imageOrder == .channelsLast ? .plain : self.form(tensor)
      let current = name(tensor, form)
      let tensorName = graph.tensors[tensor].name
      let wanted =
        !tensorName.isEmpty ? tensorName : position == 0 ? "output" : "output_\(position)"
      var given = current
      if inputs.contains(current) || constants.contains(current) || renamed[current] != nil {
        given = reserve(wanted)
        add("Identity", [current], given)
      } else if current != wanted {
        given = reserve(wanted)
        renamed[current] = given
      } else {
        renamed[current] = current
      }
      result.append(ONNXValueInfoProto(given, shape: ordered(shape(tensor), form)))
    }
    for index in nodes.indices {
      nodes[index].input = nodes[index].input.map { renamed[$0] ?? $0 }
      nodes[index].output = nodes[index].output.map { renamed[$0] ?? $0 }
    }
    return result
  }

  private func ordered(_ shape: [Int], _ form: Form) -> [Int] {
    form == .channelsFirst ? Self.toChannelsFirst.map { shape[$0] } : shape
  }

  /// True where an operator on images reads the tensor, or what follows from it element by element.
  private func meetsImages(_ tensor: Int) -> Bool {
    var open = [tensor]
    var seen: Set = [tensor]
    while let next = open.popLast() {
      guard shape(next).count == 4 else { continue }
      for position in readers[next] ?? [] {
        let reader = graph.operators[position]
        if Self.imageKinds.contains(reader.kind), reader.inputs.first == next { return true }
        guard Self.pointwiseKinds.contains(reader.kind) || reader.kind == .pad else { continue }
        open += reader.outputs.filter { seen.insert($0).inserted }
      }
    }
    return false
  }
}
