import TestSupport
import Testing

@testable import Models
@testable import Quantizer

/// MLPerf Tiny's int8 files state, beside scale and zero point, the range that gave them.
@Suite("Ranges stored in files", .shared("oracles"))
struct StoredRangeTests {
  @Test(
    "Stored ranges give the stored scales and zero points",
    arguments: [
      ("ad/ad01_int8", 11), ("ic/pretrainedResnet_quant", 16), ("kws/kws_ref_model", 13),
      ("vww/vww_96_int8", 31),
    ])
  func ranges(name: String, expected: Int) throws {
    let graph = try Shared.graph("models/\(name).tflite")
    let buffer = FlatBuffer(graph.bytes)
    let model = try FlatTable<TFLiteSchema.Model>(
      buffer, at: buffer.target(at: 0, "the root table"))
    let subgraphs = try #require(try model.vector(.subgraphs, width: 4))
    let subgraph = try subgraphs.table(0, as: TFLiteSchema.SubGraph.self)
    let tensors = try #require(try subgraph.vector(.tensors, width: 4))
    var count = 0
    for (index, tensor) in graph.tensors.enumerated()
    where tensor.constant == nil && tensor.elementType == .int8 {
      let table = try tensors.table(index, as: TFLiteSchema.Tensor.self)
      let stored = try table.table(.quantization, as: TFLiteSchema.QuantizationParameters.self)
      func first(_ field: TFLiteSchema.QuantizationParameters) throws -> Float? {
        try stored?.vector(field, width: 4)?.integers(UInt32.self).first.map {
          Float(bitPattern: $0)
        }
      }
      guard let low = try first(.min), let high = try first(.max) else { continue }
      count += 1
      #expect(try ActivationParameters.asymmetric(min: low, max: high) == tensor.quantization)
    }
    #expect(count == expected)
  }
}
