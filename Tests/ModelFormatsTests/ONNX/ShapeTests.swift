import Models
import TestSupport
import Testing

@testable import ModelFormats

/// Operators that only move elements, and arithmetic on shapes.
@Suite struct ShapeTests {
  private func outputShape(_ file: Sketch) throws -> [Int] {
    let draft = try file.read().draft
    return draft.tensors[draft.outputs[0]].shape
  }

  @Test(arguments: [
    (0, [1, 120]), (1, [2, 60]), (2, [6, 20]), (4, [120, 1]), (-1, [24, 5]),
  ]) func flatten(axis: Int, shape: [Int]) throws {
    let file = sketch(x: [2, 3, 4, 5]) {
      $0.node("Flatten", ["x"], "y", [.int("axis", axis)])
    }
    #expect(try outputShape(file) == shape)
  }

  @Test(arguments: [
    ([0, -1], [2, 60]), ([-1], [120]), ([0, 0, 20], [2, 3, 20]), ([6, 20], [6, 20]),
  ]) func reshape(target: [Int], shape: [Int]) throws {
    let file = sketch(opset: 14, x: [2, 3, 4, 5]) {
      $0.ints("s", target)
      $0.node("Reshape", ["x", "s"], "y")
    }
    #expect(try outputShape(file) == shape)
  }

  @Test(arguments: [
    ([7, -1], 0), ([-1, -1], 0), ([0, -1], 1), ([-2, 60], 0), ([2, 3, 4, 5, 0], 0),
    ([Int.max, Int.max], 0), ([], 0),
  ]) func refusesTargets(target: [Int], allowZero: Int) throws {
    let file = sketch(opset: 14, x: [2, 3, 4, 5]) {
      $0.ints("s", target)
      $0.node("Reshape", ["x", "s"], "y", [.int("allowzero", allowZero)])
    }
    let refusal = try #require(try file.refusal())
    #expect(["shape", "shape-mismatch"].contains(refusal.rule))
  }

  @Test(arguments: [11, 13]) func squeezeAndUnsqueeze(opset: Int) throws {
    let file = sketch(opset: opset, x: [1, 3, 1, 5]) { file in
      func node(_ kind: String, _ input: String, _ output: String, _ axes: [Int]) {
        guard opset >= 13 else { return file.node(kind, [input], output, [.ints("axes", axes)]) }
        file.ints(output + "_axes", axes)
        file.node(kind, [input, output + "_axes"], output)
      }
      node("Squeeze", "x", "z", [0, -2])
      node("Unsqueeze", "z", "y", [1, -1])
    }
    #expect(try outputShape(file) == [3, 1, 5, 1])
  }

  /// `x.view(x.size(0), -1)` as PyTorch writes it.
  @Test func shapesAreComputedAtImport() throws {
    let draft = try sketch(x: [2, 3, 4, 5]) {
      $0.node("Shape", ["x"], "shape")
      $0.ints("zero", [0])
      $0.node("Gather", ["shape", "zero"], "batch", [.int("axis", 0)])
      $0.ints("rest", [-1])
      $0.node("Concat", ["batch", "rest"], "target", [.int("axis", 0)])
      $0.node("Reshape", ["x", "target"], "y")
    }.read().draft
    #expect(draft.operators.map(\.kind) == [.reshape])
    #expect(draft.tensors[draft.outputs[0]].shape == [2, 60])
  }

  @Test func identityAndDropoutLeaveNothing() throws {
    var file = sketch(opset: 12, x: [3]) {
      $0.node("Identity", ["x"], "a")
      $0.node("Relu", ["a"], "b")
      $0.node("Dropout", ["b"], "y")
    }
    let draft = try file.read().draft
    #expect(draft.operators.map(\.kind) == [.relu])
    #expect(draft.tensors[draft.outputs[0]].name == "y")
    var training = ONNXTensorProto()
    training.name = "training"
    training.dataType = Int32(ONNXTensorProto.DataType.bool.rawValue)
    training.rawData = .init([1])
    file.model.graph.initializer.append(training)
    file.model.graph.node[2].input += ["", "training"]
    #expect(try file.refusal()?.message.contains("training mode") == true)
  }

  @Test func transposedWeightsAreTransposedAtImport() throws {
    let file = sketch(x: [1, 2]) {
      $0.floats("w", [3, 2], [1, 2, 3, 4, 5, 6])
      $0.node("Transpose", ["w"], "t", [.ints("perm", [1, 0])])
      $0.node("MatMul", ["x", "t"], "y")
    }
    #expect(try file.run([[10, 1]]) == [[12, 34, 56]])
  }

  @Test func orderOfConstants() {
    let tensor = Tensor.floats((0..<24).map { Float($0) }, shape: [2, 3, 4])
    let turned = ConstantOrder.transposed(tensor, [2, 0, 1])
    #expect(turned.shape == [4, 2, 3])
    let back = ConstantOrder.transposed(turned, [1, 2, 0])
    #expect(back == tensor)
    // Element [3, 1, 2] is element [1, 2, 3] of the source.
    #expect(turned.floatValues?[3 * 6 + 1 * 3 + 2] == 23)
  }
}
