import Testing

@testable import Models

/// Small drafts by hand, for tests of where passes act and where they must not.
struct DraftSketch {
  var draft = GraphDraft()
  static let window = Window(padding: .valid, stride: Extent(height: 1, width: 1))
  static let dense = Attributes.fullyConnected(
    .none, keepsDimensions: false, hasShuffledWeights: false)

  mutating func input(_ shape: [Int]) -> Int { draft.addInput("x", shape: shape) }

  mutating func floats(_ shape: [Int], _ value: Float = 0.5) -> Int {
    draft.add(.floats(Array(repeating: value, count: shape.reduce(1, *)), shape: shape))
  }

  mutating func list(_ values: [Int32], _ shape: [Int]? = nil) -> Int {
    draft.add(.int32s(values, shape: shape ?? [values.count]))
  }

  mutating func conv(
    _ x: Int, to out: Int = 2, size: Int = 1, _ activation: FusedActivation = .none
  )
    throws -> Int
  {
    let weights = floats([out, size, size, draft.tensors[x].shape[3]])
    return try draft.append(
      .conv2D, .convolution(Self.window, activation), inputs: [x, weights])
  }

  mutating func op(_ kind: OperatorKind, _ inputs: Int...) throws -> Int {
    let isSum = [.add, .sub, .mul].contains(kind)
    return try draft.append(kind, isSum ? .activation(.none) : .plain, inputs: inputs)
  }

  mutating func transpose(_ x: Int, _ order: [Int32]) throws -> Int {
    try op(.transpose, x, list(order))
  }

  /// Kinds of the operators once `pass` has run, which gave that many changes.
  mutating func kinds(
    _ changes: Int, _ pass: (inout GraphDraft) throws -> Int
  ) throws -> [String] {
    let found = try pass(&draft)
    #expect(found == changes)
    _ = try draft.graph()
    let again = try pass(&draft)
    #expect(again == 0)
    return draft.operators.map(\.kind.name)
  }
}

struct TransformActivationTests {
  @Test func fusesOnlyWhatNobodyElseReads() throws {
    var one = DraftSketch()
    let x = one.input([1, 2, 2, 1])
    one.draft.outputs = [try one.op(.relu6, try one.conv(x))]
    #expect(try one.kinds(1, ActivationFusing.apply) == ["CONV_2D"])
    #expect(one.draft.operators[0].attributes.fusedActivation == .relu6)

    var two = DraftSketch()
    let c = try two.conv(two.input([1, 2, 2, 1]))
    two.draft.outputs = [try two.op(.relu, c), try two.op(.tanh, c)]
    #expect(try two.kinds(0, ActivationFusing.apply) == ["CONV_2D", "RELU", "TANH"])

    var given = DraftSketch()
    let d = try given.conv(given.input([1, 2, 2, 1]))
    given.draft.outputs = [d, try given.op(.relu, d)]
    #expect(try given.kinds(0, ActivationFusing.apply) == ["CONV_2D", "RELU"])

    var between = DraftSketch()
    let e = try between.conv(between.input([1, 2, 2, 1]))
    between.draft.outputs = [try between.op(.relu, try between.op(.tanh, e))]
    #expect(try between.kinds(0, ActivationFusing.apply) == ["CONV_2D", "TANH", "RELU"])
  }

  /// MAXIMUM and MINIMUM in both orders, as pairs and behind what is fused already.
  @Test(arguments: [
    (low: Float(0), high: Float(6), FusedActivation.relu6),
    (low: -1, high: 1, .reluN1To1), (low: 0, high: .infinity, .relu),
  ])
  func pairs(_ low: Float, _ high: Float, _ activation: FusedActivation) throws {
    for highFirst in [false, true] {
      for before in [FusedActivation.none, .relu] where activation != .reluN1To1 || before == .none
      {
        var sketch = DraftSketch()
        var y = try sketch.conv(sketch.input([1, 2, 2, 1]), before)
        let bounds: [(OperatorKind, Float)] = [(.maximum, low), (.minimum, high)]
        for (kind, bound) in highFirst ? bounds.reversed() : bounds {
          y = try sketch.op(kind, sketch.floats([], bound), y)
        }
        sketch.draft.outputs = [y]
        #expect(try sketch.kinds(2, ActivationFusing.apply) == ["CONV_2D"])
        #expect(sketch.draft.operators[0].attributes.fusedActivation == activation)
      }
    }
  }

