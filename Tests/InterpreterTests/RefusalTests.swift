import Models
import TestSupport
import Testing

@testable import Interpreter

/// What is refused before anything runs, by rule and place.
struct RefusalTests {
  private func plain(
    _ kind: OperatorKind, from: Tensor, to: Tensor
  ) -> GraphDraft {
    var draft = GraphDraft()
    draft.inputs = [draft.add(from)]
    draft.outputs = [draft.add(to)]
    draft.operators = [
      Operator(kind: kind, inputs: [0], outputs: [1], attributes: .reshape(to: to.shape))
    ]
    return draft
  }

  private func float(_ shape: [Int], isVariable: Bool = false) -> Tensor {
    Tensor(name: "", shape: shape, elementType: .float32, isVariable: isVariable)
  }

  @Test func unknownKindsAreNamed() throws {
    let custom = OperatorKind(customName: "Odd\u{1B}[31m")
    let found = refusal(plain(custom, from: float([2]), to: float([2])))
    #expect(found?.rule == "operator-kind")
    #expect(found?.place.operatorIndex == 0)
    #expect(found?.message.contains("CUSTOM:Odd\\u{1b}[31m") == true)
    #expect(found?.remedy.contains("RESHAPE") == true)
  }

  @Test func reshapeKeepsElements() throws {
    let size = refusal(plain(.reshape, from: float([2, 3]), to: float([7])))
    #expect(size?.rule == "shape-mismatch" && size?.message.contains("2x3") == true)
    let type = refusal(
      plain(.reshape, from: float([4]), to: Tensor(name: "", shape: [4], elementType: .int32)))
    #expect(type?.rule == "element-type" && type?.place.operatorKind == "RESHAPE")
  }

  @Test func memoryIsBounded() throws {
    let tall = refusal(plain(.reshape, from: float([1 << 27]), to: float([1 << 27])))
    #expect(tall == nil)
    let taller = refusal(
      plain(.reshape, from: float([(1 << 27) + 1]), to: float([(1 << 27) + 1])))
    #expect(taller?.rule == "memory" && taller?.place.tensorIndex == 1)
    let tallest = refusal(
      plain(.reshape, from: float([1 << 30, 1 << 20]), to: float([1 << 20, 1 << 30])))
    #expect(tallest?.rule == "memory" && tallest?.place.tensorIndex == 0)
  }

  @Test func stateAndMissingStorageAreRefused() throws {
    let state = refusal(plain(.reshape, from: float([2], isVariable: true), to: float([2])))
    #expect(state?.rule == "variable-tensor")
    let strings = Tensor(name: "", shape: [2], elementType: .string)
    #expect(refusal(plain(.reshape, from: strings, to: strings))?.rule == "no-storage")
    var constant = plain(.reshape, from: .floats([1, 2], shape: [2]), to: float([2]))
    #expect(refusal(constant)?.rule == "input-constant")
    constant.inputs = []
    #expect(refusal(constant) == nil)
    #expect(try Interpreter(try constant.graph()).run([]) == [bytes([1, 2] as [Float])])
    var sparse = constant
    sparse.tensors[0].isSparse = true
    #expect(refusal(sparse)?.rule == "no-storage")
  }

  @Test func workIsBounded() throws {
    var sketch = WeightedSketch.convolution
    sketch.input.shape = [1, 4096, 4096, 2]
    sketch.attributes = .convolution(
      Window(padding: .same, stride: Extent(height: 1, width: 1)), .none)
    sketch.weights = .floats(Array(repeating: 1, count: 8192), shape: [2, 64, 32, 2])
    sketch.output.shape = [1, 4096, 4096, 2]
    #expect(refusal(sketch.draft)?.rule == "work")
    var pool = plain(.maxPool2D, from: float([1, 4096, 4096, 2]), to: float([1, 4096, 4096, 2]))
    for (size, isAllowed) in [(2, true), (128, false), (Int(Int32.max), false)] {
      let window = Window(
        padding: .same, stride: Extent(height: 1, width: 1),
        size: Extent(height: size, width: size))
      pool.operators[0].attributes = .pooling(window, .none)
      #expect((refusal(pool)?.rule == "work") == !isAllowed)
    }
  }

  @Test func repeatedOutputsAndScalesAreBounded() throws {
    var many = plain(.reshape, from: float([1 << 20]), to: float([1 << 20]))
    many.outputs = Array(repeating: 1, count: 100)
    #expect(refusal(many) == nil)
    many.outputs = Array(repeating: 1, count: 300)
    #expect(refusal(many)?.rule == "memory")
    var wide = WeightedSketch.fullyConnected
    wide.bias = nil
    wide.input.shape = [1, 1]
    wide.weights.constant = nil
    wide.weights.shape = [1 << 27, 1]
    wide.output.shape = [1, 1 << 27]
    var draft = wide.draft
    draft.inputs.append(1)
    #expect(refusal(draft)?.rule == "memory")
  }

  @Test func scratchIsBounded() throws {
    var sketch = WeightedSketch.convolution
    sketch.attributes = .convolution(
      Window(padding: .valid, stride: Extent(height: 1, width: 1)), .none)
    sketch.bias = nil
    sketch.output = int8Tensor([1, 1, 1, 1])
    for (side, isAllowed) in [(1 << 10, true), (1 << 14, false)] {
      sketch.input = int8Tensor([1, side, side, 1])
      sketch.weights = int8Tensor([1, side, side, 1])
      var draft = sketch.draft
      draft.inputs.append(1)
      let found = refusal(draft)
      #expect((found?.rule == "memory" && found?.place.operatorIndex == 0) == !isAllowed)
    }
  }
}
