import Foundation
import Models
import SwiftProtobuf
import TestSupport
import Testing

@testable import ModelFormats

/// What holds for whole files: versions, types, names, boundaries.
@Suite struct FileTests {
  private func relu(opset: Int = 11) -> Sketch {
    sketch(opset: opset, x: [1, 4]) { $0.node("Relu", ["x"], "y") }
  }

  @Test(arguments: [(6, false), (7, true), (21, true), (22, false)])
  func opsets(opset: Int, isRead: Bool) throws {
    let refusal = try relu(opset: opset).refusal()
    #expect((refusal == nil) == isRead)
    if let refusal { #expect(refusal.message.contains("7 to 21")) }
  }

  @Test func unsupportedOperatorsAreAllNamed() throws {
    let file = sketch(x: [4]) {
      $0.node("LSTM", ["x"], "a")
      $0.node("Relu", ["a"], "b")
      $0.node("Loop", ["b"], "c")
      $0.node("LSTM", ["c"], "d")
      $0.node("Mystery\u{7}", ["d"], "y")
      $0.model.graph.node[4].domain = "com.example"
    }
    let refusal = try #require(try file.refusal())
    #expect(refusal.rule == "unsupported-operators")
    #expect(
      refusal.message
        == "these operators are not read: LSTM (2 times), Loop, com.example::Mystery\\u{7}")
    #expect(refusal.remedy.contains("control flow") && refusal.remedy.contains("Recurrent"))
  }

  @Test func everyRuleIsConverted() throws {
    for kind in OperatorTable.rules.keys.sorted() {
      var file = Sketch()
      file.input("x", [1, 1, 4, 4])
      file.node(kind, [], "y")
      file.output("y")
      let message = try file.refusal()?.message ?? ""
      #expect(!message.contains("operator is not read"), "\(kind)")
    }
  }

  @Test func aDynamicBatchIsOne() throws {
    var file = sketch(x: [0, 4]) { $0.node("Relu", ["x"], "y") }
    #expect(try file.read().draft.tensors[0].shape == [1, 4])
    file.model.graph.input[0].type.tensorType.shape.dim[0].dimParam = "batch"
    let imported = try file.read()
    #expect(imported.draft.tensors[0].shape == [1, 4])
    #expect(imported.remarks.map(\.rule) == ["batch-size"])
    #expect(imported.remarks[0].message.contains("`batch`"))
    file.model.graph.input[0].type.tensorType.shape.dim[1].dimParam = "width"
    let refusal = try #require(try file.refusal())
    #expect(refusal.rule == "dynamic-shape" && refusal.message.contains("`width`"))
  }

  @Test func outputsThatAreStatedOtherwiseAreRemarked() throws {
    var file = relu()
    file.model.graph.output = [ONNXValueInfoProto("y", shape: [1, 5])]
    #expect(try file.read().remarks.map(\.rule) == ["output-shape"])
    file.model.graph.output = [ONNXValueInfoProto("y", shape: [0, 4])]
    #expect(try file.read().remarks.isEmpty)
  }

  @Test func doublesAndHalvesAreConverted() throws {
    var file = sketch(x: [3]) {
      $0.node("Mul", ["x", "double"], "z")
      $0.node("Add", ["z", "half"], "y")
    }
    var double = ONNXTensorProto()
    double.name = "double"
    double.dims = [1]
    double.dataType = Int32(ONNXTensorProto.DataType.double.rawValue)
    double.doubleData = [0.5]
    var half = ONNXTensorProto()
    half.name = "half"
    half.dims = [3]
    half.dataType = Int32(ONNXTensorProto.DataType.float16.rawValue)
    half.int32Data = [0x3C00, 0xC100, 0x0001]
    file.model.graph.initializer = [double, half]
    #expect(try file.run([[2, 2, 0]]) == [[2, -1.5, 0x1p-24]])
    let remarks = try file.read().remarks
    #expect(remarks.map(\.rule) == ["converted-constant"])
    #expect(remarks[0].message.contains("(2 times)"))
  }

  @Test func allHalvesAreExact() {
    var wrong: [UInt16] = []
    for bits in UInt16.min...UInt16.max {
      let sign: Double = bits & 0x8000 == 0 ? 1 : -1
      let exponent = Int(bits >> 10 & 0x1F)
      let fraction = Double(bits & 0x3FF) / 1024
      let float = HalfFloat.float(bits)
      guard exponent < 31 else {
        let isRight = fraction == 0 ? float == Float(sign) * .infinity : float.isNaN
        if !isRight { wrong.append(bits) }
        continue
      }
      let scale = Double(sign: .plus, exponent: max(exponent, 1) - 15, significand: 1)
      if Double(float) != sign * scale * (fraction + (exponent == 0 ? 0 : 1)) {
        wrong.append(bits)
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func floatsMayStandInTheirList() throws {
    var file = sketch(x: [2]) { $0.node("Add", ["x", "w"], "y") }
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [2]
    tensor.dataType = 1
    tensor.floatData = [1, 2]
    file.model.graph.initializer = [tensor]
    #expect(try file.run([[10, 20]]) == [[11, 22]])
    file.model.graph.initializer[0].floatData = [1]
    #expect(try file.refusal()?.rule == "constant-size")
  }

  @Test func externalDataIsNamed() throws {
    var file = sketch(x: [2]) {
      $0.random("w", [2])
      $0.node("Add", ["x", "w"], "y")
    }
    var entry = ONNXStringStringEntryProto()
    entry.key = "location"
    entry.value = "weights.bin"
    file.model.graph.initializer[0].externalData = [entry]
    let refusal = try #require(try file.refusal())
    #expect(refusal.rule == "external-data" && refusal.message.contains("`weights.bin`"))
  }

  @Test(arguments: ["a .tflite", "HDF5", "zip", "gzip", "empty", "SavedModel", "no field"])
  func otherFilesAreNamed(what: String) throws {
    let bytes: [String: [UInt8]] = [
      "a .tflite": [0x1C, 0, 0, 0] + Array("TFL3".utf8), "HDF5": [0x89, 0x48, 0x44, 0x46],
      "zip": Array("PK\u{3}\u{4}".utf8), "gzip": [0x1F, 0x8B, 8], "empty": [],
      "SavedModel": [8, 1, 0x12, 3], "no field": Array("text".utf8),
    ]
    let file = try #require(bytes[what])
    let refusal = try #require(diagnosis(of: file))
    #expect(refusal.rule == "not-onnx")
    #expect(refusal.message.contains(what), "\(refusal.message)")
  }

  @Test func oldFilesListInitializersAsInputs() throws {
    var file = sketch(opset: 8, x: [2]) {
      $0.random("w", [2])
      $0.node("Add", ["x", "w"], "y")
    }
    file.model.irVersion = 3
    file.input("w", [2])
    #expect(try file.read().draft.inputs.count == 1)
  }
}
