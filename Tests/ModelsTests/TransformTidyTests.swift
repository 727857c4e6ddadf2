import Testing

@testable import Models

struct TransformReshapeTests {
  @Test func mergesAndDrops() throws {
    var sketch = DraftSketch()
    let x = sketch.input([2, 6])
    var y = x
    for shape: [Int32] in [[3, 4], [12], [-1, 4], [2, 6]] {
      y = try sketch.op(.reshape, y, sketch.list(shape))
    }
    sketch.draft.outputs = [
      try sketch.op(.tanh, y), try sketch.op(.reshape, y, sketch.list([4, 3])),
    ]
    let lowered = try Lowering.lower(sketch.draft)
    #expect(lowered.graph.operators.map(\.kind) == [.tanh, .reshape])
    #expect(lowered.graph.operators.allSatisfy { $0.inputs[0] == lowered.graph.inputs[0] })
  }

  @Test func inputsAndOutputsKeepTheirTensors() throws {
    var sketch = DraftSketch()
    let x = sketch.input([2, 6])
    sketch.draft.outputs = [try sketch.op(.reshape, x, sketch.list([2, 6]))]
    #expect(try sketch.kinds(0) { try ReshapeFolding.apply(to: &$0) } == ["RESHAPE"])
    let y = try sketch.op(.tanh, x)
    sketch.draft.tensors[sketch.draft.outputs[0]].name = "result"
    sketch.draft.outputs = [
      try sketch.op(
        .reshape, try sketch.op(.reshape, y, sketch.list([3, 4])), sketch.list([2, 6]))
    ]
    let lowered = try Lowering.lower(sketch.draft).graph
    #expect(lowered.operators.map(\.kind) == [.tanh])
    #expect(lowered.operators[0].outputs == lowered.outputs)
  }

  @Test func flattenOnlyWhereTheLastSizeStays() throws {
    func kinds(_ shape: [Int], _ flatten: ReshapeFolding.Flatten) throws -> [String] {
      var sketch = DraftSketch()
      let x = sketch.input(shape)
      let flat = try sketch.op(.reshape, x, sketch.list([1, -1]))
      let weights = sketch.floats([3, shape.reduce(1, *)])
      sketch.draft.outputs = [
        try sketch.draft.append(.fullyConnected, DraftSketch.dense, inputs: [flat, weights])
      ]
      let options = Lowering.Options(flatten: flatten)
      return try Lowering.lower(sketch.draft, options: options).graph.operators.map(\.kind.name)
    }
    #expect(try kinds([1, 1, 1, 8], .kept) == ["RESHAPE", "FULLY_CONNECTED"])
    #expect(try kinds([1, 1, 1, 8], .absorbed) == ["FULLY_CONNECTED"])
    #expect(try kinds([1, 2, 2, 2], .absorbed) == ["RESHAPE", "FULLY_CONNECTED"])
  }
}

