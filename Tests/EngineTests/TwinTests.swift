import Core
import Interpreter
import Models
import PlanWriter
import Quantizer
import TestSupport
import Testing

@testable import Engine

/// Whole models: every operator of the engine against the interpreter's.
struct TwinTests {
  @Test(arguments: TinyMLTwin.allCases, [Dtype.fp32, .int8])
  func bitsAreThoseOfTheInterpreter(_ twin: TinyMLTwin, _ dtype: Dtype) throws {
    let graph = try Self.graph(twin, dtype)
    let inputs = OneOperator.inputs(of: graph, seed: 5)
    let expected = try Interpreter(graph).run(inputs)
    let bytes = try PlanWriter.plan(of: graph, modelID: twin.rawValue)
    for cores in Cores.allCases {
      let loaded = try LoadedPlan(bytes, cores: cores, copiesConstants: cores == .thread)
      #expect(try loaded.run(inputs) == expected)
      // Again, in memory that holds what the first run left.
      #expect(try loaded.run(inputs) == expected)
    }
  }

  @Test(arguments: [TinyMLTwin.kws, .sww], [Dtype.fp32, .int8])
  func plansSayWhatTheyAreOf(_ twin: TinyMLTwin, _ dtype: Dtype) throws {
    let made = try Self.graph(twin, dtype)
    let graph = try TFLiteReader.read(bytes: try TFLiteWriter.bytes(of: made))
    let bytes = try PlanWriter.plan(of: graph, modelID: twin.rawValue)
    #expect(bytes == (try PlanWriter.plan(of: graph, modelID: twin.rawValue)))
    let plan = try LoadedPlan(bytes)
    defer { withExtendedLifetime(plan) {} }
    #expect(String(cString: plan.plan.modelID) == twin.rawValue)
    #expect(plan.plan.dtype == dtype && plan.plan.weightsSource == .twin)
    #expect(plan.plan.macs == graph.macs && plan.plan.weightBytes == graph.weightBytes)
    #expect(plan.plan.modelChecksum == graph.crc32)
    #expect(Int(plan.plan.modelBytes) == graph.bytes.count)
    #expect(plan.plan.operatorCount == graph.operators.count)
    for (index, cost) in graph.costs.enumerated() {
      let operation = plan.plan.operation(index)
      #expect(operation.macs == cost.macs && operation.weightBytes == cost.weightBytes)
      #expect("\(operation.kindName)" == cost.kind)
    }
    let input = graph.tensors[graph.inputs[0]]
    #expect(plan.plan.input(0).elementType == input.elementType.rawValue)
    #expect(plan.plan.input(0).count == input.elementCount)
    #expect(plan.plan.input(0).scale == input.quantization?.scales.first ?? 0)
    #expect(plan.plan.input(0).zeroPoint == Int32(input.quantization?.zeroPoints.first ?? 0))
  }

  private static func graph(_ twin: TinyMLTwin, _ dtype: Dtype) throws -> Graph {
    let graph = try twin.graph()
    guard dtype == .int8 else { return graph }
    // Any ranges do: what is compared are bits.
    let computed = graph.inputs + graph.operators.flatMap(\.outputs)
    let ranges = CalibrationRanges(
      Dictionary(uniqueKeysWithValues: computed.map { ($0, .range(min: -3, max: 4)) }))
    return try Quantizer.quantize(graph, ranges: ranges).graph
  }
}
