import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

@Suite("Quantization rules")
struct RuleTests {
  @Test(
    "Ranges become parameters, 0 always among the values",
    arguments: [
      (0, 1, 1 / 255, -128), (0, 255, 1, -128), (-1, 0, 1 / 255, 127), (-128, 127, 1, 0),
      (2, 510, 2, -128), (-510, -2, 2, 127), (0, 0, 2e-6 / 255, 0),
      (-3e-7, 3e-7, 1.0196078648050388e-08, -1),
      (0, 4e-7, 2.4e-6 / 255, -22), (0.3, 0.3, 0.3 / 255, -128),
      (-127.5, 127.5, 1, -1), (-84.79798, 14.910901, 0.39101523, 89),
    ] as [(Float, Float, Float, Int64)])
  func parameters(low: Float, high: Float, scale: Float, zeroPoint: Int64) throws {
    let found = try ActivationParameters.asymmetric(min: low, max: high)
    #expect(found == Quantization(scale: scale, zeroPoint: zeroPoint))
    #expect(found.real(found.int8(0)) == 0)
  }

  @Test("Ranges that are none are refused")
  func noRanges() {
    for (low, high) in [
      (Float.nan, Float(1)), (-.infinity, 1), (0, .infinity),
      (-Float.greatestFiniteMagnitude, .greatestFiniteMagnitude),
    ] {
      let refused = refusal { () throws(Diagnostic) in
        try ActivationParameters.asymmetric(min: low, max: high)
      }
      #expect(refused?.rule == "range")
    }
  }

  @Test("A value in the range is kept to half a step, one outside goes to its end")
  func roundTrip() throws {
    var generator = SplitMix(1)
    for _ in 0..<200 {
      let a = (generator.unit() - 0.5) * 100
      let b = (generator.unit() - 0.5) * 100
      let found = try ActivationParameters.asymmetric(min: min(a, b), max: max(a, b))
      let step = found.scales[0]
      #expect((-128...127).contains(found.zeroPoints[0]))
      #expect(found.isForActivations)
      for _ in 0..<50 {
        // The zero point is rounded, so an end may move by half a step.
        let (low, high) = found.extent
        let value = low + (high - low) * generator.unit()
        #expect(abs(found.real(found.int8(value)) - value) <= step * 0.50001)
        #expect(found.int8(high + step + abs(value)) == 127)
        #expect(found.int8(low - step - abs(value)) == -128)
      }
    }
  }

  @Test("Ties are rounded away from zero")
  func ties() {
    #expect(
      [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999997].map { Rounding.int8($0) }
        == [1, 2, 3, -1, -2, -3, 0])
    #expect(Rounding.int8(.infinity) == 127 && Rounding.int8(-1e9) == -128)
    #expect(Rounding.int8(-1e9, lowest: -127) == -127 && Rounding.int8(.nan) == 0)
    #expect(Rounding.int32(2.5) == 3 && Rounding.int32(-2.5) == -3)
    #expect(Rounding.int32(1e20) == .max && Rounding.int32(-.infinity) == .min)
    #expect(Rounding.int32(.nan) == 0)
  }

  @Test("Weights stay in -127...127 and within half a step", arguments: [nil, 0, 3] as [Int?])
  func weights(axis: Int?) throws {
    var generator = SplitMix(2)
    let shape = axis == nil ? [4, 30] : (axis == 0 ? [4, 2, 3, 5] : [1, 5, 6, 4])
    let inner = axis == 0 ? 30 : 1
    let values = (0..<120).map { _ in (generator.unit() - 0.5) * (generator.unit() * 9) }
    let bias = (0..<4).map { _ in generator.unit() - 0.5 }
    let found = try WeightQuantizer.quantize(
      values, shape: shape, axis: axis, bias: bias, inputScale: 0.1)
    let scales = found.weightParameters.scales
    #expect(scales.count == (axis == nil ? 1 : 4))
    #expect(found.weightParameters.zeroPoints.allSatisfy { $0 == 0 })
    #expect(found.weightParameters.axis == axis && found.raisedScales == 0)
    var largest = [Int](repeating: 0, count: scales.count)
    for (position, value) in values.enumerated() {
      let channel = axis == nil ? 0 : position / inner % 4
      let integer = Int(found.weights[position])
      largest[channel] = max(largest[channel], abs(integer))
      #expect(abs(Float(integer) * scales[channel] - value) <= scales[channel] * 0.50001)
    }
    #expect(largest.allSatisfy { $0 == 127 })
    for (index, value) in bias.enumerated() {
      let unit = try #require(found.biasParameters).scales[axis == nil ? 0 : index]
      #expect(unit == 0.1 * scales[axis == nil ? 0 : index])
      #expect(abs(Float(try #require(found.bias)[index]) * unit - value) <= unit)
    }
  }

  @Test("Nearly dead channels: the least scale, and scales raised for their bias")
  func deadChannels() throws {
    let found = try WeightQuantizer.quantize(
      [0, 0, 1e-9, 0, 0.5, -1], shape: [3, 1, 1, 2], axis: 0, bias: [0, 1, 2], inputScale: 0.01)
    let scales = found.weightParameters.scales
    #expect(scales[0] == Float(0.5e-6 as Float / 127) && scales[2] == 1 / 127)
    let unit = 1 / Double(Int32.max / 2)
    #expect(scales[1] == Float(unit / Double(0.01 as Float)))
    #expect(found.biasParameters?.scales[1] == Float(unit))
    // As large as 30 bits allow: in single precision 2^30.
    #expect(found.bias?[1] == 1 << 30 && found.bias?[0] == 0 && found.raisedScales == 1)
    let all = try WeightQuantizer.quantize(
      [0, 0], shape: [1, 2], axis: nil, bias: [5], inputScale: 1)
    #expect(all.raisedScales == 1 && all.weights == [0, 0])
  }

  @Test("What is not finite, or no bias of these weights, is refused")
  func notFinite() {
    for (weight, bias, rule) in [
      (Float.nan, [Float(0)], "not-finite"), (.infinity, [0], "not-finite"),
      (1, [.nan], "not-finite"), (1, [1, 2], "bias-size"),
    ] {
      let refused = refusal { () throws(Diagnostic) in
        try WeightQuantizer.quantize([weight], shape: [1, 1], axis: nil, bias: bias, inputScale: 1)
      }
      #expect(refused?.rule == rule)
    }
  }
}
