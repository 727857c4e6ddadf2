import Foundation
import Models
import Support
import SwiftProtobuf
import TestSupport
import Testing

@testable import ModelFormats

/// Damaged files end in a diagnostic, or are a model that keeps the rules.
@Suite struct ONNXHostileTests {
  /// A small model with most of what a file can hold.
  static let model: Sketch = sketch(opset: 12, x: [1, 2, 6, 6]) {
    $0.random("w", [4, 2, 3, 3])
    $0.random("b", [4])
    $0.node("Conv", ["x", "w", "b"], "c", [.ints("pads", [1, 1, 1, 1]), .int("group", 1)])
    $0.floats("low", [], [0])
    $0.floats("high", [], [6])
    $0.node("Clip", ["c", "low", "high"], "r")
    $0.node("MaxPool", ["r"], "p", [.ints("kernel_shape", [2, 2]), .ints("strides", [2, 2])])
    $0.ints("pads", [0, 0, 1, 1, 0, 0, 1, 1])
    $0.node("Pad", ["p", "pads"], "q")
    $0.ints("shape", [0, -1])
    $0.node("Reshape", ["q", "shape"], "f")
    $0.random("m", [3, 100])
    $0.node("Gemm", ["f", "m"], "g", [.int("transB", 1), .float("alpha", 0.5)])
    $0.node("Softmax", ["g"], "y", [.int("axis", 1)])
  }

  private func check(_ bytes: [UInt8]) {
    guard let refusal = diagnosis(of: bytes) else { return }
    let text = refusal.headline + refusal.remedy
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(!refusal.rule.isEmpty && !refusal.message.isEmpty && !refusal.remedy.isEmpty)
  }

  @Test func theModelItselfIsRead() throws { #expect(try Self.model.refusal() == nil) }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try Self.model.bytes()
    // The opset import, without which no prefix is a model, stands last.
    for count in 0..<bytes.count {
      #expect(diagnosis(of: Array(bytes[..<count])) != nil, "\(count)")
    }
  }

