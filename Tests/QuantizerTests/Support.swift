import Foundation
import Models
import TestSupport
import Testing

@testable import Quantizer

/// An fp32 model and what TensorFlow 2.13.1 makes of it in int8, relative to `shared/oracles`.
struct ModelPair: Sendable, CustomTestStringConvertible {
  let fp32: String
  let int8: String
  var testDescription: String { int8 }

  static let generated = ["cnn_l1", "cnn_l2", "fc_l1_w16", "fc_l2_w64"].map {
    ModelPair(fp32: "generated/\($0).tflite", int8: "generated/\($0)int8.tflite")
  }
  static let tinyML =
    ["ad01", "pretrainedResnet", "str_ww_ref_model", "vww_96"].map {
      ModelPair(
        fp32: "original-tf2131/\($0).tflite", int8: "original-tf2131-int8/\($0)_int8.tflite")
    } + [
      ModelPair(
        fp32: "original-tf2131-int8/kws_ref_model_f32.tflite",
        int8: "original-tf2131-int8/kws_ref_model_int8.tflite")
    ]
  static let all = generated + tinyML

  func graphs() throws -> (fp32: Graph, int8: Graph) {
    (try Shared.graph("oracles/" + fp32), try Shared.graph("oracles/" + int8))
  }
}
