import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

@Suite("Calibration, report and verification")
struct ReportTests {
  /// An image network with a residual sum and probabilities, weights from a seed.
  static func network() throws -> Graph {
    var generator = SplitMix(11)
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in generator.unit() - 0.5 } }
    var draft = GraphDraft()
    let x = draft.addInput("x", shape: [1, 8, 8, 2])
    let same = Window(padding: .same, stride: Extent(height: 1, width: 1))
    let w1 = draft.add(.floats(values(72), shape: [4, 3, 3, 2]))
    let b1 = draft.add(.floats(values(4), shape: [4]))
    let first = try draft.append(.conv2D, .convolution(same, .relu), inputs: [x, w1, b1])
    let w2 = draft.add(.floats(values(36), shape: [1, 3, 3, 4]))
    let b2 = draft.add(.floats(values(4), shape: [4]))
    let second = try draft.append(
      .depthwiseConv2D, .depthwise(same, depthMultiplier: 1, .none), inputs: [first, w2, b2])
    let sum = try draft.append(.add, .activation(.relu), inputs: [first, second])
    let pooled = try draft.append(
      .averagePool2D,
      .pooling(
        Window(
          padding: .valid, stride: Extent(height: 4, width: 4), size: Extent(height: 4, width: 4)),
        .none), inputs: [sum])
    let flat = try draft.append(.reshape, .reshape(to: [1, 16]), inputs: [pooled])
    let w3 = draft.add(.floats(values(48), shape: [3, 16]))
    let dense = try draft.append(
      .fullyConnected,
      .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false),
      inputs: [flat, w3, nil])
    draft.outputs = [try draft.append(.softmax, .softmax(beta: 1), inputs: [dense])]
    return try draft.graph()
  }

  @Test("Ranges are the smallest and largest values of all samples")
  func ranges() throws {
    var draft = GraphDraft()
    let x = draft.addInput("x", shape: [1, 3])
    let y = try draft.append(.relu, inputs: [x])
    draft.outputs = [y]
    let graph = try draft.graph()
    let file = NpySketch.bytes("<f4", [2, 3], littleEndian([-4, 1, 2, -1, 0.5, 7]))
    try withFile("a.npy", file) { path in
      let samples = try SampleSet.read(path: path, for: graph)
      let found = try CalibrationRanges.measure(graph, on: samples)
      #expect(found.entries == [x: .range(min: -4, max: 7), y: .range(min: 0, max: 7)])
      #expect(found.origin == .samples(2, file: path) && !found.origin.isSynthetic)
    }
    let none = refusal { () throws(Diagnostic) in
      try CalibrationRanges.measure(graph, on: SampleSet.synthetic(count: 0, for: graph))
    }
    #expect(none?.rule == "no-samples")
  }

  @Test("Samples that are no numbers are refused with their position")
  func notFinite() throws {
    let graph = try SampleTests.graph([1, 2])
    for bad in [Float.nan, .infinity] {
      let file = NpySketch.bytes("<f4", [2, 2], littleEndian([0, 1, bad, 1]))
      try withFile("a.npy", file) { path in
        let samples = try SampleSet.read(path: path, for: graph)
        let refused = refusal { () throws(Diagnostic) in
          try CalibrationRanges.measure(graph, on: samples)
        }
        #expect(refused?.rule == "not-finite")
        #expect(refused?.message.contains("sample 1 ") == true)
      }
    }
  }

  @Test("Little is lost on samples like those of calibration, with either interface")
  func smallDamage() throws {
    let graph = try Self.network()
    let samples = SampleSet.synthetic(count: 20, for: graph)
    let (calibration, heldOut) = samples.split()
    let ranges = try CalibrationRanges.measure(graph, on: calibration)
    let model = try Quantizer.quantize(graph, ranges: ranges)
    let report = try QuantizationReport.measure(model, on: heldOut)
    #expect(report.rows.map(\.kind) == graph.operators.map(\.kind.name))
    for row in report.rows {
      #expect(row.own.decibels > 25, "\(row.kind)")
      #expect(row.collected.decibels > 20, "\(row.kind)")
      #expect(row.clipped.total == row.atLowest.total && row.clipped.total > 0)
    }
    let damage = report.rowsByDamage.map(\.own.decibels)
    #expect(damage == damage.sorted() && damage.count == report.rows.count)
    #expect(report.warnings.map(\.rule) == ["synthetic-calibration"])

    let outside = try Quantizer.quantize(
      graph, ranges: ranges, options: Quantizer.Options(interface: .float32))
    let second = try QuantizationReport.measure(outside, on: heldOut)
    #expect(second.rows == report.rows && second.outputs == report.outputs)
    for index in 0..<heldOut.count {
      let sample = heldOut.sample(index)
      let inner = try Interpreter(model.graph).run(floats: sample)
      let outer = try Interpreter(outside.graph).run(floats: sample)
      #expect(inner == outer)
    }
  }

  @Test("Data beyond the range of calibration is counted and warned of")
  func clipping() throws {
    let graph = try Self.network()
    let model = try Quantizer.quantize(
      graph, ranges: CalibrationRanges.measure(graph, on: .synthetic(count: 5, for: graph)))
    let wide = SampleSet.synthetic(.uniform(low: 0, high: 2), count: 10, for: graph)
    let report = try QuantizationReport.measure(model, on: wide)
    // Half of the values lie above 1.
    #expect(abs(report.inputs[0].clipped.fraction - 0.5) < 0.05)
    #expect(report.inputs[0].clipped.total == 1280)
    #expect(report.warnings.first?.rule == "input-clipping")
    #expect(report.warnings.allSatisfy { $0.isHelpful })
  }

  @Test("What reaches beyond a fixed range is no finding, nor behind operators that pass it on")
  func fixedRanges() throws {
    for kind in [OperatorKind.tanh, .logistic] {
      var draft = GraphDraft()
      let x = draft.addInput("x", shape: [1, 4, 4, 2])
      let fixed = try draft.append(kind, inputs: [x])
      let six = try draft.append(.relu6, inputs: [fixed])
      let one = Extent(height: 1, width: 1)
      draft.outputs = [
        try draft.append(
          .maxPool2D, .pooling(Window(padding: .valid, stride: one, size: one), .none),
          inputs: [six])
      ]
      let graph = try draft.graph()
      let samples = SampleSet.synthetic(.uniform(low: -20, high: 20), count: 10, for: graph)
      let model = try Quantizer.quantize(
        graph, ranges: CalibrationRanges.measure(graph, on: samples))
      let report = try QuantizationReport.measure(model, on: samples)
      // Enough to be warned of behind any other operator.
      for row in report.rows.dropFirst() {
        #expect(row.clipped.count >= 32 && row.clipped.total == 320, "\(kind.name): \(row)")
      }
      #expect(!report.warnings.contains { $0.rule == "activation-clipping" }, "\(kind.name)")
    }
  }

  @Test("The own damage of an operator is none of its predecessors'")
  func ownDamage() throws {
    // A RESHAPE behind a coarse sum adds nothing to its error but the rounding of its input.
    let graph = try Self.network()
    let samples = SampleSet.synthetic(count: 5, for: graph)
    var ranges = try CalibrationRanges.measure(graph, on: samples)
    let sum = graph.operators[2].outputs[0]
    ranges.entries[sum] = .range(min: 0, max: 0.01)
    let report = try QuantizationReport.measure(
      Quantizer.quantize(graph, ranges: ranges), on: samples)
    #expect(report.rows[0].collected.decibels > 30 && report.rows[1].collected.decibels > 20)
    #expect(report.rows[2].own.decibels < 1 && report.rows[5].own.decibels < 1)
    #expect(report.warnings.contains { $0.rule == "activation-clipping" })
    #expect(report.warnings.contains { $0.place.operatorIndex == 2 })
  }

  @Test("A graph agrees with itself, and with its int8 form nearly")
  func verification() throws {
    let graph = try Self.network()
    let samples = SampleSet.synthetic(count: 10, for: graph)
    let same = try Verification.compare(graph, graph, on: samples)
    #expect(same.signal.decibels == .infinity && same.largestDifference == 0)
    #expect(same.agreement == Share(count: 10, total: 10) && same.rows.count == 10)
    let model = try Quantizer.quantize(
      graph, ranges: CalibrationRanges.measure(graph, on: samples))
    let result = try Verification.compare(graph, model.graph, on: samples)
    #expect(result.signal.decibels > 30 && result.largestDifference < 0.02)
    #expect(result.largestDifference > 0)
    let classes = same.rows.compactMap(\.referenceClass)
    #expect(same.accuracy(labels: classes)?.candidate == Share(count: 10, total: 10))
    let wrong = classes.map { ($0 + 1) % 3 }
    #expect(same.accuracy(labels: wrong)?.reference == Share(count: 0, total: 10))
    #expect(same.accuracy(labels: [0]) == nil)

    let other = try SampleTests.graph([1, 8, 8, 2])
    let refused = refusal { () throws(Diagnostic) in
      try Verification.compare(graph, other, on: samples)
    }
    #expect(refused?.rule == "other-network")
    let plain = try Verification.compare(other, other, on: samples)
    #expect(plain.agreement == nil)
  }

  @Test("Decibels of known signals")
  func decibels() {
    var ratio = SignalToNoise()
    #expect(ratio.decibels == .infinity)
    ratio.add(reference: [10, 0], other: [9, 0])
    #expect(abs(ratio.decibels - 20) < 1e-12)
    var silent = SignalToNoise()
    silent.add(reference: [0], other: [1])
    #expect(silent.decibels == -.infinity)
  }
}
