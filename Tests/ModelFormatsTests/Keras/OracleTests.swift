import Foundation
import Interpreter
import Models
import TestSupport
import Testing

@testable import ModelFormats

/// Outputs of the five MLPerf Tiny models, read from Keras' own files, against those of TFLM for what
/// TensorFlow's converter made of them.
@Suite(.shared("oracles"))
struct OracleTests {
  struct Model: Sendable, CustomTestStringConvertible {
    let file: String
    let outputs: String
    let macs: UInt64

    var testDescription: String { outputs }
  }

  /// MACs as in the table of operators of the converted models.
  static let models = [
    Model(file: "models/ad/ad01.h5", outputs: "AD_seed_f32", macs: 264_192),
    Model(
      file: "models/ic/pretrainedResnet.h5", outputs: "IC_seed_f32", macs: 12_501_632),
    Model(file: "models/kws/kws_ref_model", outputs: "KWS_f32", macs: 2_656_768),
    Model(
      file: "models/sww/str_ww_ref_model.h5", outputs: "SWW_seed_f32", macs: 826_368),
    Model(file: "models/vww/vww_96.h5", outputs: "VWW_seed_f32", macs: 7_489_664),
  ]

  /// TensorFlow folds batch normalisation in another order of rounding; as a share of the largest
  /// output.
  private static let tolerance = 2e-6

  @Test(arguments: models)
  func outputsAreThoseOfTFLM(_ model: Model) throws {
    let draft = try Self.read(model.file)
    let graph = try draft.graph()
    #expect(graph.macs == model.macs && graph.dtype == .fp32)
    try compare(graph, model, "as read")
    try compare(try Lowering.lower(draft).graph, model, "lowered")
  }

  static func read(_ name: String) throws -> GraphDraft {
    let path = Shared.path(name)
    let result =
      name.hasSuffix(".h5")
      ? try KerasH5Reader.read(path: path) : try SavedModelReader.read(path: path)
    #expect(result.remarks.isEmpty)
    return result.draft
  }

  private func compare(_ graph: Graph, _ model: Model, _ what: String) throws {
    let input = graph.tensors[try #require(graph.inputs.first)]
    let width = try #require(input.elementCount)
    let given = try floats("oracles/tinyml-io/\(model.outputs)_in.bin")
    let wanted = try floats("oracles/tinyml-io/\(model.outputs)_tflm_out.bin")
    try #require(width > 0 && given.count >= 5 * width && given.count % width == 0)
    let interpreter = try Interpreter(graph)
    var found: [Float] = []
    for start in stride(from: 0, to: given.count, by: width) {
      found += try interpreter.run(floats: [Array(given[start..<start + width])]).joined()
    }
    let largest = Double(wanted.map(\.magnitude).max() ?? 0)
    let worst = zip(found, wanted).map { Double(($0 - $1).magnitude) }.max() ?? .infinity
    if ProcessInfo.processInfo.environment["KERAS_FIGURES"] != nil {
      print("\(model.outputs) \(what): worst \(worst), \(worst / largest) of the largest output")
    }
    #expect(found.count == wanted.count && found.allSatisfy(\.isFinite), "\(what)")
    #expect(worst <= Self.tolerance * largest, "\(what)")
  }

  private func floats(_ name: String) throws -> [Float] {
    let bytes = try Shared.bytes(name)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
    }
  }
}
