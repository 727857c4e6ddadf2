import Foundation
import Models
import Support
import TestSupport
import Testing

@testable import Interpreter

/// Outputs against those of TFLM for the same inputs.
@Suite(.shared("oracles"))
struct OracleTests {
  /// fp32 sums are those of TFLM's loops, but not its exponentials: what is left, as a share of the
  /// largest output.
  private static let floatTolerance = 2e-6

  @Test(arguments: Oracle.all)
  func outputsAreThoseOfTFLM(_ oracle: Oracle) throws {
    let graph = try Shared.graph(oracle.model)
    let interpreter = try Interpreter(graph)
    let input = graph.tensors[try #require(graph.inputs.first)]
    let output = graph.tensors[try #require(graph.outputs.first)]
    let inputs = try oracle.samples("_in.bin", bytesEach: try #require(input.byteCount))
    let expected = try oracle.samples("_tflm_out.bin", bytesEach: try #require(output.byteCount))
    try #require(inputs.count == expected.count && inputs.count >= 5)
    let results = try inputs.map { try #require(try interpreter.run([$0]).first) }
    switch output.elementType {
    case .int8:
      let pairs = zip(results.joined(), expected.joined())
      let differing = pairs.count { $0 != $1 }
      report("\(oracle.name) int8: \(differing) of \(results.joined().count) outputs differ")
      #expect(results == expected)
    case .float32:
      let found = floats(results)
      let wanted = floats(expected)
      let largest = Double(wanted.map(\.magnitude).max() ?? 0)
      let worst = zip(found, wanted).map { Double(($0 - $1).magnitude) }.max() ?? .infinity
      report("\(oracle.name) fp32: worst \(worst), relative to the largest \(worst / largest)")
      #expect(found.count == wanted.count && found.allSatisfy(\.isFinite))
      #expect(worst <= Self.floatTolerance * largest)
    default: Issue.record("outputs are \(output.elementType.name)")
    }
  }

  /// No int8 model of the folder is left out.
  @Test func everyInt8ModelIsCompared() throws {
    let compared = Set(Oracle.all.map(\.model))
    let int8 = try Shared.files(ending: ".tflite").filter { try Shared.graph($0).dtype == .int8 }
    #expect(int8.count >= 13)
    for name in int8 { #expect(compared.contains(name), "\(name)") }
  }

  /// The others run, or are refused as hybrid.
  @Test func everyOtherModelRunsOrIsHybrid() throws {
    let compared = Set(Oracle.all.map(\.model))
    for name in Shared.files(ending: ".tflite") where !compared.contains(name) {
      let graph = try Shared.graph(name)
      if graph.types.isHybrid {
        let found = diagnostic { () throws(Diagnostic) in _ = try Plan(graph) }
        #expect(found?.rule == "hybrid" && found?.place.operatorIndex != nil, "\(name)")
      } else {
        let interpreter = try Interpreter(graph)
        let inputs = graph.inputs.map {
          [Float](repeating: 0.5, count: graph.tensors[$0].elementCount ?? 0)
        }
        let outputs = try interpreter.run(floats: inputs)
        #expect(outputs.joined().allSatisfy(\.isFinite) && !outputs.joined().isEmpty, "\(name)")
      }
    }
  }

  private func floats(_ arrays: [[UInt8]]) -> [Float] {
    arrays.flatMap { array in
      stride(from: 0, to: array.count, by: 4).map { start in
        Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(array[start + $1]) << (8 * $1) })
      }
    }
  }

  /// Figures, where they are asked for.
  private func report(_ line: String) {
    if ProcessInfo.processInfo.environment["INTERPRETER_FIGURES"] != nil { print(line) }
  }
}
