import Interpreter
import Models
import Support

/// Runs fp32, int8, and each operator alone in int8, and adds up the differences.
struct DamageMeter {
  private(set) var rows: [QuantizationReport.Row]
  private(set) var inputs: [QuantizationReport.InputRow]
  private(set) var outputs: [SignalToNoise]

  private let model: QuantizedModel
  private let exact: Recorder
  private let whole: Recorder
  /// By operator of the fp32 graph: it alone in int8, and the tensors it is given.
  private let alone: [(interpreter: Interpreter, inputs: [Int])]

  init(_ model: QuantizedModel) throws(Diagnostic) {
    self.model = model
    let source = model.source
    exact = try Recorder(source)
    whole = try Recorder(model.graph)
    rows = source.operators.enumerated().map { index, each in
      QuantizationReport.Row(index: index, kind: each.kind.name, tensor: each.outputs[0])
    }
    inputs = source.inputs.map { QuantizationReport.InputRow(tensor: $0) }
    outputs = source.outputs.map { _ in SignalToNoise() }
    var alone: [(Interpreter, [Int])] = []
    for index in source.operators.indices {
      let part = try model.operatorAlone(index)
      alone.append((try Interpreter(part.graph), part.inputs))
    }
    self.alone = alone
  }

  mutating func add(_ sample: [[Float]]) throws(Diagnostic) {
    let expected = try exact.run(sample)
    let found = try whole.run(sample)
    for (index, pair) in zip(expected, found).enumerated() {
      outputs[index].add(reference: pair.0, other: pair.1)
    }
    for index in inputs.indices {
      let tensor = inputs[index].tensor
      guard let values = exact.values[tensor], let parameters = model.parameters[tensor] else {
        continue
      }
      inputs[index].clipped.add(clipped(values, parameters), of: values.count)
      inputs[index].min = min(inputs[index].min, values.min() ?? .infinity)
      inputs[index].max = max(inputs[index].max, values.max() ?? -.infinity)
    }
    for index in rows.indices { try add(index) }
  }

  private mutating func add(_ index: Int) throws(Diagnostic) {
    let tensor = rows[index].tensor
    guard var reference = exact.values[tensor], let parameters = model.parameters[tensor],
      let integers = whole.integers[tensor]
    else { return }
    if model.limited.contains(tensor) {
      // Cut off on purpose: what is left is all that is read.
      let extent = parameters.extent
      reference = reference.map { min(max($0, extent.min), extent.max) }
    }
    rows[index].collected.add(reference: reference, other: integers.map(parameters.real))
    rows[index].clipped.add(clipped(reference, parameters), of: reference.count)
    rows[index].atLowest.add(integers.count { $0 == .min }, of: integers.count)
    rows[index].atHighest.add(integers.count { $0 == .max }, of: integers.count)
    let given = alone[index].inputs.map { exact.values[$0] ?? [] }
    let result = try alone[index].interpreter.run(floats: given)
    rows[index].own.add(reference: reference, other: result[0])
  }

  private func clipped(_ values: [Float], _ parameters: Quantization) -> Int {
    let half = parameters.scales[0] / 2
    let low = parameters.extent.min - half
    let high = parameters.extent.max + half
    return values.count { $0 < low || $0 > high }
  }
}

extension Share {
  mutating func add(_ more: Int, of total: Int) {
    count += more
    self.total += total
  }
}

extension QuantizedModel {
  /// The int8 form of one operator of the fp32 graph as a graph of its own, and which tensors of the
  /// fp32 graph it is given. Operands are read in the scale in which they come.
  func operatorAlone(_ index: Int) throws(Diagnostic) -> (graph: Graph, inputs: [Int]) {
    let each = graph.operators[operators[index]]
    var draft = GraphDraft()
    var places: [Int: Int] = [:]
    var given: [Int] = []
    for (position, tensor) in each.inputs.enumerated() {
      guard let tensor, places[tensor] == nil else { continue }
      let place = draft.add(graph.tensors[tensor])
      places[tensor] = place
      guard graph.tensors[tensor].constant == nil else { continue }
      draft.inputs.append(place)
      // A copy in another scale stands for the tensor that the fp32 operator reads.
      given.append(source.operators[index].inputs[position] ?? tensor)
    }
    for tensor in each.outputs where places[tensor] == nil {
      places[tensor] = draft.add(graph.tensors[tensor])
    }
    var alone = each
    alone.inputs = each.inputs.map { $0.flatMap { places[$0] } }
    alone.outputs = each.outputs.compactMap { places[$0] }
    draft.operators = [alone]
    draft.outputs = alone.outputs
    return (try draft.graph(), given)
  }
}
