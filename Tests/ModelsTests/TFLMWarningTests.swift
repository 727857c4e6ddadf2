import Testing

@testable import Models

/// What TFLM does with a model that its file does not say.
struct TFLMWarningTests {
  /// One operator from one activation to another, of those scales and zero points.
  private func graph(
    _ kind: OperatorKind, _ input: Quantization?, _ output: Quantization?,
    _ type: ElementType = .int8, count: Int = 1
  ) throws -> Graph {
    var draft = GraphDraft()
    var last = draft.add(
      Tensor(name: "x", shape: [1, 4], elementType: type, quantization: input))
    draft.inputs = [last]
    for _ in 0..<count {
      let next = draft.add(
        Tensor(name: "y", shape: [1, 4], elementType: type, quantization: output))
      draft.operators.append(
        Operator(
          kind: kind, inputs: [last], outputs: [next],
          attributes: kind == .reshape ? .reshape(to: [1, 4]) : .plain))
      draft.tensors[last].quantization = input
      last = next
    }
    draft.outputs = [last]
    return try draft.graph()
  }

  private static let wide = Quantization(scales: [0.1], zeroPoints: [3])
  private static let six = Quantization(scales: [6 / 255], zeroPoints: [-128])

  @Test(arguments: [OperatorKind.relu6, .reshape], [ElementType.int8, .int16])
  func twoScalesWhereNothingIsRescaled(kind: OperatorKind, type: ElementType) throws {
    let warning = try #require(try graph(kind, Self.wide, Self.six, type).tflmWarnings.first)
    #expect(warning.rule == "tflm-rescaling" && warning.place.operatorIndex == 0)
    #expect(warning.message.contains("scale 0.1 and zero point 3"))
    #expect(warning.message.contains("scale 0.023529412 and zero point -128"))
    #expect(warning.remedy.contains("modelgen convert --int8"))
    // The zero point alone.
    let moved = Quantization(scales: [0.1], zeroPoints: [0])
    #expect(try graph(kind, Self.wide, moved, type).tflmWarnings.count == 1)
    #expect(try graph(kind, Self.wide, Self.wide, type).tflmWarnings.isEmpty)
    #expect(try graph(kind, nil, nil, .float32).tflmWarnings.isEmpty)
  }

  /// A converter may round the scale of one tensor elsewhere.
  @Test func scalesThatDifferByTheirRoundingAreOne() throws {
    let six = Quantization(scales: [Self.six.scales[0].nextUp], zeroPoints: [-128])
    let moved = Quantization(scales: six.scales, zeroPoints: [-127])
    for kind in [OperatorKind.relu6, .reshape] {
      #expect(try graph(kind, Self.six, six).tflmWarnings.isEmpty, "\(kind.name)")
      #expect(try graph(kind, six, Self.six).tflmWarnings.isEmpty, "\(kind.name)")
      #expect(try graph(kind, Self.six, moved).tflmWarnings.count == 1, "\(kind.name)")
    }
  }

  @Test func scalesAreOneWhereTFLMTakesThemAndNoResultIsWrong() {
    let scale: Float = 0.5
    for kind in [OperatorKind.relu6, .pad, .maxPool2D, .averagePool2D] {
      #expect(RescalingCheck.areOne(scale, scale.nextUp, kind), "\(kind.name)")
      #expect(!RescalingCheck.areOne(scale, scale * 1.0001, kind), "\(kind.name)")
      // Small scales are near each other, not alike.
      #expect(!RescalingCheck.areOne(1e-6, 1.5e-6, kind), "\(kind.name)")
    }
    // A pool refuses what the others take.
    #expect(RescalingCheck.areOne(scale, scale + 2e-6, .relu6))
    #expect(!RescalingCheck.areOne(scale, scale + 2e-6, .maxPool2D))
    let exact = OperatorKind.known.filter {
      ["CONCATENATION", "REDUCE_MAX", "REDUCE_MIN"].contains($0.name)
    }
    #expect(exact.count == 3)
    for kind in exact {
      #expect(RescalingCheck.areOne(scale, scale, kind), "\(kind.name)")
      #expect(!RescalingCheck.areOne(scale, scale.nextUp, kind), "\(kind.name)")
    }
  }

  @Test func kindsThatRescaleAreLeftAlone() throws {
    for kind in [OperatorKind.relu, .tanh, .logistic, .quantize] {
      #expect(try graph(kind, Self.wide, Self.six).tflmWarnings.isEmpty, "\(kind.name)")
    }
  }

  @Test func manyAreOneWarningWithACount() throws {
    let found = try graph(.relu6, Self.wide, Self.six, count: 2).tflmWarnings
    #expect(found.count == 1)
    var draft = GraphDraft(try graph(.relu6, Self.wide, Self.six, count: 3))
    draft.tensors[2].quantization = Self.wide
    draft.tensors[1].quantization = Self.six
    let all = try draft.graph().tflmWarnings
    #expect(all.count == 1 && all[0].message.hasSuffix("(3 operators)"))
  }