struct TransformTidyTests {
  @Test func identities() throws {
    var sketch = DraftSketch()
    var y = try sketch.op(.tanh, sketch.input([1, 2, 1, 3]))
    y = try sketch.transpose(y, [0, 1, 2, 3])
    y = try sketch.op(.pad, y, sketch.list(Array(repeating: 0, count: 8), [4, 2]))
    y = try sketch.op(.mul, sketch.floats([3], 1), y)
    y = try sketch.op(.add, y, sketch.floats([], 0))
    y = try sketch.op(.sub, y, sketch.floats([1, 1, 1, 1], 0))
    y = try sketch.draft.append(
      .mean, .reducer(keepsDimensions: true), inputs: [y, sketch.list([2, 0])])
    var window = DraftSketch.window
    window.size = Extent(height: 1, width: 1)
    y = try sketch.draft.append(.maxPool2D, .pooling(window, .none), inputs: [y])
    let last = y
    // Not these: 0 - x, a wider result, an activation, a mean of several.
    y = try sketch.op(.sub, sketch.floats([3], 0), y)
    y = try sketch.op(.add, y, sketch.floats([2, 1, 1, 1], 0))
    y = try sketch.draft.append(.mul, .activation(.relu), inputs: [y, sketch.floats([], 1)])
    y = try sketch.draft.append(
      .mean, .reducer(keepsDimensions: true), inputs: [y, sketch.list([1])])
    sketch.draft.outputs = [last, y]
    #expect(
      try sketch.kinds(7, IdentityRemoval.apply) == ["TANH", "SUB", "ADD", "MUL", "MEAN"])
    #expect(sketch.draft.operators[0].outputs == [last])
  }

  @Test func constantsAreEvaluated() throws {
    var sketch = DraftSketch()
    let table = sketch.draft.add(.floats([1, 2, 3, 4, 5, 6], shape: [2, 3]))
    var y = try sketch.transpose(table, [1, 0])
    y = try sketch.op(.reshape, y, sketch.list([2, 3]))
    y = try sketch.op(.pad, y, sketch.list([1, 0, 0, 1], [2, 2]))
    y = try sketch.op(.mul, y, sketch.draft.add(.floats([1, 2, 3], shape: [3, 1])))
    y = try sketch.op(.sub, sketch.floats([], 1), y)
    y = try sketch.draft.append(
      .add, .activation(.relu6), inputs: [y, sketch.floats([4], 4)])
    let x = sketch.input([3, 4])
    sketch.draft.outputs = [try sketch.op(.add, x, y)]
    var evaluator = DraftEvaluator(sketch.draft)
    let expected = try evaluator.run([Array(repeating: 0, count: 12)])[0].values
    #expect(expected.contains(0) && expected.contains(5))
    #expect(try sketch.kinds(6, ConstantFolding.apply) == ["ADD"])
    #expect(sketch.draft.tensors[y].floatValues?.map { Double($0) } == expected)
  }

  /// RESHAPE of a constant takes no bytes of its own.
  @Test func constantsAreShared() throws {
    var sketch = DraftSketch()
    let weights = sketch.floats([1000])
    let y = try sketch.op(.reshape, weights, sketch.list([10, 100]))
    sketch.draft.outputs = [try sketch.op(.add, sketch.input([10, 100]), y)]
    #expect(try sketch.kinds(1, ConstantFolding.apply) == ["ADD"])
    let tensors = sketch.draft.tensors
    let addresses = [weights, y].map { tensors[$0].constant?.withUnsafeBytes { $0.baseAddress } }
    #expect(addresses[0] == addresses[1])
  }

  @Test func deadOperatorsGoAndOthersStay() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 4])
    _ = sketch.input([7])
    let used = try sketch.op(.tanh, x)
    _ = try sketch.op(.relu, try sketch.op(.relu, used))
    _ = sketch.floats([9])
    let state = sketch.draft.add(
      Tensor(name: "state", shape: [1, 4], elementType: .float32, isVariable: true))
    sketch.draft.operators.append(
      Operator(kind: .add, inputs: [x, state], outputs: [state], attributes: .activation(.none)))
    sketch.draft.operators.append(
      Operator(kind: OperatorKind(customName: "Print"), inputs: [x], outputs: []))
    sketch.draft.outputs = [used]
    // Two operators with their outputs, and a constant.
    #expect(try sketch.kinds(5, DeadCode.apply) == ["TANH", "ADD", "CUSTOM:Print"])
    #expect(sketch.draft.inputs.count == 2 && sketch.draft.tensors.count == 4)
  }

  @Test func tensorsStandInOrderOfUse() throws {
    var sketch = DraftSketch()
    let late = sketch.floats([4], 1)
    let x = sketch.input([1, 4])
    let y = try sketch.op(.tanh, x)
    sketch.draft.outputs = [try sketch.op(.add, y, late)]
    #expect(try sketch.kinds(3, Renumbering.apply) == ["TANH", "ADD"])
    #expect(sketch.draft.inputs == [0] && sketch.draft.outputs == [3])
    #expect(sketch.draft.operators[1].inputs == [1, 2])
  }

  @Test func missingBiasesAreShared() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 2, 2, 1])
    let y = try sketch.conv(try sketch.conv(x))
    let weights = sketch.floats([3, 2])
    sketch.draft.outputs = [
      try sketch.draft.append(.fullyConnected, DraftSketch.dense, inputs: [y, weights])
    ]
    _ = try sketch.kinds(2, BiasCompletion.apply)
    let biases = sketch.draft.operators.map { $0.input(2) }
    #expect(biases[0] != nil && biases[0] == biases[1] && biases[2] == nil)
  }
}
