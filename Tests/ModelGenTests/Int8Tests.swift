import Foundation
import Interpreter
import Models
import Quantizer
import Support
import TestSupport
import Testing

@testable import modelgen

/// A model that was asked for as int8 and is not cannot be written.
struct Int8Tests {
  @Test func writerHoldsToTheDtype() throws {
    let fp32 = try Fixture.network()
    for graph in [fp32, try Fixture.hybrid(), try Fixture.single(.relu, behindWeights: false)] {
      let found = refusal { () throws(Diagnostic) in
        try TFLiteWriter.bytes(of: graph, options: .init(dtype: .int8))
      }
      #expect(found?.rule == "dtype" && found?.message.contains("asked for as int8") == true)
    }
    #expect(try Fixture.hybrid().types.isHybrid)
    let hybrid = try Fixture.hybrid()
    let found = refusal { () throws(Diagnostic) in
      try TFLiteWriter.bytes(of: hybrid, options: .init(dtype: .fp32))
    }
    #expect(found?.rule == "dtype")
  }

  /// Kinds that have no int8 form here leave no file behind.
  @Test(arguments: ["DIV", "ELU", "RELU_N1_TO_1"])
  func operatorsThatCannotBeQuantized(kind: String) throws {
    let codes: [String: UInt8] = ["ELU": 111, "RELU_N1_TO_1": 20]
    try withFolder { folder in
      if let code = codes[kind] {
        try Files.write(try relabelled(code), folder + "/m.tflite")
      } else {
        var draft = GraphDraft(try Fixture.single(.relu))
        draft.operators[1].kind = OperatorKind(code: 42)
        draft.operators[1].inputs.append(draft.add(.floats([2], shape: [1])))
        draft.operators[1].attributes = .activation(.none)
        try Fixture.write(try draft.graph(), folder + "/m.tflite")
      }
      let result = Harness.modelgen(
        ["convert", folder + "/m.tflite", "--int8", "--cpp", "--costs", "-o", folder + "/out"])
      #expect(result.status == 1)
      #expect(result.err.contains("error: ") && result.err.contains(kind), "\(result.err)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  /// A file whose RELU is said to be of another kind, which the writer would not write.
  private func relabelled(_ code: UInt8) throws -> [UInt8] {
    let relu = UInt8(OperatorKind.relu.code)
    let bytes = try TFLiteWriter.bytes(of: try Fixture.single(.relu))
    let places = bytes.indices.filter { bytes[$0] == relu }
    for first in places {
      for second in places {
        var changed = bytes
        changed[first] = code
        changed[second] = code
        let graph = try? TFLiteReader.read(bytes: changed)
        if graph?.operators.last?.kind.code == Int(code) { return changed }
      }
    }
    Issue.record("the code of RELU was not found")
    return []
  }

  @Test func modelsThatAreNeither() throws {
    let graphs = [
      ("hybrid", try Fixture.hybrid(), "hybrid"), ("inside", try Fixture.floatInside(), "float32"),
    ]
    for (name, graph, word) in graphs {
      try withFolder { folder in
        try Fixture.write(graph, "\(folder)/\(name).tflite")
        let result = Harness.modelgen(
          ["convert", "\(folder)/\(name).tflite", "--int8", "-o", folder + "/out"])
        #expect(result.status == 1, "\(name)")
        let lines = result.err.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains(word), "\(result.err)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
      }
    }
  }

  @Test func int8IsNotMadeExactAgain() throws {
    try withFolder { folder in
      Harness.silently(["fc", "--layers", "1", "--int8", "--no-onnx", "-o", folder])
      let path = folder + "/" + (try #require(try Files.names(folder).first))
      for options in [[], ["--fp32"], ["--fp32", "--int8"]] {
        let result = Harness.modelgen(["convert", path, "-o", folder + "/out"] + options)
        #expect(result.status == 1 && result.err.contains("converting starts from fp32"))
        #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
      }
      // Written again as it is.
      Harness.silently(["convert", path, "--int8", "-o", folder + "/again"])
      let name = try #require(try Files.names(folder + "/again").first)
      try #expect(Harness.graph("\(folder)/again/\(name)").dtype == .int8)
    }
  }

  /// Whatever it is calibrated on, no operator of an int8 file touches float32.
  @Test(arguments: ["uniform", "normal:3:0.1", "uniform:-1e-9:1e-9", "uniform:0:1e9"])
  func everyOperatorIsInt8(distribution: String) throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      let result = Harness.modelgen(
        ["convert", folder + "/m.tflite", "--int8", "--synthetic", distribution, "--samples", "3"]
          + ["-o", folder])
      #expect(result.status == 0, "\(result.err)")
      let graph = try Harness.graph(folder + "/m_int8.tflite")
      #expect(graph.dtype == .int8)
      #expect(graph.tensors.allSatisfy { [.int8, .int32].contains($0.elementType) })
      #expect(throws: Never.self) { try Quantizer.requireInt8(graph) }
    }
  }
}
