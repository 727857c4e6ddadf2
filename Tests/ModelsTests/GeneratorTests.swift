import Core
import Foundation
import Support
import TestSupport
import Testing

@testable import Models

@Suite("Generated models")
struct GeneratorTests {
  @Test func aCNNHasItsNamesMACs() throws {
    for layers in [1, 2, 7, 64] {
      let model = GeneratedCNN(layers: layers)
      let graph = try model.graph()
      #expect(graph.operators.count == layers && graph.macs == UInt64(model.macs))
      #expect(model.macs == 1_228_800 * layers)
      #expect(model.name == "cnn_l\(layers)_c8_k5_m\(graph.macs)")
      #expect(graph.tensors[graph.outputs[0]].shape == [1, 24, 32, 8])
      #expect(graph.dtype == .fp32)
      #expect(graph.operators.allSatisfy { $0.attributes.window?.padding == .same })
    }
    #expect(GeneratedCNN(layers: 4).originalName == "cnn4224000")
  }

  @Test(.shared("oracles"))
  func originalNamesAndMACsAreThoseOfTheTable() throws {
    let text = try String(contentsOfFile: Shared.path("oracles/gen_cnn_macs.tsv"), encoding: .utf8)
    var rows = 0
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t")
      let model = GeneratedCNN(layers: try #require(Int(cells[0])))
      #expect(model.originalName == "cnn\(cells[1])" && "\(model.macs)" == cells[2])
      rows += 1
    }
    #expect(rows >= 10)
  }

  @Test func anFCHasItsNamesMACs() throws {
    let model = GeneratedFC(layers: 2, width: 64)
    let graph = try model.graph()
    #expect(graph.macs == 4096 && graph.operators.count == 4)
    #expect(model.name == "fc_l2_w64_m4096" && model.originalName == "fc4096")
    #expect(GeneratedFC(layers: 1, width: 8, inputs: 32).name == "fc_l1_w8_p32_m512")
  }

  @Test func theSeedDecidesTheWeights() throws {
    let first = try TFLiteWriter.bytes(of: GeneratedCNN(layers: 1, seed: 5).graph())
    #expect(try TFLiteWriter.bytes(of: GeneratedCNN(layers: 1, seed: 5).graph()) == first)
    #expect(try TFLiteWriter.bytes(of: GeneratedCNN(layers: 1, seed: 6).graph()) != first)
    var weights = SeededWeights(seed: 0)
    // The generator's first number for seed 0, from its authors' reference implementation.
    var numbers = SplitMix64(seed: 0)
    #expect(numbers.next() == 0xE220_A839_7B1D_CDAF)
    let drawn = weights.weights([64, 64], fanIn: 64)
    let bound = (6.0 / 64).squareRoot()
    #expect(drawn.allSatisfy { abs(Double($0)) <= bound })
    let mean = drawn.reduce(0) { $0 + Double($1) } / Double(drawn.count)
    #expect(abs(mean) < 4 * bound / Double(3 * drawn.count).squareRoot())
  }

  @Test(arguments: [
    (GeneratedCNN(layers: 2, stride: 2), "stacking"),
    (GeneratedCNN(layers: 1, kernel: 4), "stacking"),
    (GeneratedCNN(layers: 1, padding: 1), "stacking"),
    (GeneratedCNN(layers: 0), "option-range"), (GeneratedCNN(layers: 1025), "option-range"),
    (GeneratedCNN(layers: 1, channels: 0), "option-range"),
    (GeneratedCNN(layers: 1000, channels: 4096, kernel: 5), "option-range"),
  ])
  func whatDoesNotStackIsRefused(_ model: GeneratedCNN, _ rule: String) {
    let failure = #expect(throws: Diagnostic.self) { try model.graph() }
    #expect(failure?.rule == rule && failure?.remedy.isEmpty == false)
  }

