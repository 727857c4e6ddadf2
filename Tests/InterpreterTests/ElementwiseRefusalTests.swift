import Models
import TestSupport
import Testing

@testable import Interpreter

/// What operators without weights refuse, by rule.
struct ElementwiseRefusalTests {
  /// A graph of one operator on activations, and a constant where `numbers` are given.
  private func rule(
    _ kind: OperatorKind, _ inputs: [Tensor], numbers: [Int32]? = nil, numbersShape: [Int]? = nil,
    to output: Tensor, _ attributes: Attributes = .plain
  ) throws -> String? {
    var draft = GraphDraft()
    draft.inputs = inputs.map { draft.add($0) }
    var operands: [Int?] = draft.inputs
    if let numbers {
      operands.append(
        draft.add(.int32s(numbers, shape: numbersShape ?? [numbers.count])))
    }
    draft.outputs = [draft.add(output)]
    draft.operators = [
      Operator(kind: kind, inputs: operands, outputs: draft.outputs, attributes: attributes)
    ]
    return refusal(draft)?.rule
  }

  private func float(_ shape: [Int]) -> Tensor {
    Tensor(name: "", shape: shape, elementType: .float32)
  }

  @Test func typesThatNoKernelHas() throws {
    let words = Tensor(name: "", shape: [4], elementType: .int16)
    for kind in [OperatorKind.relu, .relu6, .tanh, .logistic, .quantize, .dequantize] {
      #expect(try rule(kind, [words], to: words) == "element-type")
    }
    #expect(try rule(.softmax, [words], to: words, .softmax(beta: 1)) == "element-type")
    #expect(try rule(.minimum, [words, words], to: words) == "element-type")
    #expect(try rule(.add, [words, words], to: words, .activation(.none)) == "element-type")
    #expect(
      try rule(.pad, [words], numbers: [0, 0], numbersShape: [1, 2], to: words) == "element-type")
    // A move has no arithmetic.
    #expect(try rule(.transpose, [words], numbers: [0], to: words) == nil)
    // Both inputs must be alike.
    #expect(
      try rule(.maximum, [float([4]), int8Tensor([4])], to: float([4])) == "element-type")
  }

  @Test func shapesThatDoNotFollow() throws {
    #expect(try rule(.relu, [float([4])], to: float([2, 2])) == "shape-mismatch")
    #expect(
      try rule(.add, [float([4]), float([3])], to: float([4]), .activation(.none))
        == "shape-mismatch")
    #expect(
      try rule(.pad, [float([4])], numbers: [1, 1], numbersShape: [1, 2], to: float([5]))
        == "shape-mismatch")
    #expect(
      try rule(.pad, [float([4])], numbers: [-1, 1], numbersShape: [1, 2], to: float([4]))
        == "shape-mismatch")
    #expect(try rule(.pad, [float([4])], numbers: [1], to: float([5])) == "shape-mismatch")
    #expect(
      try rule(.transpose, [float([2, 3])], numbers: [0, 0], to: float([2, 3])) == "shape-mismatch")
    #expect(
      try rule(
        .mean, [float([2, 3])], numbers: [5], to: float([2]), .reducer(keepsDimensions: false))
        == "shape-mismatch")
    let deep = float([1, 1, 1, 1, 1, 1, 2])
    #expect(try rule(.minimum, [deep, deep], to: deep) == "shape-mismatch")
  }

  @Test func numbersThatAreNotConstant() throws {
    let computed = Tensor(name: "", shape: [1], elementType: .int32)
    #expect(try rule(.transpose, [float([2]), computed], to: float([2])) == "operands")
    #expect(try rule(.relu, [float([2]), float([2])], to: float([2])) == "operands")
  }

  @Test func scalesThatNoKernelHas() throws {
    let tiny = int8Tensor([4], scale: 1e-9)
    let usual = int8Tensor([4])
    #expect(try rule(.relu, [usual], to: tiny) == "quantization")
    #expect(try rule(.quantize, [usual], to: tiny) == "quantization")
    #expect(try rule(.add, [usual, usual], to: tiny, .activation(.none)) == "quantization")
    #expect(try rule(.mul, [usual, usual], to: tiny, .activation(.none)) == "quantization")
    #expect(try rule(.logistic, [usual], to: usual) == "quantization")
    #expect(try rule(.softmax, [usual], to: usual, .softmax(beta: 1)) == "quantization")
    let shares = int8Tensor([4], scale: 1 / 256, zeroPoint: -128)
    #expect(try rule(.softmax, [usual], to: shares, .softmax(beta: 1)) == nil)
    #expect(try rule(.softmax, [usual], to: shares, .softmax(beta: -1)) == "softmax")
    #expect(
      try rule(.add, [usual, usual], to: usual, .activation(.tanh)) == "fused-activation")
  }

  @Test func aTransposeOfOddTypesMovesTheirBytes() throws {
    var draft = GraphDraft()
    let words = Tensor(name: "", shape: [2, 3], elementType: .int16)
    draft.inputs = [draft.add(words)]
    let order = draft.add(.int32s([1, 0], shape: [2]))
    draft.outputs = [
      try draft.append(.transpose, inputs: [draft.inputs[0], order], name: "output")
    ]
    let found = try Interpreter(try draft.graph()).run([[1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]])
    #expect(found == [[1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6, 0]])
  }
}
