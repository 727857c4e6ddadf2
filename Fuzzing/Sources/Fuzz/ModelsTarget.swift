import Models
import Support

extension Target {
  /// Model files: a graph that is sound, or a message that says where and what to do.
  static let models = Target(name: "models") { bytes in
    do throws(Diagnostic) {
      let graph = try TFLiteReader.read(bytes: bytes)
      check(graph, bytes)
      checkUses(graph, ModelUse(bytes), isLowered: false)
    } catch {
      checkText(error)
      let place = error.place
      require(
        place.offset != nil || place.operatorIndex != nil || place.tensorIndex != nil,
        "no place: \(error.headline)")
    }
  }
}

private func check(_ graph: Graph, _ bytes: [UInt8]) {
  require(graph.bytes == bytes, "the graph is of other bytes")
  require(graph.costs.count == graph.operators.count, "a cost for each operator")
  _ = graph.types.description
  graph.remarks.forEach(checkText)
  // More than every byte once can only be read where parts are shared, and then a little.
  require(graph.tensors.count <= bytes.count && graph.operators.count <= bytes.count, "too many")
  for (index, tensor) in graph.tensors.enumerated() {
    require(tensor.elementCount != nil, "tensor \(index) has no number of elements")
    guard let constant = graph.constant(index), !tensor.isSparse, let size = tensor.byteCount else {
      continue
    }
    require(constant.count == size, "tensor \(index) has \(constant.count) bytes, not \(size)")
  }
  for (each, cost) in zip(graph.operators, graph.costs) {
    require(cost.kind == each.kind.name, "the cost is another operator's")
    let constants = Set(each.inputs.compactMap { $0 }).reduce(UInt64(0)) {
      $0 + UInt64(graph.tensors[$1].constant?.count ?? 0)
    }
    require(cost.weightBytes + cost.constantBytes == constants, "bytes are lost or counted twice")
    require(cost.macs == 0 || cost.uncounted == nil, "MACs and none")
    if case .fullyConnected = each.attributes, let output = each.outputs.first,
      let count = graph.tensors[output].elementCount, count > 0
    {
      require(cost.macs % UInt64(count) == 0 && cost.macs > 0, "MACs of no whole row")
    }
  }
  require(graph.macs == graph.costs.reduce(0) { $0 + $1.macs }, "MACs do not add up")
  again(graph)
}

/// The parts of a graph make the same graph.
private func again(_ graph: Graph) {
  let copy = try? Graph(
    name: graph.name, tensors: graph.tensors, operators: graph.operators, inputs: graph.inputs,
    outputs: graph.outputs, bytes: graph.bytes, remarks: graph.remarks)
  require(copy?.costs == graph.costs && copy?.crc32 == graph.crc32, "not the same graph again")
}
