import Models
import TestSupport
import Testing

@testable import ModelFormats

@Suite struct PoolingTests {
  private static let shape = [1, 2, 8, 7]
  private let input = randomFloats(112, seed: 5)

  private func file(
    _ kind: String, _ window: NaiveWindow, _ more: [ONNXAttributeProto] = [],
    behindRelu: Bool = false
  ) -> Sketch {
    let attributes = window.attributes.filter { $0.name != "dilations" } + more
    return sketch(opset: 11, x: Self.shape) {
      if behindRelu { $0.node("Relu", ["x"], "r") }
      $0.node(kind, [behindRelu ? "r" : "x"], "y", attributes)
    }
  }

  static let sameOrNone = [
    NaiveWindow(size: [2, 2], strides: [2, 2]), NaiveWindow(size: [3, 3], pads: [1, 1, 1, 1]),
    NaiveWindow(size: [3, 2], strides: [2, 1]),
    NaiveWindow(size: [3, 3], pads: [0, 1, 1, 1], strides: [2, 2]),
  ]

  @Test(arguments: sameOrNone.indices) func largestAgrees(_ index: Int) throws {
    let window = Self.sameOrNone[index]
    let expected = Naive.pooling(Image(Self.shape, input), window) { inside, _ in
      inside.max() ?? 0
    }
    #expect(try file("MaxPool", window).run([input]) == [expected.floats])
  }

  @Test(arguments: sameOrNone.indices, [false, true])
  func meanAgrees(_ index: Int, includesPads: Bool) throws {
    let window = Self.sameOrNone[index]
    let expected = Naive.pooling(Image(Self.shape, input), window) { inside, count in
      inside.reduce(0, +) / Double(includesPads ? count : inside.count)
    }
    let file = file("AveragePool", window, [.int("count_include_pad", includesPads ? 1 : 0)])
    #expect(distance(try file.run([input])[0], expected.floats) <= 2e-6)
  }

  @Test func padsOfNoSameAreZerosWhereNothingIsNegative() throws {
    let window = NaiveWindow(size: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2])
    let rectified = input.map { max($0, 0) }
    let expected = Naive.pooling(Image(Self.shape, rectified), window) { inside, _ in
      inside.max() ?? 0
    }
    #expect(try file("MaxPool", window, behindRelu: true).run([input]) == [expected.floats])
    let refusal = try #require(try file("MaxPool", window).refusal())
    #expect(refusal.message.contains("negative"))
    let mean = try #require(try file("AveragePool", window, behindRelu: true).refusal())
    #expect(mean.remedy.contains("count_include_pad"))
  }

  @Test func ceilModeIsReadWhereItChangesNothing() throws {
    let fits = NaiveWindow(size: [2, 3], strides: [2, 2])
    #expect(try file("MaxPool", fits, [.int("ceil_mode", 1)]).refusal() == nil)
    let rest = NaiveWindow(size: [3, 3], strides: [2, 2])
    let refusal = try #require(try file("MaxPool", rest, [.int("ceil_mode", 1)]).refusal())
    #expect(refusal.message.contains("ceil_mode"))
  }

  @Test func theIndicesOfTheLargestAreNotThere() throws {
    var file = file("MaxPool", NaiveWindow(size: [2, 2]))
    file.model.graph.node[0].output.append("indices")
    #expect(try file.refusal() == nil)
    file.output("indices")
    #expect(try file.refusal()?.rule == "graph-boundary")
  }

  @Test func globalMeanAndLargest() throws {
    for (kind, combine) in [
      ("GlobalAveragePool", { $0.reduce(0, +) / 56 }),
      ("GlobalMaxPool", { $0.max() ?? 0 }),
    ] as [(String, ([Double]) -> Double)] {
      let file = sketch(x: Self.shape) { $0.node(kind, ["x"], "y") }
      let expected = (0..<2).map { c in
        Float(combine(input[c * 56..<(c + 1) * 56].map { Double($0) }))
      }
      #expect(distance(try file.run([input])[0], expected) <= 2e-6)
    }
  }

  @Test(arguments: [true, false]) func meanOverHeightAndWidth(keeps: Bool) throws {
    let draft = try sketch(x: Self.shape) {
      $0.node("ReduceMean", ["x"], "y", [.ints("axes", [-1, 2]), .int("keepdims", keeps ? 1 : 0)])
    }.read().draft
    #expect(draft.tensors[draft.outputs[0]].shape == (keeps ? [1, 2, 1, 1] : [1, 2]))
  }
}
