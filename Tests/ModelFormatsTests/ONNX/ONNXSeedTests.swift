import Foundation
import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

/// The files with which Scripts/fuzz begins are what is written here, and are read.
@Suite struct ONNXSeedTests {
  private static let seeds: [String: Sketch] = [
    "chain": ONNXHostileTests.model, "branches": branches, "constants": constants,
    "matrices": matrices,
  ]

  @Test(arguments: seeds.keys.sorted())
  func seedIsCurrent(_ name: String) throws {
    let expected = try #require(Self.seeds[name]).bytes()
    let found = try FuzzingSeed.current("onnx/\(name).onnx", expected)
    _ = try Lowering.lower(ONNXReader.read(bytes: found).draft)
  }

  /// What Scripts/fuzz does for hours, for a second.
  @Test(arguments: seeds.keys.sorted())
  func mutationsAreWrittenOrRefused(_ name: String) throws {
    let seed = try #require(Self.seeds[name]).bytes()
    var generator = SplitMix(50)
    var written = 0
    for _ in 0..<200 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = [0, 1, 0x7F, 0xFF, bytes[place] ^ 4].randomElement(using: &generator) ?? 0
      }
      do throws(Diagnostic) {
        let draft = try ONNXReader.read(bytes: bytes).draft
        _ = try draft.graph()
        let graph = try Lowering.lower(draft).graph
        _ = try ArenaPlanner.plan(graph)
        _ = try Plan(graph)
        written += try TFLiteWriter.bytes(of: graph).isEmpty ? 0 : 1
      } catch {
        #expect(!error.rule.isEmpty && !error.message.isEmpty && !error.remedy.isEmpty)
      }
    }
    #expect(written > 0 && written < 200)
  }

  /// Images that part and meet again.
  private static var branches: Sketch {
    sketch(opset: 13, x: [1, 4, 6, 6]) { file in
      file.random("d", [4, 1, 3, 3])
      let window = [ONNXAttributeProto.text("auto_pad", "SAME_UPPER"), .int("group", 4)]
      file.node("Conv", ["x", "d"], "c", window)
      for (name, seed) in zip(["s", "b", "m"], 1...) { file.random(name, [4], seed: UInt64(seed)) }
      file.floats("v", [4], [1, 2, 0.5, 0.25])
      file.node("BatchNormalization", ["c", "s", "b", "m", "v"], "n", [.float("epsilon", 1e-3)])
      file.node("Add", ["n", "x"], "a")
      file.node("Sigmoid", ["a"], "g")
      file.node("Mul", ["a", "g"], "k")
      file.node(
        "AveragePool", ["k"], "p", [.ints("kernel_shape", [3, 3]), .ints("pads", [1, 1, 1, 1])])
      file.node("Transpose", ["p"], "t", [.ints("perm", [0, 2, 3, 1])])
      file.node("ReduceMean", ["t"], "r", [.ints("axes", [1, 2]), .int("keepdims", 0)])
      file.node("GlobalMaxPool", ["k"], "q")
      file.node("Flatten", ["q"], "f")
      file.node("Sub", ["r", "f"], "y")
    }
  }

  /// Shapes computed on the way.
  private static var constants: Sketch {
    sketch(opset: 11, x: [2, 3, 4]) { file in
      file.node("Shape", ["x"], "shape")
      file.ints("zero", [0])
      file.ints("one", [1])
      file.node("Slice", ["shape", "zero", "one", "zero"], "batch")
      file.node("Gather", ["shape", "one"], "rows", [.int("axis", 0)])
      file.node("Cast", ["rows"], "whole", [.int("to", 7)])
      file.ints("rest", [-1])
      file.node("Concat", ["batch", "whole", "rest"], "target", [.int("axis", 0)])
      file.node("Reshape", ["x", "target"], "r")
      file.node("Unsqueeze", ["r"], "u", [.ints("axes", [1])])
      file.node("Squeeze", ["u"], "s", [.ints("axes", [1])])
      file.floats("half", [], [0.5])
      file.node("Div", ["s", "half"], "d")
      file.node("Max", ["d", "half"], "m")
      file.node("Min", ["m", "x"], "n")
      file.node("Identity", ["n"], "y")
    }
  }

  private static var matrices: Sketch {
    sketch(opset: 9, x: [2, 6]) { file in
      file.random("w", [6, 5])
      file.node("MatMul", ["x", "w"], "p")
      file.random("b", [5])
      file.node("Sum", ["p", "b"], "s")
      file.node("Clip", ["s"], "c", [.float("min", 0), .float("max", 6)])
      file.node("Dropout", ["c"], "o")
      file.random("g", [5, 3], seed: 2)
      file.random("h", [3], seed: 3)
      file.node("Gemm", ["o", "g", "h"], "e", [.float("beta", 2)])
      file.node("Tanh", ["e"], "t")
      file.node("Softmax", ["t"], "y", [.int("axis", 1)])
    }
  }
}
