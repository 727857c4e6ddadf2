import Models
import TestSupport
import Testing

@testable import ModelFormats

@Suite struct ConvolutionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var channels: Int
    var outputs: Int
    var groups: Int
    var size: [Int]
    var pads: [Int]
    var strides: [Int]
    var dilations: [Int]
    var testDescription: String {
      "\(channels)->\(outputs)/\(groups) \(size) \(pads) \(strides) \(dilations)"
    }
    var window: NaiveWindow {
      NaiveWindow(size: size, pads: pads, strides: strides, dilations: dilations)
    }
  }

  static let cases: [Case] = {
    var generator = SplitMix(7)
    return (0..<60).map { _ in
      let groups = Int.random(in: 1...3, using: &generator)
      let isDepthwise = Bool.random(using: &generator)
      let perGroup = isDepthwise ? 1 : Int.random(in: 1...3, using: &generator)
      let size = [1, 2].map { _ in Int.random(in: 1...4, using: &generator) }
      let dilations = [1, 2].map { _ in Int.random(in: 1...2, using: &generator) }
      return Case(
        channels: groups * perGroup, outputs: groups * Int.random(in: 1...3, using: &generator),
        groups: groups, size: size,
        pads: [0, 1, 0, 1].map {
          Int.random(in: 0...(size[$0] - 1) * dilations[$0], using: &generator)
        },
        strides: [1, 2].map { _ in Int.random(in: 1...3, using: &generator) }, dilations: dilations)
    }
  }()

  @Test(arguments: cases) func agreesWithTheDefinition(_ each: Case) throws {
    let shape = [1, each.channels, 7, 9]
    let perGroup = each.channels / each.groups
    let weights = randomFloats(each.outputs * perGroup * each.size.reduce(1, *), seed: 2)
    let bias = randomFloats(each.outputs, seed: 3)
    let file = sketch(x: shape) {
      $0.floats("w", [each.outputs, perGroup] + each.size, weights)
      $0.floats("b", [each.outputs], bias)
      $0.node("Conv", ["x", "w", "b"], "y", each.window.attributes + [.int("group", each.groups)])
    }
    let input = randomFloats(shape.reduce(1, *), seed: 4)
    let expected = Naive.convolution(
      Image(shape, input), weights: weights, bias: bias, groups: each.groups, each.window)
    let draft = try file.read().draft
    #expect(
      draft.tensors[draft.outputs[0]].shape[1...] == [
        expected.channels, expected.height, expected.width,
      ])
    let graph = try draft.graph()
    #expect(distance(try evaluate(graph, [input])[0], expected.floats) <= 2e-6)
    // What is written and read again computes the same.
    let again = try ONNXReader.read(bytes: ONNXWriter.write(graph)).draft.graph()
    #expect(try evaluate(again, [input]) == evaluate(graph, [input]))
  }

  @Test func groupsOfOneChannelAreDepthwise() throws {
    let file = sketch(x: [1, 3, 5, 5]) {
      $0.random("w", [6, 1, 3, 3])
      $0.node("Conv", ["x", "w"], "y", [.int("group", 3)])
    }
    let draft = try file.read().draft
    #expect(draft.operators.map(\.kind) == [.transpose, .depthwiseConv2D, .transpose])
    #expect(draft.tensors.contains { $0.name == "w" && $0.shape == [1, 3, 3, 6] })
  }

  @Test(arguments: [
    ("SAME_UPPER", [1, 4, 4, 2]), ("SAME_LOWER", [1, 4, 4, 2]), ("VALID", [1, 3, 3, 2]),
    ("NOTSET", [1, 3, 3, 2]),
  ]) func takesAutoPad(mode: String, shape: [Int]) throws {
    let file = sketch(x: [1, 1, 8, 8]) {
      $0.random("w", [2, 1, 3, 3])
      $0.node("Conv", ["x", "w"], "y", [.text("auto_pad", mode), .ints("strides", [2, 2])])
    }
    let draft = try file.read().draft
    let convolution = try #require(draft.operators.first { $0.kind == .conv2D })
    #expect(draft.tensors[convolution.outputs[0]].shape == shape)
    #expect(draft.operators.contains { $0.kind == .pad } == (mode == "SAME_LOWER"))
    #expect(convolution.attributes.window?.padding == (mode == "SAME_UPPER" ? .same : .valid))
  }

  @Test(arguments: [
    ([1, 4, 9], [6, 4, 3], [], "unsupported", "1x4x9"),
    ([1, 4, 9, 9], [6, 3, 3, 3], [], "shape-mismatch", "4 channels"),
    ([1, 4, 2, 2], [6, 4, 3, 3], [], "shape", "1x0x0x6"),
    (
      [1, 4, 9, 9], [6, 4, 3, 3], [ONNXAttributeProto.ints("pads", [-1, 0, 0, 0])], "attribute",
      "`pads`"
    ),
    ([1, 4, 9, 9], [6, 4, 3, 3], [.ints("pads", [0, 0, 5, 0])], "unsupported", "`pads`"),
    ([1, 4, 9, 9], [6, 4, 3, 3], [.ints("strides", [0, 1])], "attribute", "`strides`"),
    ([1, 4, 9, 9], [6, 4, 3, 3], [.ints("kernel_shape", [3, 4])], "attribute", "`kernel_shape`"),
    ([1, 4, 9, 9], [6, 4, 3, 3], [.text("auto_pad", "SAME")], "attribute", "'SAME'"),
    ([1, 4, 9, 9], [6, 4, 3, 3], [.ints("padding", [1])], "attribute", "`padding`"),
    ([1, 4, 9, 9], [6, 4, 3, 3], [.int("strides", 1)], "attribute", "ints"),
    ([1, 4, 9, 9], [6, 2, 3, 3], [.int("group", 4)], "shape-mismatch", "4 groups"),
  ]) func refuses(
    x: [Int], weights: [Int], attributes: [ONNXAttributeProto], rule: String, word: String
  ) throws {
    let file = sketch(x: x) {
      $0.random("w", weights)
      $0.node("Conv", ["x", "w"], "y", attributes)
    }
    let refusal = try #require(try file.refusal())
    #expect(refusal.rule == rule)
    #expect(refusal.message.contains(word), "\(refusal.message)")
    #expect(refusal.place.operatorKind == "Conv" && refusal.place.operatorIndex == 0)
  }
}
