// Turns a graph into the plan that Engine runs. Knows nothing of formats of model files.

import Core
import Engine
import Interpreter
import Models
import Support

/// Makes plans: what the engine on the chip runs in place of a .tflite file.
public enum PlanWriter {
  /// The plan of `graph`, the same for the same graph.
  ///
  /// `modelID` is what a log calls the model, as `ad`; `weightsSource` is taken from the graph's note
  /// where it is nil. Throws where the interpreter cannot run the graph, or a part is larger than a
  /// plan can be.
  public static func plan(
    of graph: Graph, modelID: String, weightsSource: WeightsSource? = nil
  ) throws(Diagnostic) -> [UInt8] {
    let prepared = try Plan(graph)
    try check(modelID)
    let memory = try ActivationLayout(prepared)
    var constants = ConstantBlock()
    var records: [OperatorRecord] = []
    records.reserveCapacity(graph.operators.count)
    for index in graph.operators.indices {
      let assembly = OperatorAssembly(plan: prepared, memory: memory, index: index)
      records.append(try assembly.record(&constants))
    }
    let ports = try (graph.inputs + graph.outputs).map { (tensor) throws(Diagnostic) in
      try PortRecord(tensor, in: prepared, memory: memory, &constants)
    }
    return try PlanFile(
      graph: graph, modelID: modelID,
      weightsSource: weightsSource ?? graph.weightsSource,
      memory: memory, records: records, ports: ports, constants: constants.bytes
    ).bytes
  }

  private static func check(_ modelID: String) throws(Diagnostic) {
    let isPlain = modelID.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isPlain, !modelID.isEmpty, modelID.utf8.count < PlanFormat.Header.modelIDBytes else {
      throw Diagnostic(
        "model-id",
        "the model id must be 1 to \(PlanFormat.Header.modelIDBytes - 1) printable ASCII "
          + "characters without spaces", remedy: "Name it with --model-id.")
    }
  }
}
