import TestSupport
import Testing

@testable import Models

/// Takes a converted model apart into what a reader of Keras, or of a format in NCHW, would make of
/// the model behind it: activations, biases and batch normalisation as operators, pads apart.
struct Unlowering {
  enum Form: Sendable {
    case keras, channelsFirst
  }
  let graph: Graph
  let form: Form
  private var draft = GraphDraft()
  private var places: [Int: Int] = [:]

  init(_ graph: Graph, _ form: Form) {
    self.graph = graph
    self.form = form
  }

  mutating func make() throws -> GraphDraft {
    for input in graph.inputs {
      let shape = graph.tensors[input].shape
      let isTurned = form == .channelsFirst && shape.count == 4
      places[input] = draft.addInput(
        "input", shape: isTurned ? [shape[0], shape[3], shape[1], shape[2]] : shape)
    }
    for each in graph.operators {
      places[each.outputs[0]] = try takeApart(each)
    }
    draft.outputs = try graph.outputs.map { try #require(places[$0]) }
    return draft
  }

  private func place(_ tensor: Int?) throws -> Int {
    let tensor = try #require(tensor)
    return try #require(places[tensor])
  }

  private mutating func transpose(_ tensor: Int, _ order: [Int32]) throws -> Int {
    guard form == .channelsFirst else { return tensor }
    let order = draft.add(.int32s(order, shape: [4]))
    return try draft.append(.transpose, inputs: [tensor, order])
  }

  private mutating func takeApart(_ each: Operator) throws -> Int {
    let data = try place(each.inputs[0])
    let bare = each.attributes.with(FusedActivation.none)
    var result: Int
    switch each.kind {
    case .conv2D, .depthwiseConv2D:
      let isDepthwise = each.kind == .depthwiseConv2D
      let image = try transpose(data, [0, 2, 3, 1])
      result = try normalised(each, channelAxis: isDepthwise ? 3 : 0) { me, weights in
        let (padded, attributes) = try me.padded(image, bare, each)
        let image = try me.draft.append(each.kind, attributes, inputs: [padded, weights])
        return try me.transpose(image, [0, 3, 1, 2])
      }
    case .averagePool2D:
      let image = try transpose(data, [0, 2, 3, 1])
      let pooled = try draft.append(each.kind, bare, inputs: [image])
      result = try transpose(pooled, [0, 3, 1, 2])
    case .fullyConnected:
      var flat = data
      if draft.tensors[data].shape.count == 4 {
        let shape = draft.add(.int32s([1, -1], shape: [2]))
        flat = try draft.append(.reshape, .reshape(to: []), inputs: [data, shape])
      }
      result = try normalised(each, channelAxis: 0) { me, weights in
        try me.draft.append(each.kind, bare, inputs: [flat, weights])
      }
    case .reshape:
      let shape = graph.tensors[each.outputs[0]].shape.map { Int32($0) }
      let constant = draft.add(.int32s(shape, shape: [shape.count]))
      result = try draft.append(.reshape, .reshape(to: []), inputs: [data, constant])
    case .add: result = try draft.append(.add, bare, inputs: [data, try place(each.inputs[1])])
    default: result = try draft.append(each.kind, each.attributes, inputs: [data])
    }
    switch each.attributes.fusedActivation {
    case .relu?: result = try draft.append(.relu, inputs: [result])
    case nil, FusedActivation.none?: break
    default: Issue.record("no operator for it")
    }
    return result
  }

  /// In NCHW, PAD and a VALID window for SAME.
  private mutating func padded(
    _ image: Int, _ attributes: Attributes, _ each: Operator
  ) throws -> (Int, Attributes) {
    let window = try #require(attributes.window)
    guard form == .channelsFirst, window.padding == .same else { return (image, attributes) }
    let (shape, weights) = (draft.tensors[image].shape, graph.tensors[try index(each, 1)].shape)
    let strides = [window.stride.height, window.stride.width]
    var pads: [Int32] = [0, 0]
    for side in 0...1 {
      let size = shape[1 + side]
      let count = (size + strides[side] - 1) / strides[side]
      let total = max(0, (count - 1) * strides[side] + weights[1 + side] - size)
      pads += [Int32(total / 2), Int32(total - total / 2)]
    }
    // Where nothing is padded, SAME and VALID are one, and nobody can tell which was meant.
    guard pads.contains(where: { $0 > 0 }) else { return (image, attributes) }
    let paddings = draft.add(.int32s(pads + [0, 0], shape: [4, 2]))
    return (try draft.append(.pad, inputs: [image, paddings]), attributes.with(.valid))
  }

  private func index(_ each: Operator, _ place: Int) throws -> Int {
    try #require(each.input(place))
  }

  /// Weights divided by powers of two, so that MUL brings back the same bits; the bias as ADD.
  private mutating func normalised(
    _ each: Operator, channelAxis: Int, _ make: (inout Self, Int) throws -> Int
  ) throws -> Int {
    let weights = graph.tensors[try index(each, 1)]
    let bias = graph.tensors[try index(each, 2)]
    var values = try #require(weights.floatValues)
    let offsets = try #require(bias.floatValues)
    let scales = offsets.indices.map { Float([0.5, 2, 4][$0 % 3]) }
    let block = channelAxis == 3 ? 1 : values.count / offsets.count
    for place in values.indices { values[place] /= scales[place / block % scales.count] }
    let hasNothing = offsets.allSatisfy { $0 == 0 }
    let constant =
      hasNothing ? draft.add(weights) : draft.add(.floats(values, shape: weights.shape))
    let result = try make(&self, constant)
    guard !hasNothing else { return result }
    let isImage = form == .channelsFirst && draft.tensors[result].shape.count == 4
    let shape = isImage ? [1, scales.count, 1, 1] : [scales.count]
    let scale = draft.add(.floats(scales, shape: shape))
    let offset = draft.add(.floats(offsets, shape: shape))
    let product = try draft.append(.mul, .activation(.none), inputs: [result, scale])
    return try draft.append(.add, .activation(.none), inputs: [product, offset])
  }
}

/// The MLPerf Tiny models come out with the operators that TensorFlow wrote.
@Suite(.shared("oracles"))
struct TransformModelTests {
  /// Float32 files of TensorFlow 2.13.1, and files of the release, which an older version wrote.
  static let files = [
    ("oracles/original-tf2131/ad01.tflite", "models/ad/ad01_fp32.tflite"),
    ("oracles/original-tf2131/pretrainedResnet.tflite", "models/ic/pretrainedResnet.tflite"),
    ("oracles/original-tf2131-int8/kws_ref_model_f32.tflite", "models/kws/kws_ref_model.tflite"),
    ("oracles/original-tf2131/str_ww_ref_model.tflite", "models/sww/str_ww_ref_model.tflite"),
    ("oracles/original-tf2131/vww_96.tflite", "models/vww/vww_96_float.tflite"),
  ]

