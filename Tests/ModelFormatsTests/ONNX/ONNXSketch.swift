import Foundation
import Interpreter
import Models
import Support
import SwiftProtobuf
import TestSupport
import Testing

@testable import ModelFormats

/// A file in the making.
struct Sketch {
  var model = ONNXModelProto()

  init(opset: Int = 11) {
    model.irVersion = 7
    var operators = ONNXOperatorSetIdProto()
    operators.version = Int64(opset)
    model.opsetImport = [operators]
    model.graph.name = "sketch"
  }

  mutating func input(_ name: String, _ shape: [Int]) {
    model.graph.input.append(ONNXValueInfoProto(name, shape: shape))
  }

  mutating func output(_ name: String) {
    var value = ONNXValueInfoProto()
    value.name = name
    model.graph.output.append(value)
  }

  mutating func floats(_ name: String, _ shape: [Int], _ values: [Float]) {
    model.graph.initializer.append(
      ONNXTensorProto(.floats(values, shape: shape, name: name), name: name))
  }

  /// SplitMix numbers between -1 and 1.
  mutating func random(_ name: String, _ shape: [Int], seed: UInt64 = 1) {
    floats(name, shape, randomFloats(shape.reduce(1, *), seed: seed))
  }

  mutating func ints(_ name: String, _ values: [Int]) {
    model.graph.initializer.append(ONNXTensorProto(list: values, name: name))
  }

  mutating func node(
    _ kind: String, _ inputs: [String], _ output: String, _ attributes: [ONNXAttributeProto] = []
  ) {
    var node = ONNXNodeProto()
    node.opType = kind
    node.input = inputs
    node.output = [output]
    node.attribute = attributes
    node.name = "the_\(kind)"
    model.graph.node.append(node)
  }

  func bytes() throws -> [UInt8] { try model.serializedBytes() }

  func read() throws -> ImportedDraft { try ONNXReader.read(bytes: bytes()) }

  /// The diagnostic with which reading ends; nil where it is a model.
  func refusal() throws -> Diagnostic? { diagnosis(of: try bytes()) }

  /// What the model gives for float32 inputs.
  func run(_ inputs: [[Float]]) throws -> [[Float]] {
    try evaluate(read().draft.graph(), inputs)
  }
}

extension ONNXAttributeProto {
  static func float(_ name: String, _ value: Float) -> ONNXAttributeProto {
    var result = ONNXAttributeProto()
    result.name = name
    result.f = value
    result.type = .float
    return result
  }

  static func text(_ name: String, _ value: String) -> ONNXAttributeProto {
    var result = ONNXAttributeProto()
    result.name = name
    result.s = Data(value.utf8)
    result.type = .string
    return result
  }
}

/// A sketch with one input `x`, one output `y`, and what `fill` adds.
func sketch(
  opset: Int = 11, x shape: [Int], _ fill: (inout Sketch) -> Void
) -> Sketch {
  var result = Sketch(opset: opset)
  result.input("x", shape)
  fill(&result)
  result.output("y")
  return result
}

func diagnosis(of bytes: [UInt8]) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try ONNXReader.read(bytes: bytes).draft.graph()
    return nil
  } catch {
    return error
  }
}

func evaluate(_ graph: Graph, _ inputs: [[Float]]) throws -> [[Float]] {
  let arrays = inputs.map { Array(Tensor.floats($0, shape: [$0.count]).constant ?? []) }
  return try Interpreter(graph).run(arrays).map { bytes in
    Tensor(
      name: "", shape: [bytes.count / 4], elementType: .float32, constant: bytes[...]
    ).floatValues ?? []
  }
}

/// The largest difference, as a part of the largest absolute value expected.
func distance(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  let largest = b.map(abs).max() ?? 0
  return (zip(a, b).map { abs($0 - $1) }.max() ?? 0) / max(largest, 1e-30)
}

func randomFloats(_ count: Int, seed: UInt64) -> [Float] {
  var generator = SplitMix(seed)
  return (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
}
