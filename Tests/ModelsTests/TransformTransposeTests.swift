import Testing

@testable import Models

struct TransformTransposeTests {
  private static let toNHWC: [Int32] = [0, 2, 3, 1]
  private static let toNCHW: [Int32] = [0, 3, 1, 2]

  private func lowered(_ sketch: DraftSketch, _ boundary: TransposeFolding.Boundary = .unchanged)
    throws -> [String]
  {
    let options = Lowering.Options(boundary: boundary)
    return try Lowering.lower(sketch.draft, options: options).graph.operators.map(\.kind.name)
  }

  @Test func pairsCancelAndOthersMerge() throws {
    var sketch = DraftSketch()
    let x = sketch.input([2, 3, 4, 5])
    var y = try sketch.transpose(try sketch.transpose(x, Self.toNHWC), Self.toNCHW)
    sketch.draft.outputs = [try sketch.op(.tanh, y)]
    #expect(try lowered(sketch) == ["TANH"])
    y = try sketch.transpose(try sketch.transpose(x, [1, 0, 2, 3]), [0, 1, 3, 2])
    sketch.draft.outputs = [try sketch.op(.tanh, y)]
    #expect(try lowered(sketch).sorted() == ["TANH", "TRANSPOSE"])
    let lowered = try Lowering.lower(sketch.draft, options: .init(boundary: .unchanged))
    #expect(lowered.remarks.map(\.rule) == ["transpose-left"])
    #expect(lowered.remarks.allSatisfy { $0.isPlacedAndHelpful })
  }