  @Test func theMLPHasTheOperatorsOfTheProprietaryModel() throws {
    let graph = try GeneratedMLP().graph()
    #expect(
      graph.operators.map(\.kind.name) == [
        "FULLY_CONNECTED", "TANH", "FULLY_CONNECTED", "RELU", "FULLY_CONNECTED", "MINIMUM",
      ])
    #expect(graph.macs == UInt64(GeneratedMLP().macs))
    #expect(throws: Diagnostic.self) { try GeneratedMLP(sizes: [4]).graph() }
    #expect(throws: Diagnostic.self) { try GeneratedMLP(limit: .infinity).graph() }
  }

  @Test(arguments: GeneratedSweep.Kind.allCases)
  func aSweepCrossesTheCacheFromBothSides(_ kind: GeneratedSweep.Kind) throws {
    let members = GeneratedSweep(kind).members
    let sizes = members.map(\.weightsPerLayer)
    #expect(sizes == sizes.sorted() && Set(sizes).count == sizes.count)
    for bytesPerWeight in [1, 4] {
      let bytes = sizes.map { $0 * bytesPerWeight }
      let below = bytes.filter { $0 < GeneratedSweep.cacheBytes }
      let above = bytes.filter { $0 > GeneratedSweep.cacheBytes }
      #expect(below.count >= 4 && above.count >= 4)
      let last = try #require(below.last)
      #expect(Double(last) > 0.8 * Double(GeneratedSweep.cacheBytes))
      #expect(try #require(bytes.last) >= 2 * GeneratedSweep.cacheBytes, "saturates")
    }
    for member in [members[0], members[members.count - 1]] {
      #expect(try member.graph().macs == UInt64(member.macs))
    }
  }

  @Test func twinsAreMarked() throws {
    let totals: [TinyMLTwin: UInt64] = [
      .ad: 264_192, .ic: 12_501_632, .kws: 2_656_768, .sww: 826_368, .vww: 7_489_664,
    ]
    for twin in TinyMLTwin.allCases {
      let graph = try twin.graph(seed: 3)
      let again = try TFLiteReader.read(bytes: TFLiteWriter.bytes(of: graph))
      #expect(again.note == "twin of \(twin.rawValue), seed 3")
      #expect(TinyMLTwin.original(of: again) == twin)
      #expect(graph.macs == totals[twin])
    }
    #expect(try TinyMLTwin.original(of: GeneratedFC(layers: 1).graph()) == nil)
  }

  /// Operator by operator, against what TensorFlow wrote of the real models.
  @Test(
    .shared("oracles"),
    arguments: [
      (TinyMLTwin.ad, "ad01"), (.ic, "pretrainedResnet"), (.sww, "str_ww_ref_model"),
      (.vww, "vww_96"),
    ])
  func twinsHaveTheOperatorsOfTheRealModels(_ twin: TinyMLTwin, _ file: String) throws {
    let real = try TFLiteReader.read(path: Shared.path("oracles/original-tf2131/\(file).tflite"))
    try expectSame(twin, real)
  }

  /// That file is int8: bytes differ, operators and MACs do not.
  @Test(.shared("oracles"))
  func theKeywordTwinHasTheOperatorsOfTheRealModel() throws {
    let path = Shared.path("oracles/original-tf2131/kws_ref_model.tflite")
    let real = try TFLiteReader.read(path: path)
    let graph = try TinyMLTwin.kws.graph()
    #expect(graph.operators.map(\.attributes) == real.operators.map(\.attributes))
    #expect(graph.costs.map(\.output) == real.costs.map(\.output))
    #expect(graph.costs.map(\.macs) == real.costs.map(\.macs))
    #expect(graph.tensors.count == real.tensors.count)
  }

  private func expectSame(_ twin: TinyMLTwin, _ real: Graph) throws {
    let graph = try twin.graph()
    #expect(graph.operators.map(\.kind) == real.operators.map(\.kind), "\(twin)")
    #expect(graph.operators.map(\.attributes) == real.operators.map(\.attributes), "\(twin)")
    #expect(graph.costs == real.costs, "\(twin)")
    #expect(graph.tensors.count == real.tensors.count, "\(twin)")
  }
}
