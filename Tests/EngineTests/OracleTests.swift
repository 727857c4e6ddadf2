import Foundation
import Models
import PlanWriter
import TestSupport
import Testing

/// Outputs of the engine against those that TFLM gave for the same inputs.
@Suite(.shared("oracles"))
struct OracleTests {
  struct Entry: Decodable, CustomTestStringConvertible {
    let name: String
    let tflite: String
    var testDescription: String { name }
  }

  static let all: [Entry] =
    (try? JSONDecoder().decode(
      [Entry].self, from: Data(try Shared.bytes("oracles/tinyml-io/index.json")))) ?? []

  @Test(arguments: all, [Cores.one, .sequential])
  func outputsAreThoseOfTFLM(_ entry: Entry, _ cores: Cores) throws {
    let graph = try TFLiteReader.read(bytes: try Shared.bytes(entry.tflite))
    let loaded = try LoadedPlan(
      try PlanWriter.plan(of: graph, modelID: "model"), cores: cores,
      copiesConstants: cores == .sequential)
    #expect(loaded.plan.operatorCount == graph.operators.count)
    let inputs = try samples(entry, "_in.bin", count: loaded.plan.input(0).operand.bytes)
    let wanted = try samples(entry, "_tflm_out.bin", count: loaded.plan.output(0).operand.bytes)
    try #require(inputs.count == wanted.count)
    // Two are enough of those that take long; each has all operators.
    for (input, expected) in zip(inputs, wanted).prefix(2) {
      let output = try #require(try loaded.run([input]).first)
      if loaded.plan.output(0).elementType == ElementType.int8.rawValue {
        #expect(output == expected)
      } else {
        let (found, known) = (floats(output), floats(expected))
        let largest = known.map(\.magnitude).max() ?? 0
        let worst = zip(found, known).map { ($0 - $1).magnitude }.max() ?? .infinity
        #expect(found.count == known.count && worst <= 2e-6 * largest)
      }
    }
  }

  private func samples(_ entry: Entry, _ ending: String, count: UInt32) throws -> [[UInt8]] {
    let bytes = try Shared.bytes("oracles/tinyml-io/\(entry.name)\(ending)")
    let size = Int(count)
    try #require(size > 0 && bytes.count % size == 0 && !bytes.isEmpty)
    return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<$0 + size]) }
  }
}

/// Little-endian numbers.
func floats(_ bytes: [UInt8]) -> [Float] {
  stride(from: 0, to: bytes.count, by: 4).map { start in
    Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
  }
}
