import Interpreter
import Models
import Support

/// Runs a graph and keeps what every operator gave.
final class Recorder {
  private let graph: Graph
  private let interpreter: Interpreter
  /// Real numbers of the last run, by tensor: inputs of the graph and outputs of operators.
  private(set) var values: [Int: [Float]] = [:]
  /// int8 values of the last run, by tensor; only outputs of operators that are int8.
  private(set) var integers: [Int: [Int8]] = [:]

  convenience init(_ graph: Graph) throws(Diagnostic) { self.init(try Plan(graph)) }

  /// Several recorders may share a plan.
  init(_ plan: Plan) {
    graph = plan.graph
    interpreter = Interpreter(plan)
    interpreter.observer = { [unowned self] _, tensor, bytes in
      keep(tensor, bytes)
    }
  }

  /// One inference; gives the outputs as real numbers.
  func run(_ inputs: [[Float]]) throws(Diagnostic) -> [[Float]] {
    values.removeAll(keepingCapacity: true)
    integers.removeAll(keepingCapacity: true)
    for (tensor, given) in zip(graph.inputs, inputs) { values[tensor] = given }
    return try interpreter.run(floats: inputs)
  }

  private func keep(_ tensor: Int, _ bytes: UnsafeRawBufferPointer) {
    switch graph.tensors[tensor].elementType {
    case .float32:
      let count = bytes.count / 4
      values[tensor] = [Float](unsafeUninitializedCapacity: count) { target, filled in
        // Bounds: `count` floats have 4 x count bytes, which `bytes` has at least.
        UnsafeMutableRawBufferPointer(target).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[..<(4 * count)]))
        filled = count
      }
    case .int8:
      integers[tensor] = [Int8](unsafeUninitializedCapacity: bytes.count) { target, filled in
        // Bounds: as many bytes as elements.
        UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
        filled = bytes.count
      }
    default: break
    }
  }
}