  @Test func concatenationIsRefused() throws {
    var draft = GraphDraft()
    for _ in 0..<2 {
      draft.inputs.append(
        draft.add(Tensor(name: "", shape: [1, 2], elementType: .int8, quantization: Self.wide)))
    }
    draft.outputs = [
      draft.add(Tensor(name: "", shape: [1, 4], elementType: .int8, quantization: Self.six))
    ]
    draft.operators = [
      Operator(
        kind: OperatorKind(code: 2), inputs: draft.inputs, outputs: draft.outputs,
        attributes: .concatenation(axis: 1, .none))
    ]
    let found = try draft.graph().tflmWarnings
    #expect(found.first?.message.contains("it refuses the model") == true)
  }

  /// Half-precision weights stand behind DEQUANTIZE, which TFLM has for integers only.
  @Test func float16IsRefusedAndHasNoArena() throws {
    let graph = try HalfSketch.network().graph()
    let refusal = try #require(graph.tflmRefusal)
    #expect(refusal.rule == "tflm-types" && refusal.message.contains("float16"))
    #expect(refusal.place.operatorKind == "DEQUANTIZE")
    #expect(refusal.remedy.contains("modelgen convert"))
    #expect(throws: refusal) { try ArenaPlanner.plan(graph) }
  }

  @Test func typesWithoutKernels() throws {
    for type in [ElementType.float16, .bfloat16, .float64] {
      #expect(try graph(.relu6, nil, nil, type).tflmRefusal != nil, "\(type)")
      #expect(try graph(.reshape, nil, nil, type).tflmRefusal == nil, "\(type)")
    }
    #expect(try graph(.relu, Self.wide, Self.six, .uint8).tflmRefusal != nil)
    for type in [ElementType.int8, .float32, .int16] {
      #expect(try graph(.relu, nil, nil, type).tflmRefusal == nil)
    }
  }

  /// Integer weights made float by DEQUANTIZE are run; those that FULLY_CONNECTED reads are not.
  @Test func hybridIsRefused() throws {
    var sketch = HalfSketch.network()
    sketch.tensors[1].elementType = .int8
    sketch.tensors[1].quantization = Self.wide
    sketch.tensors[1].constant = [1, 2, 3, 4, 5, 6][...]
    #expect(try sketch.graph().tflmRefusal == nil)
    sketch.operators.removeFirst()
    sketch.operators[0].inputs[1] = 1
    let refusal = try #require(try sketch.graph().tflmRefusal)
    #expect(refusal.rule == "hybrid" && refusal.message.contains("int8 weights"))
    #expect(throws: refusal) { try ArenaPlanner.plan(sketch.graph()) }
  }
}

/// FULLY_CONNECTED with float16 weights behind DEQUANTIZE.
enum HalfSketch {
  /// 1, -2, 0.5, 65504, 0 and the smallest number, in halves.
  static let words: [UInt16] = [0x3C00, 0xC000, 0x3800, 0x7BFF, 0, 1]
  static let values: [Float] = [1, -2, 0.5, 65504, 0, 0x1p-24]

  static func network() -> GraphDraft {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1, 3])
    let bytes = words.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let half = draft.add(
      Tensor(name: "w", shape: [2, 3], elementType: .float16, constant: bytes[...]))
    let weights = draft.add(Tensor(name: "", shape: [2, 3], elementType: .float32))
    let output = draft.add(Tensor(name: "y", shape: [1, 2], elementType: .float32))
    draft.operators = [
      Operator(kind: .dequantize, inputs: [half], outputs: [weights], attributes: .plain),
      Operator(
        kind: .fullyConnected, inputs: [input, weights], outputs: [output],
        attributes: .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false)),
    ]
    draft.outputs = [output]
    return draft
  }
}

/// What becomes of float16 constants.
struct HalfFoldingTests {
  @Test func theSameNumbersInFloat32() throws {
    var draft = HalfSketch.network()
    let changes = try ConstantFolding.apply(to: &draft)
    #expect(changes == 1)
    _ = try DeadCode.apply(to: &draft)
    let graph = try draft.graph()
    #expect(graph.dtype == .fp32 && graph.tflmWarnings.isEmpty)
    #expect(graph.operators.map(\.kind) == [.fullyConnected])
    let weights = try #require(graph.operators[0].inputs[1])
    #expect(graph.tensors[weights].floatValues == HalfSketch.values)
    #expect(try ArenaPlanner.plan(graph).isExact)
  }

  @Test func integersStay() throws {
    var draft = HalfSketch.network()
    draft.tensors[1].elementType = .int8
    draft.tensors[1].quantization = Quantization(scales: [1], zeroPoints: [0])
    draft.tensors[1].constant = [1, 2, 3, 4, 5, 6][...]
    let changes = try ConstantFolding.apply(to: &draft)
    #expect(changes == 0)
  }
}
