import Core
import Support
import Testing

@testable import Models

@Suite struct ArenaPlanTests {
  @Test func partsOfAPlanAgree() throws {
    for name in ArenaFixture.names {
      for isInt8 in [false, true] {
        let graph = try ArenaFixture.graph(name, isInt8: isInt8)
        let plan = try ArenaPlanner.plan(graph)
        #expect(plan == (try ArenaPlanner.plan(graph)))
        #expect(plan.persistent.reduce(0) { $0 + $1.bytes } == plan.tailBytes, "\(name)")
        #expect(plan.usedBytes == plan.headBytes + plan.tailBytes)
        #expect(plan.minimumBytes >= plan.usedBytes && plan.minimumBytes % 16 == 0)
        #expect(plan.headLowerBound <= plan.headBytes)
        let ends =
          plan.tensors.map { $0.offset + $0.bytes } + plan.scratch.map { $0.offset + $0.bytes }
        #expect(ends.max() == plan.headBytes)
        let expected = graph.tensors.indices.filter { graph.tensors[$0].constant == nil }
        #expect(plan.tensors.map(\.tensorIndex) == expected)
      }
    }
  }

  @Test func convolutionKeepsItsPatchesWhileItRuns() throws {
    let plan = try ArenaPlanner.plan(try ArenaFixture.graph("conv5x5", isInt8: true))
    let scratch = try #require(plan.scratch.first)
    // Two columns of 5 x 5 x 4 elements as int16.
    #expect(plan.scratch.count == 1 && scratch.bytes == 400 && scratch.operatorIndex == 0)
    #expect(plan.tensors.map(\.firstStep) == [0, 1] && plan.tensors.map(\.lastStep) == [1, 1])
    #expect(try ArenaPlanner.plan(ArenaFixture.graph("conv5x5", isInt8: false)).scratch.isEmpty)
    #expect(try ArenaPlanner.plan(ArenaFixture.graph("conv1x1", isInt8: true)).scratch.isEmpty)
  }

  @Test func unknownKindsGetAMarginThatIsNamed() throws {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1, 100])
    var last = input
    for kind in [OperatorKind(customName: "Odd"), OperatorKind(customName: "Odd"), .init(code: 98)]
    {
      let output = draft.add(Tensor(name: "", shape: [1, 100], elementType: .float32))
      draft.operators.append(Operator(kind: kind, inputs: [last, nil], outputs: [output]))
      last = output
    }
    draft.outputs = [last]
    let plan = try ArenaPlanner.plan(try draft.graph())
    #expect(!plan.isExact && plan.remarks.map(\.rule) == ["arena-margin", "arena-margin"])
    #expect(plan.remarks.map(\.place.operatorIndex) == [0, 2])
    #expect(plan.remarks[0].message.contains("(2 operators)"))
    #expect(plan.remarks.allSatisfy { $0.isPlacedAndHelpful })
    // 64 of options, 512 of data, 4 x 100 + 8 x 100 of scratch memory, three times.
    #expect(plan.marginBytes == 3 * (64 + 512 + 1200))
    #expect(plan.minimumBytes > plan.marginBytes - 2 * 1200)
  }

  @Test func marginHoldsACopyOfConstants() throws {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1, 1, 8])
    let matrix = draft.add(.floats(Array(repeating: 0, count: 8000), shape: [1, 8, 1000]))
    let output = draft.add(Tensor(name: "", shape: [1, 1, 1000], elementType: .float32))
    let code = try #require(BuiltinNames.all.firstIndex(of: "BATCH_MATMUL"))
    let kind = OperatorKind(code: code)
    draft.operators = [Operator(kind: kind, inputs: [input, matrix], outputs: [output])]
    draft.outputs = [output]
    #expect(try ArenaPlanner.plan(draft.graph()).tailBytes > 32_000)
  }

  @Test func otherTypesOfWeightsGetAMargin() throws {
    var draft = GraphDraft(try ArenaFixture.graph("conv5x5", isInt8: true))
    let quantization = Quantization(scales: [0.125], zeroPoints: [0])
    for index in draft.tensors.indices where draft.tensors[index].constant == nil {
      draft.tensors[index].elementType = .int16
      draft.tensors[index].quantization = quantization
    }
    let plan = try ArenaPlanner.plan(try draft.graph())
    #expect(!plan.isExact && plan.marginBytes > 0)
    #expect(plan.remarks.first?.message.contains("CONV_2D of int16, int8, int32") == true)
  }

  @Test func variablesAreInTheTail() throws {
    var draft = GraphDraft(try ArenaFixture.graph("relu", isInt8: false))
    let before = try ArenaPlanner.plan(try draft.graph())
    var variable = Tensor(name: "", shape: [10], elementType: .float32)
    variable.isVariable = true
    _ = draft.add(variable)
    let after = try ArenaPlanner.plan(try draft.graph())
    #expect(after.headBytes == before.headBytes)
    #expect(after.persistent.contains { $0.what == "variable" && $0.bytes >= 40 })
    #expect(after.tensors == before.tensors)
  }

  @Test func engineKeepsActivationsAndScratchOnly() throws {
    let graph = try ArenaFixture.graph("branch", isInt8: true)
    let plan = try MemoryPlanner.plan(graph, scratchBytes: [100, 0, 50])
    #expect(plan.scratch.map(\.operatorIndex) == [0, 2] && plan.scratch.map(\.bytes) == [112, 64])
    let used = graph.operators.flatMap { $0.inputs.compactMap { $0 } + $0.outputs }
    let expected = Set(used).filter { graph.tensors[$0].constant == nil }.sorted()
    #expect(plan.tensors.map(\.tensorIndex) == expected)
    #expect(plan.lowerBound <= plan.bytes)
    #expect(try MemoryPlanner.plan(graph).scratch.isEmpty)
    #expect(throws: Diagnostic.self) { try MemoryPlanner.plan(graph, scratchBytes: [-1]) }
  }
}
