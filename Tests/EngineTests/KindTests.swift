import Interpreter
import Models
import PlanWriter
import TestSupport
import Testing

@testable import Engine

/// The engine against the interpreter, bit for bit.
struct KindTests {
  @Test(arguments: KindSketch.all, Cores.allCases)
  func bitsAreThoseOfTheInterpreter(_ sketch: KindSketch, _ cores: Cores) throws {
    let graph = try sketch.graph()
    let interpreter = try Interpreter(graph)
    let plan = try PlanWriter.plan(of: graph, modelID: "one")
    for seed in 1...3 as ClosedRange<UInt64> {
      let inputs = OneOperator.inputs(of: graph, seed: seed)
      let loaded = try LoadedPlan(plan, cores: cores, copiesConstants: seed == 2)
      #expect(try loaded.run(inputs) == (try interpreter.run(inputs)))
    }
  }

  @Test func everyKernelIsRun() throws {
    var kernels: Set<PlanKernel> = []
    for sketch in KindSketch.all {
      try withPlan(try PlanWriter.plan(of: try sketch.graph(), modelID: "one")) { plan in
        #expect(plan.operatorCount == 1)
        kernels.insert(plan.operation(0).kernel)
      }
    }
    for kernel in PlanKernel.allCases { #expect(kernels.contains(kernel), "\(kernel)") }
  }

  /// Names of operators are those of the schema.
  @Test func namesAreThoseOfTheGraph() throws {
    for sketch in KindSketch.all {
      let graph = try sketch.graph()
      try withPlan(try PlanWriter.plan(of: graph, modelID: "one")) { plan in
        #expect("\(plan.operation(0).kindName)" == graph.operators[0].kind.name)
      }
    }
  }
}
