import Support
import TestSupport
import Testing

@testable import Models

@Suite struct ArenaHostileTests {
  private static func refusal(_ graph: Graph) -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try ArenaPlanner.plan(graph)
      return nil
    } catch {
      return error
    }
  }

  /// `count` operators in a row, on tensors of that shape.
  private static func chain(_ count: Int, shape: [Int], type: ElementType = .int8) throws -> Graph {
    var draft = GraphDraft()
    draft.inputs = [draft.add(Tensor(name: "", shape: shape, elementType: type))]
    for index in 0..<count {
      let output = draft.add(Tensor(name: "", shape: shape, elementType: type))
      draft.operators.append(
        Operator(kind: .relu, inputs: [index], outputs: [output], attributes: .plain))
    }
    draft.outputs = [count]
    return try draft.graph()
  }

  @Test(.timeLimit(.minutes(1))) func tooManyActivationsAreRefusedInTime() throws {
    let refused = Self.refusal(try Self.chain(100_000, shape: [1, 1]))
    #expect(refused?.rule == "memory-plan" && refused?.message.contains("4096") == true)
    #expect(Self.refusal(try Self.chain(2000, shape: [1, 1])) == nil)
  }

  @Test(.timeLimit(.minutes(1))) func manyConstantsAreNoActivations() throws {
    var draft = GraphDraft(try Self.chain(1, shape: [1, 1]))
    for _ in 0..<100_000 { _ = draft.add(.floats([1], shape: [1])) }
    let plan = try ArenaPlanner.plan(try draft.graph())
    #expect(plan.tensors.count == 2 && plan.tailBytes > 100_000 * 12)
  }

  @Test func sizesThatNoTargetHasAreRefused() throws {
    let largest = Int(Int32.max)
    for shape in [[largest, 2], [largest, 1 << 28], [1 << 16, 1 << 15]] {
      let refused = try #require(Self.refusal(try Self.chain(1, shape: shape)))
      #expect(refused.rule == "arena-size" && refused.isPlacedAndHelpful, "\(shape)")
    }
    // Each fits, both do not.
    #expect(Self.refusal(try Self.chain(1, shape: [1 << 30]))?.rule == "arena-size")
    #expect(Self.refusal(try Self.chain(0, shape: [largest, 0])) == nil)
    #expect(
      Self.refusal(try Self.chain(1, shape: [4], type: .string))?.rule == "arena-element-type")
    #expect(Self.refusal(try Self.chain(1, shape: [4], type: .int2))?.rule == "arena-element-type")
  }

  @Test func unknownOperatorWithManyLargeOperandsIsRefused() throws {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1 << 28])
    let output = draft.add(Tensor(name: "", shape: [1 << 28], elementType: .float32))
    let inputs: [Int?] = Array(repeating: input, count: 10_000)
    draft.operators = [Operator(kind: OperatorKind(code: 98), inputs: inputs, outputs: [output])]
    draft.outputs = [output]
    #expect(Self.refusal(try draft.graph())?.rule == "arena-size")
  }

  @Test func scratchThatOverflowsIsRefused() throws {
    let input = Tensor(
      name: "", shape: [1, 1, 1, 1 << 30], elementType: .int8,
      quantization: Quantization(scales: [1], zeroPoints: [0]))
    var draft = GraphDraft()
    let window = Window(padding: .same, stride: Extent(height: 1, width: 1))
    var weights = input
    weights.shape = [1, 3, 3, 1 << 30]
    weights.constant = [1]
    weights.isSparse = true
    var output = input
    output.shape = [1, 1, 1, 1]
    for tensor in [input, weights, output] { _ = draft.add(tensor) }
    draft.inputs = [0]
    draft.outputs = [2]
    draft.operators = [
      Operator(
        kind: .conv2D, inputs: [0, 1], outputs: [2], attributes: .convolution(window, .none))
    ]
    #expect(Self.refusal(try draft.graph())?.rule == "arena-size")
  }

  @Test func filesWithMoreThanTheirFirstSubgraphAreRefused() throws {
    var sketch = ModelSketch()
    sketch.tensors = [.init(shape: [1, 4]), .init(shape: [1, 4])]
    sketch.operators = [.init(code: 19, inputs: [0], outputs: [1])]
    sketch.inputs = [0]
    sketch.outputs = [1]
    #expect(Self.refusal(try TFLiteReader.read(bytes: sketch.bytes)) == nil)
    var plannedOffline = sketch
    plannedOffline.name = "OfflineMemoryAllocation"
    let offline = Self.refusal(try TFLiteReader.read(bytes: plannedOffline.bytes))
    #expect(offline?.rule == "arena-offline-plan")
    sketch.subgraphCount = 2
    let refused = Self.refusal(try TFLiteReader.read(bytes: sketch.bytes))
    #expect(refused?.rule == "arena-subgraphs")
  }
}