  @Test func otherRangesStay() throws {
    var sketch = DraftSketch()
    var y = try sketch.conv(sketch.input([1, 2, 2, 1]))
    y = try sketch.op(.maximum, y, sketch.floats([1], 0.5))
    y = try sketch.op(.minimum, y, sketch.floats([1], 6))
    let computed = sketch.input([1, 2, 2, 2])
    sketch.draft.outputs = [try sketch.op(.maximum, y, computed)]
    #expect(
      try sketch.kinds(0, ActivationFusing.apply) == ["CONV_2D", "MAXIMUM", "MINIMUM", "MAXIMUM"])
    // Without an operator that could take it, a pair is still one RELU6, but no RELU_N1_TO_1.
    var alone = DraftSketch()
    let x = alone.input([3])
    let low = alone.floats([], 0)
    let six = alone.floats([], 6)
    alone.draft.outputs = [try alone.op(.minimum, try alone.op(.maximum, x, low), six)]
    #expect(try alone.kinds(2, ActivationFusing.apply) == ["RELU6"])
  }
}

struct TransformBatchNormalizationTests {
  /// y = conv x 3 - 1, then 4 - y: signs and the order of SUB.
  @Test func chainIsRoundedOnce() throws {
    var sketch = DraftSketch()
    var y = try sketch.conv(sketch.input([1, 1, 1, 1]))
    y = try sketch.op(.mul, sketch.floats([1, 1, 1, 2], 3), y)
    y = try sketch.op(.sub, y, sketch.floats([2], 1))
    y = try sketch.op(.sub, sketch.floats([], 4), y)
    let third = Float(1) / 3
    y = try sketch.op(.mul, y, sketch.floats([1], third))
    sketch.draft.outputs = [try sketch.op(.relu, y)]
    #expect(try sketch.kinds(4, BatchNormalizationFolding.apply) == ["CONV_2D", "RELU"])
    let conv = sketch.draft.operators[0]
    #expect(
      sketch.draft.constant(conv, 1)?.floatValues
        == [Float(-1.5 * Double(third)), Float(-1.5 * Double(third))])
    #expect(
      sketch.draft.constant(conv, 2)?.floatValues
        == [Float(5 * Double(third)), Float(5 * Double(third))])
  }

  @Test func sharedWeightsAndTheActivationOfTheLast() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 4])
    let weights = sketch.floats([3, 4])
    let first = try sketch.draft.append(
      .fullyConnected, DraftSketch.dense, inputs: [x, weights])
    let second = try sketch.draft.append(
      .fullyConnected, DraftSketch.dense, inputs: [x, weights])
    let offset = sketch.floats([3], 2)
    let sum = try sketch.draft.append(.add, .activation(.relu), inputs: [first, offset])
    sketch.draft.outputs = [sum, second]
    #expect(
      try sketch.kinds(1, BatchNormalizationFolding.apply) == [
        "FULLY_CONNECTED", "FULLY_CONNECTED",
      ]
    )
    #expect(sketch.draft.operators[0].attributes.fusedActivation == .relu)
    // Only the bias is new.
    #expect(sketch.draft.operators.allSatisfy { $0.inputs[1] == weights })
    #expect(sketch.draft.constant(sketch.draft.operators[0], 2)?.floatValues == [2, 2, 2])
  }

  @Test func staysWhereItMust() throws {
    func left(_ make: (inout DraftSketch, Int) throws -> [Int]) throws -> Int {
      var sketch = DraftSketch()
      let c = try sketch.conv(sketch.input([1, 2, 2, 1]))
      sketch.draft.outputs = try make(&sketch, c)
      let before = sketch.draft
      let changes = try BatchNormalizationFolding.apply(to: &sketch.draft)
      #expect((changes == 0) == (sketch.draft == before))
      return changes
    }
    #expect(try left { [try $0.op(.mul, $1, $0.floats([2]))] } == 1)
    // Read twice, given out, computed, along the width, of more elements, infinite.
    #expect(try left { [try $0.op(.mul, $1, $0.floats([2])), try $0.op(.relu, $1)] } == 0)
    #expect(try left { [$1, try $0.op(.mul, $1, $0.floats([2]))] } == 0)
    #expect(try left { [try $0.op(.mul, $1, $0.input([1, 2, 2, 2]))] } == 0)
    #expect(try left { [try $0.op(.mul, $1, $1)] } == 0)
    #expect(try left { [try $0.op(.mul, $1, $0.floats([1, 1, 2, 1]))] } == 0)
    #expect(try left { [try $0.op(.add, $1, $0.floats([5, 2, 2, 2]))] } == 0)
    #expect(try left { [try $0.op(.mul, $1, $0.floats([2], .infinity))] } == 0)
    // An activation in between: the product is of what is cut off already.
    #expect(try left { [try $0.op(.mul, try $0.conv($1, .relu), $0.floats([2]))] } == 0)
    #expect(try left { [try $0.op(.mul, try $0.op(.relu, $1), $0.floats([2]))] } == 0)
  }
}

