import Foundation
import Models
import TestSupport
import Testing

@testable import ModelFormats

/// Operators that are neither convolutions nor pooling.
@Suite struct OperatorTests {
  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)], [false, true])
  func gemm(isTransposed: (a: Bool, b: Bool), isScaled: Bool) throws {
    let (transA, transB) = isTransposed
    let (alpha, beta): (Float, Float) = isScaled ? (0.5, 3) : (1, 1)
    let (rows, inner, columns) = (2, 5, 3)
    let a = randomFloats(rows * inner, seed: 1)
    let b = randomFloats(inner * columns, seed: 2)
    let c = randomFloats(columns, seed: 3)
    let file = sketch(x: transA ? [inner, rows] : [rows, inner]) {
      $0.floats("b", transB ? [columns, inner] : [inner, columns], b)
      $0.floats("c", [columns], c)
      $0.node(
        "Gemm", ["x", "b", "c"], "y",
        [
          .int("transA", transA ? 1 : 0), .int("transB", transB ? 1 : 0),
          .float("alpha", alpha), .float("beta", beta),
        ])
    }
    var expected: [Float] = []
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for k in 0..<inner {
          let left = a[transA ? k * rows + row : row * inner + k]
          let right = b[transB ? column * inner + k : k * columns + column]
          sum += Double(left) * Double(right)
        }
        expected.append(
          Float(Double(alpha) * sum + Double(beta) * Double(c[column])))
      }
    }
    #expect(distance(try file.run([a])[0], expected) <= 2e-6)
  }

  @Test(arguments: [[2, 4], [4], [1, 3, 4]]) func matMul(shape: [Int]) throws {
    let draft = try sketch(x: shape) {
      $0.random("w", [4, 5])
      $0.node("MatMul", ["x", "w"], "y")
    }.read().draft
    #expect(draft.operators.map(\.kind) == [.fullyConnected])
    #expect(draft.tensors[draft.outputs[0]].shape == shape.dropLast() + [5])
  }

  @Test(arguments: [
    (Float?(0), Float?(6), ["RELU6"]), (0, nil, ["RELU"]), (-1, 1, ["MAXIMUM", "MINIMUM"]),
    (nil, 2, ["MINIMUM"]), (0.5, nil, ["MAXIMUM"]), (nil, nil, []),
  ]) func clip(low: Float?, high: Float?, kinds: [String]) throws {
    let input: [Float] = [-8, -0.5, 0, 0.25, 5, 7]
    let expected = input.map { min(max($0, low ?? -.infinity), high ?? .infinity) }
    for opset in [7, 10, 11, 21] {
      let file = sketch(opset: opset, x: [6]) { file in
        // A constant sum in front, so that there is an operator in any case.
        file.floats("zero", [1], [0])
        file.node("Add", ["x", "zero"], "z")
        guard opset < 11 else {
          if let low { file.floats("low", [], [low]) }
          if let high { file.floats("high", [], [high]) }
          return file.node(
            "Clip", ["z", low == nil ? "" : "low", high == nil ? "" : "high"], "y")
        }
        let limits = [low.map { ("min", $0) }, high.map { ("max", $0) }].compactMap { $0 }
        file.node("Clip", ["z"], "y", limits.map { .float($0.0, $0.1) })
      }
      #expect(try file.read().draft.operators.dropFirst().map(\.kind.name) == kinds)
      #expect(try file.run([input])[0] == expected)
    }
  }

  @Test func batchNormalization() throws {
    let shape = [1, 3, 2, 2]
    let parameters = (0..<4).map { position in
      randomFloats(3, seed: UInt64(position)).map { position == 3 ? abs($0) + 0.1 : $0 }
    }
    let input = randomFloats(12, seed: 9)
    let expected = input.enumerated().map { index, x in
      let p = parameters.map { Double($0[index / 4]) }
      return Float((Double(x) - p[2]) / (p[3] + 1e-3).squareRoot() * p[0] + p[1])
    }
    var file = sketch(opset: 14, x: shape) { file in
      for (name, values) in zip(["s", "b", "m", "v"], parameters) { file.floats(name, [3], values) }
      file.node("BatchNormalization", ["x", "s", "b", "m", "v"], "y", [.float("epsilon", 1e-3)])
    }
    #expect(distance(try file.run([input])[0], expected) <= 2e-6)
    file.model.graph.node[0].attribute.append(.int("training_mode", 1))
    #expect(try file.refusal()?.message.contains("training") == true)
  }

  /// Up to opset 12, softmax runs over all dimensions from the axis on; since 13 along the axis.
  @Test(arguments: [(12, [0.1, 0.2, 0.3, 0.4]), (13, [0.25, 1.0 / 3, 0.75, 2.0 / 3])])
  func softmaxAxis(opset: Int, expected: [Double]) throws {
    let input: [Float] = [1.0, 2.0, 3.0, 4.0].map { Float(log($0)) }
    let file = sketch(opset: opset, x: [1, 2, 2]) {
      $0.node("Softmax", ["x"], "y", [.int("axis", 1)])
    }
    #expect(distance(try file.run([input])[0], expected.map { Float($0) }) <= 2e-6)
  }

  @Test(arguments: [("Add", [3, 1, 1]), ("Sub", [2]), ("Mul", [1]), ("Add", [1, 3, 2, 2])])
  func operandsAreCombinedAsNumPyDoes(kind: String, shape: [Int]) throws {
    let input = randomFloats(12, seed: 1)
    let count = shape.reduce(1, *)
    let values = randomFloats(count, seed: 2)
    let position = { (index: Int) -> Int in
      switch shape {
      case [3, 1, 1]: index / 4
      case [2]: index % 2
      case [1]: 0
      default: index
      }
    }
    for isFirst in [false, true] {
      let file = sketch(x: [1, 3, 2, 2]) {
        $0.floats("w", shape, values)
        $0.node(kind, isFirst ? ["w", "x"] : ["x", "w"], "y")
      }
      let expected = input.indices.map { index in
        let (a, b) = (input[index], values[position(index)])
        switch kind {
        case "Add": return a + b
        case "Mul": return a * b
        default: return isFirst ? b - a : a - b
        }
      }
      #expect(try file.run([input])[0] == expected)
    }
  }

  @Test func variadicOperatorsAreChains() throws {
    var file = Sketch()
    for name in ["x", "z"] { file.input(name, [2]) }
    file.floats("w", [1], [0.5])
    file.node("Max", ["w", "x", "z"], "y")
    file.output("y")
    #expect(try file.run([[0, 1], [0.25, 2]]) == [[0.5, 2]])
    #expect(try file.read().draft.operators.map(\.kind) == [.maximum, .maximum])
  }

  @Test(arguments: [7, 11, 18]) func pad(opset: Int) throws {
    let file = sketch(opset: opset, x: [2, 1]) {
      guard opset >= 11 else {
        return $0.node("Pad", ["x"], "y", [.ints("pads", [0, 2, 0, 1])])
      }
      $0.ints("pads", opset < 18 ? [0, 2, 0, 1] : [2, 1])
      $0.ints("axes", [-1])
      $0.node("Pad", opset < 18 ? ["x", "pads"] : ["x", "pads", "", "axes"], "y")
    }
    #expect(try file.run([[3, 4]]) == [[0, 0, 3, 0, 0, 0, 4, 0]])
  }
}