  @Test func onlySizesOfOneMove() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 1, 5, 1])
    sketch.draft.outputs = [
      try sketch.op(.softmax, try sketch.transpose(try sketch.op(.tanh, x), [1, 0, 2, 3]))
    ]
    sketch.draft.operators[2].attributes = .softmax(beta: 1)
    #expect(try lowered(sketch) == ["TANH", "SOFTMAX"])
    sketch.draft.outputs = [
      try sketch.conv(try sketch.transpose(try sketch.op(.tanh, x), [0, 3, 2, 1]))
    ]
    #expect(try lowered(sketch) == ["TANH", "CONV_2D"])
    sketch.draft.outputs = [
      try sketch.conv(try sketch.transpose(try sketch.op(.tanh, x), [0, 2, 1, 3]))
    ]
    #expect(try lowered(sketch) == ["TANH", "RESHAPE", "CONV_2D"])
  }

  /// A model of CONV_2D, RELU in NCHW: what `converter.md` asks for of a plain chain.
  @Test func plainChain() throws {
    var sketch = DraftSketch()
    var y = sketch.input([1, 8, 6, 4])
    for _ in 0..<3 {
      y = try sketch.transpose(y, Self.toNHWC)
      y = try sketch.op(.pad, y, sketch.list([0, 0, 2, 2, 2, 2, 0, 0], [4, 2]))
      y = try sketch.transpose(try sketch.conv(y, to: 8, size: 5), Self.toNCHW)
      y = try sketch.op(.relu, y)
    }
    sketch.draft.tensors[y].name = "output"
    sketch.draft.outputs = [y]
    let result = try Lowering.lower(sketch.draft)
    #expect(result.graph.operators.map(\.kind) == [.conv2D, .conv2D, .conv2D])
    for each in result.graph.operators {
      #expect(each.attributes.fusedActivation == .relu && each.inputs.count == 3)
      #expect(each.attributes.window?.padding == .same && each.version == 1)
    }
    #expect(result.layouts.map(\.name) == ["x", "output"])
    #expect(result.layouts.map(\.old) == [[1, 8, 6, 4], [1, 8, 6, 4]])
    #expect(result.layouts.map(\.new) == [[1, 6, 4, 8], [1, 6, 4, 8]])
    #expect(result.remarks.map(\.rule) == ["input-layout", "output-layout"])
    #expect(result.graph.tensors[result.graph.outputs[0]].name == "output")
    #expect(result.graph.macs == 3 * 6 * 4 * 8 * 5 * 5 * 8)
    // As the model has it, one TRANSPOSE stays at each end.
    #expect(
      try lowered(sketch) == ["TRANSPOSE", "CONV_2D", "CONV_2D", "CONV_2D", "TRANSPOSE"])
  }

  @Test func weightsFollowAFlattenedImage() throws {
    var sketch = DraftSketch()
    var y = try sketch.conv(sketch.input([1, 3, 2, 1]), to: 4)
    y = try sketch.transpose(y, Self.toNCHW)
    y = try sketch.op(.reshape, y, sketch.list([1, -1]))
    let weights = sketch.draft.add(.floats((0..<24).map { Float($0) }, shape: [1, 24]))
    y = try sketch.draft.append(.fullyConnected, DraftSketch.dense, inputs: [y, weights])
    sketch.draft.outputs = [y]
    let graph = try Lowering.lower(sketch.draft).graph
    #expect(graph.operators.map(\.kind) == [.conv2D, .reshape, .fullyConnected])
    // Column c x 6 + p of the model is column p x 4 + c here.
    let found = graph.operators[2].input(1).flatMap { graph.tensors[$0].floatValues }
    var expected: [Float] = []
    for pixel in 0..<6 { for channel in 0..<4 { expected.append(Float(channel * 6 + pixel)) } }
    #expect(found == expected)
    // Computed weights cannot follow.
    sketch.draft.tensors[weights].constant = nil
    sketch.draft.inputs.append(weights)
    #expect(try lowered(sketch) == ["CONV_2D", "TRANSPOSE", "RESHAPE", "FULLY_CONNECTED"])
  }

  /// One TRANSPOSE for two readers does not become two.
  @Test func sharedOnesAreNotDoubled() throws {
    var sketch = DraftSketch()
    let x = try sketch.op(.tanh, sketch.input([2, 3, 4, 5]))
    let y = try sketch.transpose(x, [1, 2, 3, 0])
    let (a, b) = (try sketch.op(.relu, y), try sketch.op(.relu6, y))
    sketch.draft.outputs = [try sketch.conv(a), try sketch.conv(b)]
    #expect(try lowered(sketch).count { $0 == "TRANSPOSE" } == 1)
  }

  /// An input that is also read as it is keeps its layout, and one that is given out.
  @Test func inputsWithOtherReadersStay() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 2, 3, 4])
    let y = try sketch.conv(try sketch.transpose(x, Self.toNHWC))
    sketch.draft.outputs = [y, try sketch.op(.reshape, x, sketch.list([24]))]
    #expect(try Lowering.lower(sketch.draft).layouts.isEmpty)
    sketch.draft.outputs = [y, x]
    #expect(try Lowering.lower(sketch.draft).layouts.isEmpty)
    sketch.draft.outputs = [y]
    #expect(try Lowering.lower(sketch.draft).layouts.map(\.isInput) == [true])
  }

  @Test func constantsArePermuted() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 2, 2, 2])
    let bias = sketch.draft.add(.floats([1, 2], shape: [1, 2, 1, 1]))
    let table = sketch.draft.add(.floats((0..<8).map { Float($0) }, shape: [2, 2, 2]))
    var y = try sketch.op(.add, try sketch.transpose(x, Self.toNCHW), bias)
    y = try sketch.op(.mul, table, y)
    sketch.draft.outputs = [try sketch.transpose(y, Self.toNHWC)]
    let graph = try Lowering.lower(sketch.draft).graph
    #expect(graph.operators.map(\.kind) == [.add, .mul])
    let constants = [graph.operators[0].inputs[1], graph.operators[1].inputs[0]]
      .compactMap { $0 }.map { graph.tensors[$0] }
    #expect(constants.map(\.shape) == [[1, 1, 1, 2], [1, 2, 2, 2]])
    #expect(constants[0].floatValues == [1, 2])
    #expect(constants[1].floatValues == [0, 4, 1, 5, 2, 6, 3, 7])
  }
}