struct TransformInputAffineTests {
  /// 2 (x 3 + 1) - 4 in front of two rows of weights.
  @Test func chainIsFolded() throws {
    var sketch = DraftSketch()
    var y = try sketch.op(.mul, sketch.floats([2], 3), sketch.input([1, 2]))
    y = try sketch.op(.add, y, sketch.floats([1, 2], 1))
    y = try sketch.op(.mul, y, sketch.floats([], 2))
    y = try sketch.op(.sub, y, sketch.floats([1], 4))
    let bias = sketch.floats([3], 0.25)
    y = try sketch.draft.append(
      .fullyConnected, DraftSketch.dense, inputs: [y, sketch.floats([3, 2]), bias])
    sketch.draft.outputs = [y]
    #expect(try sketch.kinds(4, InputAffineFolding.apply) == ["FULLY_CONNECTED"])
    let dense = sketch.draft.operators[0]
    #expect(dense.inputs[0] == sketch.draft.inputs[0])
    #expect(sketch.draft.constant(dense, 1)?.floatValues == Array(repeating: 3, count: 6))
    #expect(sketch.draft.constant(dense, 2)?.floatValues == [-1.75, -1.75, -1.75])
  }

  /// Weights of an image that is flattened by the operator: channels come again with each pixel.
  @Test func channelsOfAnImage() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 1, 2, 2])
    let scales = sketch.draft.add(.floats([2, 4], shape: [2]))
    let y = try sketch.op(.mul, x, scales)
    let weights = sketch.draft.add(.floats([1, 2, 3, 4], shape: [1, 4]))
    sketch.draft.outputs = [
      try sketch.draft.append(.fullyConnected, DraftSketch.dense, inputs: [y, weights])
    ]
    #expect(try sketch.kinds(1, InputAffineFolding.apply) == ["FULLY_CONNECTED"])
    #expect(
      sketch.draft.constant(sketch.draft.operators[0], 1)?.floatValues == [2, 8, 6, 16])
  }

  @Test func staysWhereItMust() throws {
    func left(_ make: (inout DraftSketch, Int) throws -> Int, isGivenOut: Bool = false) throws
      -> Int
    {
      var sketch = DraftSketch()
      let y = try make(&sketch, sketch.input([1, 2]))
      let result = try sketch.draft.append(
        .fullyConnected, DraftSketch.dense, inputs: [y, sketch.floats([3, 2])])
      sketch.draft.outputs = isGivenOut ? [result, y] : [result]
      let before = sketch.draft
      let changes = try InputAffineFolding.apply(to: &sketch.draft)
      #expect((changes == 0) == (sketch.draft == before))
      return changes
    }
    #expect(try left { try $0.op(.mul, $1, $0.floats([2])) } == 1)
    // Given out, computed, along another dimension, infinite, with an activation.
    #expect(try left({ try $0.op(.mul, $1, $0.floats([2])) }, isGivenOut: true) == 0)
    #expect(try left { try $0.op(.mul, $1, $1) } == 0)
    #expect(try left { try $0.op(.mul, $1, $0.input([1, 2])) } == 0)
    #expect(try left { try $0.op(.mul, $1, $0.floats([2, 1])) } == 0)
    #expect(try left { try $0.op(.mul, $1, $0.floats([2], .infinity)) } == 0)
    #expect(
      try left {
        try $0.draft.append(.add, .activation(.relu), inputs: [$1, $0.floats([2])])
      } == 0)
  }
}

