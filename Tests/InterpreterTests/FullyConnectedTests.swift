import Models
import TestSupport
import Testing

@testable import Interpreter

/// FULLY_CONNECTED, by hand and by how TFLM rounds scales.
struct FullyConnectedTests {
  @Test func int8ByHand() throws {
    // The product of scales is the output's: results are sums + 7, limited.
    let interpreter = try Interpreter(try WeightedSketch.fullyConnected.draft.graph())
    let outputs = try interpreter.run([bytes([0, 1, 2, 20, -30, 40] as [Int8])])
    // (1, 2, 3) and (21, -29, 41) after the zero point.
    let sums = [[1 - 4 + 9 + 10, 4 + 10 - 18 - 20], [21 + 58 + 123 + 10, 84 - 145 - 246 - 20]]
    let expected = sums.joined().map { Int8(min(max($0 + 7, -128), 127)) }
    #expect(outputs == [bytes(expected)])
  }

  @Test func fusedActivationsLimitInt8() throws {
    var sketch = WeightedSketch.fullyConnected
    let expected: [(FusedActivation, Int32, Int32)] = [
      (.none, -128, 127), (.relu, 7, 127), (.relu6, 7, 55), (.reluN1To1, -1, 15),
    ]
    for (activation, least, largest) in expected {
      sketch.attributes = .fullyConnected(
        activation, keepsDimensions: false, hasShuffledWeights: false)
      let plan = try Plan(try sketch.draft.graph())
      let step = try #require(plan.steps.first as? FullyConnectedInt8Step)
      #expect(step.parameters.activationMin == least && step.parameters.activationMax == largest)
    }
    for activation in [FusedActivation.tanh, .signBit] {
      sketch.attributes = .fullyConnected(
        activation, keepsDimensions: false, hasShuffledWeights: false)
      #expect(refusal(sketch.draft)?.rule == "fused-activation")
    }
    sketch.attributes = .fullyConnected(.relu6, keepsDimensions: false, hasShuffledWeights: false)
    sketch.output = int8Tensor([2, 2], scale: .leastNormalMagnitude)
    #expect(refusal(sketch.draft)?.rule == "quantization")
  }

  /// 2^31 x the fraction and the exponent of a real number.
  private func parts(_ real: Double) -> (Int32, Int32) {
    let fraction = (real.significand / 2 * 0x1p31).rounded(.toNearestOrAwayFromZero)
    return (Int32(fraction), Int32(real.exponent + 1))
  }

  @Test func oneScaleIsRoundedToSinglePrecisionSeveralAreNot() throws {
    var generator = SplitMix(5)
    var differing = 0
    for _ in 0..<200 {
      let input = Float.random(in: 0.01...0.02, using: &generator)
      let weights = Float.random(in: 0.001...0.002, using: &generator)
      let output = Float.random(in: 0.03...0.05, using: &generator)
      let single = parts(Double(input * weights) / Double(output))
      let double = parts(Double(input) * Double(weights) / Double(output))
      differing += single == double ? 0 : 1
      var sketch = WeightedSketch.fullyConnected
      sketch.bias = nil
      sketch.input.quantization?.scales = [input]
      sketch.output.quantization?.scales = [output]
      sketch.weights.quantization?.scales = [weights]
      let one = try #require(
        try Plan(try sketch.draft.graph()).steps.first as? FullyConnectedInt8Step)
      #expect(one.parameters.multiplier == single.0 && one.parameters.shift == single.1)
      #expect(one.multipliers.isEmpty)
      sketch.weights.quantization = Quantization(
        scales: [weights, weights / 2], zeroPoints: [0, 0], axis: 0)
      let several = try #require(
        try Plan(try sketch.draft.graph()).steps.first as? FullyConnectedInt8Step)
      #expect(several.multipliers == [double.0, double.0])
      #expect(several.shifts == [double.1, double.1 - 1])
    }
    #expect(differing > 50)
  }

  @Test func perChannelScalesRows() throws {
    var sketch = WeightedSketch.fullyConnected
    sketch.weights.quantization = Quantization(scales: [0.25, 0.5], zeroPoints: [0, 0], axis: 0)
    let interpreter = try Interpreter(try sketch.draft.graph())
    let outputs = try interpreter.run([bytes([0, 1, 2, 0, 1, 2] as [Int8])])
    // The second row counts double.
    #expect(outputs == [bytes([16 + 7, -24 * 2 + 7, 16 + 7, -24 * 2 + 7] as [Int8])])
  }

  @Test func refusalsNameRuleAndPlace() throws {
    func check(_ rule: String, _ change: (inout WeightedSketch) -> Void) throws {
      var sketch = WeightedSketch.fullyConnected
      change(&sketch)
      let found = refusal(sketch.draft)
      #expect(found?.rule == rule, "\(String(describing: found))")
      #expect(found?.place.operatorIndex == 0 && found?.place.operatorKind == "FULLY_CONNECTED")
      #expect(found?.remedy.isEmpty == false)
    }
    try check("hybrid") {
      $0.input = Tensor(name: "", shape: [2, 3], elementType: .float32)
      $0.output = Tensor(name: "", shape: [2, 2], elementType: .float32)
    }
    try check("element-type") { $0.output.elementType = .int16 }
    try check("element-type") { $0.bias = .floats([1, 2], shape: [2]) }
    try check("shape-mismatch") {
      $0.bias = .int32s([1], shape: [1], quantization: $0.bias?.quantization)
    }
    try check("shape-mismatch") { $0.output.shape = [1, 4] }
    try check("quantization") { $0.bias?.quantization = nil }
    try check("quantization") { $0.input.quantization = nil }
    try check("quantization") { $0.output.quantization?.scales = [0] }
    try check("quantization") { $0.output.quantization?.zeroPoints = [128] }
    try check("quantization") { $0.weights.quantization?.zeroPoints = [1] }
    try check("quantization") {
      $0.weights.quantization = Quantization(scales: [1, 1, 1], zeroPoints: [0, 0, 0], axis: 1)
    }
    try check("quantization") {
      $0.bias = nil
      $0.input.quantization?.scales = [1e30]
    }
    try check("attributes") { $0.attributes = .plain }
    try check("attributes") {
      $0.attributes = .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: true)
    }
  }
}
