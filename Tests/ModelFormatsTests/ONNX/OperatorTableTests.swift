import Models
import Testing

@testable import ModelFormats

/// What the table says becomes of each operator, which documentation shows.
@Suite struct OperatorTableTests {
  /// Models whose last node is the operator in question, in all forms that add other kinds.
  private static var sketches: [Sketch] {
    let image = [1, 2, 5, 6]
    let uneven = ONNXAttributeProto.ints("pads", [1, 0, 0, 0])
    let window = ONNXAttributeProto.ints("kernel_shape", [2, 2])
    var all = ["Add", "Sub", "Mul", "Div", "Max", "Min", "Sum"].map { kind in
      sketch(x: [4]) {
        $0.random("c", [4])
        $0.node(kind, ["x", "c"], "y")
      }
    }
    all += ["Relu", "Sigmoid", "Tanh", "GlobalAveragePool", "GlobalMaxPool", "Flatten"].map {
      kind in sketch(x: image) { $0.node(kind, ["x"], "y") }
    }
    all += [("Transpose", "perm", [0, 2, 3, 1]), ("ReduceMean", "axes", [2, 3])].map {
      kind, name, values in
      sketch(x: image) { $0.node(kind, ["x"], "y", [.ints(name, values)]) }
    }
    all += [("Squeeze", [0]), ("Unsqueeze", [0])].map { kind, axes in
      sketch(x: [1, 3]) { $0.node(kind, ["x"], "y", [.ints("axes", axes)]) }
    }
    for (low, high) in [(0, 6), (0, nil), (-1, 1)] as [(Float, Float?)] {
      all.append(
        sketch(x: [4]) {
          $0.floats("low", [], [low])
          if let high { $0.floats("high", [], [high]) }
          $0.node("Clip", ["x", "low", high == nil ? "" : "high"], "y")
        })
    }
    for groups in [1, 2] {
      all.append(
        sketch(x: image) {
          $0.random("w", [2, 2 / groups, 2, 2])
          $0.node("Conv", ["x", "w"], "y", [uneven, .int("group", groups)])
        })
    }
    for rows in [1, 3] {
      all.append(
        sketch(x: [3, 4]) {
          $0.random("w", [4, 2])
          $0.random("c", [rows, 2])
          $0.node("Gemm", ["x", "w", "c"], "y")
        })
    }
    all += [
      sketch(x: image) {
        $0.node(
          "AveragePool", ["x"], "y", [window, uneven, .int("count_include_pad", 1)])
      },
      sketch(x: image) {
        $0.node("Relu", ["x"], "z")
        $0.node("MaxPool", ["z"], "y", [window, uneven])
      },
      sketch(x: image) { file in
        for name in ["s", "b", "m", "v"] { file.floats(name, [2], [1, 2]) }
        file.node("BatchNormalization", ["x", "s", "b", "m", "v"], "y")
      },
      sketch(x: [2, 4]) {
        $0.random("w", [4, 2])
        $0.node("MatMul", ["x", "w"], "y")
      },
      sketch(x: image) {
        $0.ints("pads", [0, 0, 1, 1, 0, 0, 1, 1])
        $0.node("Pad", ["x", "pads"], "y")
      },
      sketch(x: [2, 4]) {
        $0.ints("shape", [4, 2])
        $0.node("Reshape", ["x", "shape"], "y")
      },
      sketch(x: [2, 3, 4]) { $0.node("Softmax", ["x"], "y", [.int("axis", 1)]) },
    ]
    return all
  }

  @Test func operatorsBecomeWhatTheTableSays() throws {
    var found: [String: Set<OperatorKind>] = [:]
    for file in Self.sketches {
      let name = try #require(file.model.graph.node.last).opType
      let kinds = try file.read().draft.operators.map(\.kind)
      // Nodes before the last one are only Relu.
      let before = file.model.graph.node.count - 1
      found[name, default: []].formUnion(kinds.dropFirst(before))
    }
    for (name, rule) in OperatorTable.rules {
      guard case .operators(let listed) = rule.result else {
        #expect(found[name] == nil)
        continue
      }
      let kinds = try #require(found[name], "\(name)")
      #expect(kinds.union([.transpose]) == Set(listed + [.transpose]), "\(name)")
    }
  }
}
