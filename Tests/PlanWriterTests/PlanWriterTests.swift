import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import Engine
@testable import PlanWriter

/// What the writer makes of a graph.
struct PlanWriterTests {
  /// Input, TANH, RESHAPE, RESHAPE, TANH twice from one table.
  private func chain() throws -> Graph {
    var one = OneOperator(seed: 1)
    let data = one.input(.int8, [2, 6])
    let unit = Quantization(scales: [1 / 128], zeroPoints: [0])
    func append(
      _ kind: OperatorKind, _ attributes: Attributes? = nil, _ input: Int
    ) throws -> Int {
      let output = try one.draft.append(kind, attributes, inputs: [input])
      one.draft.tensors[output].quantization = unit
      return output
    }
    let first = try append(.tanh, nil, data)
    let shaped = try append(.reshape, .reshape(to: [3, 4]), first)
    let again = try append(.reshape, .reshape(to: [12]), shaped)
    let left = try append(.tanh, nil, again)
    let right = try append(.tanh, nil, first)
    let flat = try append(.reshape, .reshape(to: [12]), right)
    let sum = try one.draft.append(.add, inputs: [left, flat])
    one.draft.tensors[sum].quantization = unit
    one.draft.outputs = [sum]
    return try one.draft.graph()
  }

  @Test func reshapeSharesItsPlace() throws {
    let graph = try chain()
    let loaded = try LoadedPlan(try PlanWriter.plan(of: graph, modelID: "chain"))
    for index in 0..<loaded.plan.operatorCount {
      let operation = loaded.plan.operation(index)
      guard operation.kernel == .copy else { continue }
      #expect(operation.operand(.input) == operation.operand(.output))
    }
    let inputs = OneOperator.inputs(of: graph, seed: 2)
    #expect(try loaded.run(inputs) == (try Interpreter(graph).run(inputs)))
  }

  @Test func equalConstantsAreStoredOnce() throws {
    try withPlan(try PlanWriter.plan(of: try chain(), modelID: "chain")) { plan in
      let tables = [3, 4].map { plan.operation($0).operand(.second) }
      #expect(tables[0] == tables[1] && tables[0].bytes == 256)
      // Another table for the input's own scale, and nothing else.
      #expect(plan.constants.count == 512)
    }
  }

  @Test func arenasAreNoLargerThanTensorsApart() throws {
    for sketch in KindSketch.all {
      let graph = try sketch.graph()
      let scratch = try Plan(graph).steps.map(\.scratchBytes)
      let apart = try MemoryPlanner.plan(graph, scratchBytes: scratch).bytes
      let most = ((scratch.max() ?? 0) + 15) & ~15
      try withPlan(try PlanWriter.plan(of: graph, modelID: "one")) { plan in
        #expect(plan.arenaBytes(cores: 1) <= apart)
        #expect(plan.arenaBytes(cores: 2) == plan.arenaBytes(cores: 1) + most)
        #expect(plan.scratchBytes == scratch.max())
      }
    }
  }

  @Test func severalInputsAndOutputsAreInThePlan() throws {
    var one = OneOperator(seed: 3)
    try one.binary(.add, .float32, [2, 3], [2, 3])
    let sum = one.draft.outputs[0]
    one.draft.outputs.append(try one.draft.append(.tanh, inputs: [sum]))
    // An input that is an output, too.
    one.draft.outputs.append(one.draft.inputs[0])
    let graph = try one.draft.graph()
    let loaded = try LoadedPlan(try PlanWriter.plan(of: graph, modelID: "many"))
    #expect(loaded.plan.inputCount == 2 && loaded.plan.outputCount == 3)
    let inputs = OneOperator.inputs(of: graph, seed: 4)
    #expect(try loaded.run(inputs) == (try Interpreter(graph).run(inputs)))
  }

  @Test func whatCannotRunIsRefusedAsTheInterpreterDoes() throws {
    var one = OneOperator(seed: 5)
    let data = one.input(.float32, [2, 3])
    one.draft.outputs = [
      one.draft.add(Tensor(name: "", shape: [2, 3], elementType: .float32))
    ]
    one.draft.operators = [
      Operator(kind: OperatorKind(customName: "Other"), inputs: [data], outputs: one.draft.outputs)
    ]
    let graph = try one.draft.graph()
    var found: Diagnostic?
    do throws(Diagnostic) {
      _ = try PlanWriter.plan(of: graph, modelID: "other")
    } catch { found = error }
    #expect(found?.rule == "operator-kind" && found?.place.operatorIndex == 0)
  }

  @Test(arguments: ["", "two words", "naïve", String(repeating: "x", count: 64), "line\n"])
  func namesThatNoLogCanHoldAreRefused(_ name: String) throws {
    let graph = try KindSketch.all[0].graph()
    #expect(throws: Diagnostic.self) { try PlanWriter.plan(of: graph, modelID: name) }
  }

  @Test func longestNameFits() throws {
    let name = String(repeating: "x", count: 63)
    let plan = try PlanWriter.plan(of: try KindSketch.all[0].graph(), modelID: name)
    #expect(try withPlan(plan) { String(cString: $0.modelID) } == name)
  }
}
