import Core
import Models
import Reference
import Support
import TestSupport
import Testing

@testable import Performance

/// Costs of a graph as costs of the tables.
@Suite struct ModelCostGraphTests {
  private func cost(_ sketch: ModelSketch) throws -> ModelCost {
    try ModelCost(try TFLiteReader.read(bytes: sketch.bytes), model: "made", source: "file:made")
  }

  private func refusal(_ sketch: ModelSketch) throws -> String? {
    let graph = try TFLiteReader.read(bytes: sketch.bytes)
    do throws(Diagnostic) {
      _ = try ModelCost(graph, model: "made", source: "file:made")
      return nil
    } catch {
      return error.rule
    }
  }

  @Test func costsAreThoseOfTheGraph() throws {
    let int8 = try cost(.network())
    #expect(int8.dtype == .int8)
    #expect(int8.operators.map(\.index) == Array(0..<6))
    #expect(int8.operators.map(\.macs) == [36 * 18, 36 * 4, 0, 0, 24, 0])
    #expect(int8.operators.map(\.weightBytes) == [54, 24, 0, 0, 24, 0])
    #expect(int8.operators[0].padding == "same")
    #expect(int8.operators[0].stride == [2, 1])
    let fp32 = try cost(.network(.float32))
    #expect(fp32.dtype == .fp32)
    #expect(fp32.macs == int8.macs)
    #expect(fp32.weightBytes == 4 * int8.weightBytes)
  }

  @Test func whatIsNoPlainModelIsRefused() throws {
    var hybrid = ModelSketch.network(.float32)
    hybrid.tensors[9].type = .int8
    hybrid.tensors[9].data = [UInt8](repeating: 1, count: 24)
    try #expect(refusal(hybrid) == "model-dtype")
    var svdf = ModelSketch.network()
    svdf.tensors.append(.init(shape: [1, 4]))
    svdf.operators.append(.init(code: 27, inputs: [11], outputs: [12]))
    try #expect(refusal(svdf) == "uncounted-operator")
    // Zero elements in all, and still nothing to multiply sizes of.
    var wild = ModelSketch.network()
    wild.tensors.append(.init(shape: [Int32.max, Int32.max, Int32.max, 0]))
    wild.operators.append(.init(code: 25, inputs: [12], outputs: [12]))
    wild.tensors.append(.init(shape: [Int32.max, Int32.max, Int32.max, 0]))
    wild.operators[6].outputs = [13]
    wild.inputs.append(12)
    try #expect(refusal(wild) == "model-too-large")
    try #expect(refusal(.network()) == nil)
  }

  @Test func differencesAreNamed() throws {
    let one = try cost(.network())
    #expect(one.difference(from: one) == nil)
    var reshaped = one
    reshaped.operators.removeAll { $0.kind == "RESHAPE" }
    // What followed the RESHAPE now has its input's shape.
    let at = try #require(reshaped.operators.firstIndex { $0.kind == "FULLY_CONNECTED" })
    reshaped.operators[at].input = [1, 1, 1, 6]
    #expect(one.difference(from: reshaped) == nil)
    var wider = one
    wider.operators[0].weightBytes += 1
    #expect(wider.difference(from: one)?.contains("operator 0 is CONV_2D") == true)
    var moved = one
    moved.operators[0].input = [1, 4, 6, 2]
    #expect(moved.difference(from: one) != nil)
    var longer = one
    longer.operators.append(one.operators[5])
    #expect(longer.difference(from: one)?.contains("6 operators, not 5") == true)
  }

  @Test func addingKeepsWhatIsConfirmed() throws {
    let bundled = try ReferenceData.bundled()
    let source = Source(key: "file:x", title: "x", url: "", note: "")
    let fp32 = try #require(bundled.cost(model: "kws", dtype: .fp32))
    var other = try cost(.network())
    other.model = "kws"
    var data = bundled
    // The fp32 graph is confirmed by a file, so it stays although int8 is another network.
    let result = data.add([(other, source), (fp32, source)])
    guard case .replaced(_, let dtypes) = result.first else {
      Issue.record("not replaced: \(result)")
      return
    }
    #expect(dtypes == [.int8])
    #expect(result.last == .same)
    #expect(data.cost(model: "kws", dtype: .fp32) == fp32)
    #expect(data.cost(model: "kws", dtype: .int8) == other)
    #expect(data.instructions(model: "kws", dtype: .int8) == nil)
    #expect(data.instructions(model: "kws", dtype: .fp32) != nil)
    #expect(!data.modelFiles.contains { $0.model == "kws" && $0.dtype == .int8 })
    #expect(data.instructions.count == bundled.instructions.count)
    #expect(data.sources["file:x"] == source)
    #expect(!data.signatures.contains { $0.model.contains("bundled") })
  }
}
