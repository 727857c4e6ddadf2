import Foundation
import Models
import Testing

/// The folder with real models and what TFLM computes with them; nil where it is not there.
enum Shared {
  static let folder: URL? = {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"]
    // An enumerator does not follow a link that it is given.
    let folder =
      (named.map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared"))
      .resolvingSymlinksInPath()
    let table = folder.appendingPathComponent("oracles/tinyml-io/index.json")
    return FileManager.default.fileExists(atPath: table.path) ? folder : nil
  }()

  static let isThere = folder != nil
  static let absence: Comment =
    "no folder 'shared' beside the package; set PICO2_BENCHMARK_SHARED to its path"

  static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: try #require(folder).appendingPathComponent(name)))
  }

  static func graph(_ name: String) throws -> Graph {
    try TFLiteReader.read(bytes: try bytes(name))
  }

  /// Names of all .tflite files below, sorted.
  static func models() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: try #require(folder).path)
      .filter { $0.hasSuffix(".tflite") }.sorted()
  }
}

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
