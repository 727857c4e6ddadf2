import Foundation
import Support
import TestSupport
import Testing

@testable import Models

/// The files with which Scripts/fuzz begins are models, one of each kind written here.
struct SeedTests {
  private static let seeds: [String: ModelSketch] = [
    "network_int8": .network(.int8), "network_fp32": .network(.float32), "others": others,
  ]

  @Test(arguments: seeds.keys.sorted())
  func seedIsCurrent(_ name: String) throws {
    let expected = try #require(Self.seeds[name]).bytes
    let found = try FuzzingSeed.current("models/\(name).tflite", expected)
    _ = try TFLiteReader.read(bytes: found)
  }

  /// What Scripts/fuzz does for hours, for a second: whatever is read is planned and written again.
  @Test(arguments: seeds.keys.sorted())
  func mutationsAreWrittenOrRefused(_ name: String) throws {
    let seed = try #require(Self.seeds[name]).bytes
    var generator = SplitMix(50)
    var read = 0
    for _ in 0..<400 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = [0, 1, 0x7F, 0xFF, bytes[place] ^ 4].randomElement(using: &generator) ?? 0
      }
      do throws(Diagnostic) {
        let graph = try TFLiteReader.read(bytes: bytes)
        read += 1
        _ = try ArenaPlanner.plan(graph)
        let file = try TFLiteWriter.bytes(of: graph)
        let again = try TFLiteWriter.bytes(of: TFLiteReader.read(bytes: file))
        #expect(again == file)
      } catch {
        #expect(error.isPlacedAndHelpful && error.rule != "read-back", "\(error.headline)")
      }
    }
    #expect(read > 0 && read < 400)
  }

  /// What the network lacks: custom operators, variables, sparse and changing tensors.
  private static var others: ModelSketch {
    var sketch = ModelSketch()
    sketch.tensors = [
      .init(shape: [1, 4], type: .float32, signature: [-1, 4]),
      .init(shape: [1, 4], scales: [0.5], zeroPoints: [1]),
      .init(shape: [1, 4], isVariable: true),
      .init(shape: [1, 8]),
      .init(shape: [2, 8], data: [1, 2, 3], isSparse: true),
      .init(shape: [1, 2]), .init(shape: [1, 2], type: .string),
    ]
    sketch.operators = [
      .init(code: 114, inputs: [0], outputs: [1]),
      .init(code: 0, inputs: [1, 2], outputs: [2], optionsType: 11, options: [0: .int8(1)]),
      .init(code: 2, inputs: [1, 2], outputs: [3], optionsType: 10, options: [0: .int32(1)]),
      .init(code: 9, inputs: [3, 4, -1], outputs: [5], optionsType: 8, options: [0: .int8(1)]),
      .init(code: 32, customName: "Label", inputs: [5], outputs: [6], customOptions: [1, 2, 3]),
    ]
    sketch.inputs = [0]
    sketch.outputs = [6]
    sketch.subgraphCount = 2
    return sketch
  }
}
