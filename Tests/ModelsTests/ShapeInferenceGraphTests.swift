import Support
import TestSupport
import Testing

@testable import Models

/// A graph whose stated shapes or types cannot be is refused, and the operator is named.
struct ShapeInferenceGraphTests {
  /// One draft with every kind that shapes are inferred of.
  private func everyKind() throws -> GraphDraft {
    var draft = GraphDraft()
    let image = draft.addInput("image", shape: [1, 4, 6, 2])
    let window = Window(padding: .same, stride: Extent(height: 2, width: 1))
    let filter = draft.add(.floats(Array(repeating: 0.5, count: 54), shape: [3, 3, 3, 2]))
    var last = try draft.append(.conv2D, .convolution(window, .none), inputs: [image, filter])
    let taps = draft.add(.floats(Array(repeating: 0.5, count: 12), shape: [1, 2, 2, 3]))
    last = try draft.append(
      .depthwiseConv2D, .depthwise(window, depthMultiplier: 1, .none), inputs: [last, taps])
    var pool = window
    pool.size = Extent(height: 1, width: 2)
    for kind: OperatorKind in [.averagePool2D, .maxPool2D] {
      last = try draft.append(kind, .pooling(pool, .none), inputs: [last])
    }
    let channel = draft.add(.floats([1, 2, 3], shape: [3]))
    for kind: OperatorKind in [.add, .sub, .mul, .minimum, .maximum] {
      last = try draft.append(kind, .activation(.none), inputs: [last, channel])
    }
    for kind: OperatorKind in [.relu, .relu6, .reluN1To1, .tanh, .logistic] {
      last = try draft.append(kind, inputs: [last])
    }
    let paddings = draft.add(.int32s([0, 0, 1, 0, 0, 0, 0, 0], shape: [4, 2]))
    last = try draft.append(.pad, inputs: [last, paddings])
    let order = draft.add(.int32s([0, 3, 1, 2], shape: [4]))
    last = try draft.append(.transpose, inputs: [last, order])
    let axes = draft.add(.int32s([2], shape: [1]))
    last = try draft.append(.mean, .reducer(keepsDimensions: false), inputs: [last, axes])
    let flat = draft.add(.int32s([1, -1], shape: [2]))
    last = try draft.append(.reshape, .reshape(to: []), inputs: [last, flat])
    let weights = draft.add(.floats(Array(repeating: 1, count: 36), shape: [2, 18]))
    last = try draft.append(
      .fullyConnected, .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false),
      inputs: [last, weights])
    draft.outputs = [try draft.append(.softmax, .softmax(beta: 1), inputs: [last])]
    return draft
  }

  private func refusal(_ draft: GraphDraft) -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try draft.graph()
      return nil
    } catch {
      return error
    }
  }

  @Test func everyOperatorWithAnotherShapeIsNamed() throws {
    let draft = try everyKind()
    #expect(refusal(draft) == nil)
    #expect(Set(draft.operators.map(\.kind)).count == draft.operators.count)
    for (position, each) in draft.operators.enumerated() {
      for dimension in draft.tensors[each.outputs[0]].shape.indices {
        var wrong = draft
        // Only up to here, so that no later operator is what does not fit.
        wrong.operators = Array(draft.operators.prefix(position + 1))
        wrong.outputs = each.outputs
        wrong.tensors[each.outputs[0]].shape[dimension] += 1
        let found = refusal(wrong)
        #expect(found?.rule == "shape-mismatch", "\(each.kind.name)")
        #expect(found?.place.operatorIndex == position && found?.isPlacedAndHelpful == true)
        #expect(found?.place.operatorKind == each.kind.name)
        // A size that may change is not compared, except where MACs depend on it.
        wrong.tensors[each.outputs[0]].dynamicShape = wrong.tensors[each.outputs[0]].shape
        wrong.tensors[each.outputs[0]].dynamicShape[dimension] = -1
        let isCounted = each.attributes.window != nil || each.kind == .fullyConnected
        #expect((refusal(wrong) == nil) == !isCounted, "\(each.kind.name)")
      }
    }
  }

  @Test func everyOperatorWithAnotherTypeIsNamed() throws {
    let draft = try everyKind()
    for (position, each) in draft.operators.enumerated() {
      for type in [ElementType.int8, .int16, .bool, .string] {
        var wrong = draft
        wrong.operators = Array(draft.operators.prefix(position + 1))
        wrong.outputs = each.outputs
        wrong.tensors[each.outputs[0]].elementType = type
        let found = refusal(wrong)
        #expect(found?.rule == "element-type", "\(each.kind.name) to \(type)")
        #expect(found?.place.operatorIndex == position && found?.isPlacedAndHelpful == true)
      }
    }
  }

  /// What TFLite allows is let through.
  @Test func freedoms() throws {
    var draft = GraphDraft()
    let x = draft.addInput("x", shape: [1, 2, 2, 4])
    let weights = draft.add(.floats(Array(repeating: 1, count: 64), shape: [4, 16]))
    let attributes = Attributes.fullyConnected(
      .none, keepsDimensions: false, hasShuffledWeights: false)
    let y = try draft.append(.fullyConnected, attributes, inputs: [x, weights])
    // Any shape of FULLY_CONNECTED's output with the number of elements; any RESHAPE.
    draft.tensors[y].shape = [1, 1, 1, 4]
    let z = draft.add(Tensor(name: "", shape: [2, 2], elementType: .float32))
    draft.operators.append(
      Operator(kind: .reshape, inputs: [y], outputs: [z], attributes: .reshape(to: [])))
    draft.outputs = [z]
    #expect(refusal(draft) == nil)
    // Integer weights with float data, or the reverse, are a dtype, not a mistake.
    draft.tensors[weights] = .int8s(
      Array(repeating: 1, count: 64), shape: [4, 16],
      quantization: Quantization(scales: [1], zeroPoints: [0]))
    #expect(try draft.graph().types.isHybrid)
    for tensor in [x, y, z] { draft.tensors[tensor].elementType = .int8 }
    #expect(try draft.graph().dtype == .int8)
    draft.tensors[weights] = .floats(Array(repeating: 1, count: 64), shape: [4, 16])
    #expect(
      try draft.graph().types == ComputeTypes(weights: [.float32], activations: [.int8]))
  }

  @Test func listsAndOperands() throws {
    var draft = GraphDraft()
    let x = draft.addInput("x", shape: [2, 3])
    let order = draft.add(.int32s([1, 0], shape: [2]))
    draft.outputs = [try draft.append(.transpose, inputs: [x, order])]
    let good = draft
    draft.tensors[order] = .floats([1, 0], shape: [2])
    #expect(refusal(draft)?.rule == "element-type")
    draft.tensors[order] = .int32s([1, 1], shape: [2])
    #expect(refusal(draft)?.rule == "shape-mismatch")
    draft = good
    draft.operators[0].inputs = [x]
    #expect(refusal(draft)?.rule == "operands")
    draft = good
    draft.tensors[order] = .int32s(Array(repeating: 0, count: 1000), shape: [1000])
    #expect(refusal(draft)?.rule == "operands")
    draft = good
    draft.tensors[x].shape = Array(repeating: 1, count: 300)
    #expect(refusal(draft)?.rule == "shape")
    draft = good
    draft.tensors[x].elementType = .int8
    #expect(refusal(draft)?.rule == "element-type")
  }
}