struct TransformPadTests {
  /// For all small sizes: SAME exactly where TensorFlow's formula pads as much.
  @Test func exactlySame() throws {
    var folded = 0
    var places = 0
    for size in 1...7 {
      for window in 1...4 {
        for stride in 1...3 {
          for before in 0...3 {
            for after in 0...3 where size + before + after >= window {
              var sketch = DraftSketch()
              let x = sketch.input([1, size, 3, 1])
              let pads = sketch.list([0, 0, Int32(before), Int32(after), 0, 0, 0, 0], [4, 2])
              let w = sketch.floats([1, window, 1, 1])
              let valid = Window(padding: .valid, stride: Extent(height: stride, width: 1))
              let padded = try sketch.op(.pad, x, pads)
              sketch.draft.outputs = [
                try sketch.draft.append(.conv2D, .convolution(valid, .none), inputs: [padded, w])
              ]
              let count = (size + stride - 1) / stride
              let total = max(0, (count - 1) * stride + window - size)
              let isSame = total > 0 && before == total / 2 && after == total - total / 2
              let changes = try PadFolding.apply(to: &sketch.draft)
              #expect(changes == (isSame ? 1 : 0), "\(size) \(window) \(stride) \(before) \(after)")
              _ = try sketch.draft.graph()
              folded += changes
              places += 1
            }
          }
        }
      }
    }
    #expect(folded > 20 && folded < places)
  }

  @Test func poolsAndOtherDimensionsStay() throws {
    for kind: OperatorKind in [.averagePool2D, .maxPool2D] {
      var sketch = DraftSketch()
      let x = sketch.input([1, 4, 4, 1])
      let padded = try sketch.op(.pad, x, sketch.list([0, 0, 1, 1, 1, 1, 0, 0], [4, 2]))
      var window = DraftSketch.window
      window.size = Extent(height: 3, width: 3)
      sketch.draft.outputs = [
        try sketch.draft.append(kind, .pooling(window, .none), inputs: [padded])
      ]
      #expect(try Lowering.lower(sketch.draft).graph.operators.map(\.kind) == [.pad, kind])
      #expect(try Lowering.lower(sketch.draft).remarks.map(\.rule) == ["pad-left"])
    }
    for pads: [Int32] in [[1, 0, 1, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1, 0, 1]] {
      var sketch = DraftSketch()
      let x = sketch.input([1, 4, 4, 1])
      let padded = try sketch.op(.pad, x, sketch.list(pads, [4, 2]))
      sketch.draft.outputs = [try sketch.conv(padded, size: 3)]
      #expect(try sketch.kinds(0, PadFolding.apply) == ["PAD", "CONV_2D"])
    }
  }

  /// Both readers of one PAD may do without it.
  @Test func twoReaders() throws {
    var sketch = DraftSketch()
    let x = sketch.input([1, 4, 4, 1])
    let padded = try sketch.op(.pad, x, sketch.list([0, 0, 1, 1, 1, 1, 0, 0], [4, 2]))
    sketch.draft.outputs = [try sketch.conv(padded, size: 3), try sketch.conv(padded, size: 2)]
    #expect(try sketch.kinds(1, PadFolding.apply) == ["PAD", "CONV_2D", "CONV_2D"])
    #expect(sketch.draft.operators[1].attributes.window?.padding == .same)
    #expect(sketch.draft.operators[2].attributes.window?.padding == .valid)
  }
}