  @Test(arguments: files, [Unlowering.Form.keras, .channelsFirst])
  func operatorsAreTensorFlows(_ files: (String, String), _ form: Unlowering.Form) throws {
    let original = try TFLiteReader.read(path: Shared.path(files.0))
    let released = try TFLiteReader.read(path: Shared.path(files.1))
    var unlowering = Unlowering(original, form)
    let draft = try unlowering.make()
    #expect(draft.operators.count > 2 * original.operators.count)

    // The float32 KWS was converted by yet another version, which leaves the RESHAPE.
    let hasReshape = original.operators.contains { $0.kind == .reshape }
    let options = Lowering.Options(flatten: hasReshape ? .kept : .absorbed)
    let absorbed = try Lowering.lower(draft, options: options).graph
    expectEqual(absorbed, original)
    for (found, expected) in zip(absorbed.operators, original.operators) {
      #expect(found.version == expected.version)
      for place in 1..<max(1, expected.inputs.count) {
        let a = found.input(place).flatMap { absorbed.tensors[$0].floatValues }
        let b = expected.input(place).flatMap { original.tensors[$0].floatValues }
        #expect(a == b, "weights and bias bit for bit")
      }
    }
    let kept = try Lowering.lower(draft, options: .init(flatten: .kept))
    expectEqual(kept.graph, released)
    let turned = form == .channelsFirst && original.tensors[original.inputs[0]].shape.count == 4
    #expect(kept.layouts.map(\.isInput) == (turned ? [true] : []))
    #expect(kept.remarks.map(\.rule) == (turned ? ["input-layout"] : []))
    #expect(kept.graph.remarks == kept.remarks && kept.remarks.allSatisfy { $0.isPlacedAndHelpful })
  }

  private func expectEqual(_ found: Graph, _ expected: Graph) {
    #expect(found.operators.map(\.kind.name) == expected.operators.map(\.kind.name))
    #expect(found.macs == expected.macs)
    for (a, b) in zip(found.costs, expected.costs) {
      #expect(
        a.kind == b.kind && a.input == b.input && a.output == b.output && a.weights == b.weights)
      guard a.kind != "RESHAPE" else { continue }
      #expect(found.operators[a.index].attributes == expected.operators[b.index].attributes)
      if found.dtype == expected.dtype {
        #expect(a.weightBytes == b.weightBytes && a.constantBytes == b.constantBytes)
      }
    }
  }

  /// Converted models are what they should be already.
  @Test func convertedModelsStay() throws {
    for path in Shared.files(ending: ".tflite").map(Shared.path) {
      let graph = try TFLiteReader.read(path: path)
      let lowered = try Lowering.lower(GraphDraft(graph), options: .init(flatten: .kept))
      #expect(lowered.graph.operators.map(\.kind) == graph.operators.map(\.kind), "\(path)")
      #expect(lowered.graph.macs == graph.macs && lowered.remarks.isEmpty, "\(path)")
      #expect(lowered.graph.weightBytes == graph.weightBytes, "\(path)")
      let passes = lowered.changes.map(\.pass)
      #expect(passes.isEmpty || passes == ["Renumbering"], "\(path): \(lowered.changes)")
    }
  }
}