  @Test(arguments: 0..<4) func randomDamageNeverCrashes(seed: Int) throws {
    let bytes = try Self.model.bytes()
    var generator = SplitMix(UInt64(seed))
    for _ in 0..<500 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: damaged.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: damaged[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: damaged.remove(at: place)
        default: damaged.insert(0xFF, at: place)
        }
      }
      check(damaged)
    }
  }

  @Test(arguments: [0, -1, 7, 1 << 31, 1 << 40, .max, .min] as [Int64])
  func anyNumberMayBeAnything(value: Int64) throws {
    for node in Self.model.model.graph.node.indices {
      for attribute in Self.model.model.graph.node[node].attribute.indices {
        var file = Self.model
        file.model.graph.node[node].attribute[attribute].i = value
        check(try file.bytes())
        for place in file.model.graph.node[node].attribute[attribute].ints.indices {
          var file = Self.model
          file.model.graph.node[node].attribute[attribute].ints[place] = value
          check(try file.bytes())
        }
      }
    }
    for tensor in Self.model.model.graph.initializer.indices {
      for place in Self.model.model.graph.initializer[tensor].dims.indices {
        var file = Self.model
        file.model.graph.initializer[tensor].dims[place] = value
        check(try file.bytes())
      }
    }
    for place in 0..<4 {
      var file = Self.model
      file.model.graph.input[0].type.tensorType.shape.dim[place].dimValue = value
      check(try file.bytes())
    }
    for (name, count) in [("pads", 8), ("shape", 2)] {
      for place in 0..<count {
        var file = Self.model
        let tensor = try #require(file.model.graph.initializer.firstIndex { $0.name == name })
        var list = [0, -1, 0, 0, 0, 0, 0, 0].prefix(count).map { $0 }
        list[place] = Int(value)
        file.model.graph.initializer[tensor] = ONNXTensorProto(list: list, name: name)
        check(try file.bytes())
      }
    }
  }

  @Test func circlesAndWrongOrderAreNamed() throws {
    let circle = sketch(x: [2]) {
      $0.node("Add", ["x", "b"], "a")
      $0.node("Relu", ["a"], "b")
      $0.node("Relu", ["b"], "y")
    }
    let refusal = try #require(try circle.refusal())
    #expect(refusal.rule == "data-flow" && refusal.message.contains("node 1 (Relu)"))
    #expect(refusal.place == Place(operatorIndex: 0, operatorKind: "Add"))
    #expect(refusal.message.hasPrefix("`the_Add`"))
    let itself = sketch(x: [2]) { $0.node("Relu", ["y"], "y") }
    #expect(try itself.refusal()?.rule == "data-flow")
  }

  @Test func namesMustLeadSomewhereOnce() throws {
    let missing = sketch(x: [2]) { $0.node("Add", ["x", "nowhere"], "y") }
    #expect(try missing.refusal()?.message.contains("`nowhere`") == true)
    let twice = sketch(x: [2]) {
      $0.node("Relu", ["x"], "y")
      $0.node("Tanh", ["x"], "y")
    }
    #expect(try twice.refusal()?.message.contains("written by node 0") == true)
    let overInput = sketch(x: [2]) {
      $0.node("Relu", ["x"], "x")
      $0.node("Relu", ["x"], "y")
    }
    #expect(try overInput.refusal()?.rule == "data-flow")
    var noOutput = sketch(x: [2]) { $0.node("Relu", ["x"], "y") }
    noOutput.model.graph.output[0].name = "z"
    #expect(try noOutput.refusal()?.rule == "graph-boundary")
  }

  /// Lists that double at each step, and weights in ever new forms, end before they fill the memory.
  @Test func growthIsBounded() throws {
    let doubling = sketch(x: [2]) {
      $0.ints("l0", [1])
      for step in 0..<60 {
        $0.node("Concat", ["l\(step)", "l\(step)"], "l\(step + 1)", [.int("axis", 0)])
      }
      $0.node("Reshape", ["x", "l60"], "y")
    }
    #expect(try doubling.refusal() != nil)
    let scaled = sketch(x: [1, 256]) {
      $0.random("w", [256, 256])
      $0.node("Relu", ["x"], "t0")
      for step in 0..<40 {
        $0.node("Gemm", ["t\(step)", "w"], "t\(step + 1)", [.float("alpha", Float(step) + 2)])
      }
      $0.node("Relu", ["t40"], "y")
    }
    #expect(try scaled.refusal()?.rule == "constant-size")
  }

  @Test func tooManyPartsAreRefusedBeforeTheyAreDecoded() throws {
    // A graph of empty nodes, two bytes each.
    let count = WireScan.largestCount
    let length = 2 * count
    let varint = [0, 7, 14, 21].map { UInt8(length >> $0 & 0x7F) | ($0 < 21 ? 0x80 : 0) }
    let nodes = Array(repeating: [0x0A, 0] as [UInt8], count: count).flatMap { $0 }
    let refusal = try #require(diagnosis(of: [0x3A] + varint + nodes))
    #expect(refusal.rule == "file-size" && refusal.place.offset == length + 3)
  }

  @Test func whatIsCutOffIsNamedWithItsByte() throws {
    let bytes = try Self.model.bytes()
    // The first field is the IR version, the second the graph, at byte 2.
    let refusal = try #require(diagnosis(of: Array(bytes[..<100])))
    #expect(refusal.rule == "not-onnx" && refusal.place.offset == 2)
    #expect(diagnosis(of: [0x08, 0xFF, 0xFF])?.place.offset == 1)
    #expect(diagnosis(of: [0x08, 0x07, 0x3B])?.message.contains("no field") == true)
  }

  /// Subgraphs are not decoded, so nesting costs nothing; other fields nest at most five deep.
  @Test func deepNestingIsHarmless() throws {
    var inner: [UInt8] = []
    for _ in 0..<300 {
      // A node is field 1 of a graph, that field 6 of an attribute, that field 5 of a node.
      for field: UInt8 in [1, 6, 5] {
        var length = inner.count
        var varint: [UInt8] = []
        repeat {
          varint.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
          length >>= 7
        } while length > 0
        inner = [field << 3 | 2] + varint + inner
      }
    }
    var file = sketch(x: [2]) { $0.node("Relu", ["x"], "y") }
    let node = try file.model.graph.node[0].serializedBytes() as [UInt8]
    file.model.graph.node[0] = try ONNXNodeProto(serializedBytes: node + inner)
    check(try file.bytes())
    check(inner)
  }
}
