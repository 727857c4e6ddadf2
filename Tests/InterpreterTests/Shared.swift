import Foundation
import Models
import TestSupport
import Testing

/// A model with inputs, and the outputs that TFLM gave for them.
struct Oracle: CustomTestStringConvertible {
  let name: String
  /// The model, in the shared folder.
  let model: String
  /// Both arrays, without their endings.
  let arrays: String

  var testDescription: String { name }

  /// All of the folder; none where it is not there.
  static let all: [Oracle] = (try? read()) ?? []

  private static func read() throws -> [Oracle] {
    struct Tiny: Decodable {
      let name: String
      let tflite: String
    }
    struct Generated: Decodable { let model: String }
    func decode<T: Decodable>(_ path: String) throws -> [T] {
      try JSONDecoder().decode([T].self, from: Data(try Shared.bytes(path)))
    }
    let tiny: [Tiny] = try decode("oracles/tinyml-io/index.json")
    let generated: [Generated] = try decode("oracles/generated/index.json")
    return tiny.map {
      Oracle(name: $0.name, model: $0.tflite, arrays: "oracles/tinyml-io/\($0.name)")
    }
      + generated.map {
        let stem = "oracles/generated/\($0.model)"
        return Oracle(name: $0.model, model: stem + ".tflite", arrays: stem)
      }
  }

  /// Samples one after the other, cut.
  func samples(_ ending: String, bytesEach: Int) throws -> [[UInt8]] {
    let all = try Shared.bytes(arrays + ending)
    try #require(bytesEach > 0 && all.count % bytesEach == 0 && !all.isEmpty)
    return stride(from: 0, to: all.count, by: bytesEach).map { Array(all[$0..<$0 + bytesEach]) }
  }
}
