import Models
import Support

/// Weights and bias of one operator as integers.
struct QuantizedWeights: Equatable {
  /// In -127...127, in the order of the weights.
  var weights: [Int8]
  /// Zero points 0.
  var weightParameters: Quantization
  /// nil where there is no bias.
  var bias: [Int32]?
  /// nil where there is no bias.
  var biasParameters: Quantization?
  /// Scales raised because a bias would not have fitted.
  var raisedScales: Int
}

/// Makes integers of weights and biases by the rules of TensorFlow 2.13's quantizer, bit for bit:
/// symmetric weights, and a bias in units of input scale x weight scale.
enum WeightQuantizer {
  /// Weights all smaller than this get the scale that it gives.
  private static let smallestMagnitude: Float = 0.5e-6
  private static let levels = 127.0
  /// Half the range of int32, so that the accumulator has as much room again.
  private static let largestBias = Double(Int32.max / 2)

  /// `weights` row by row in `shape`, one scale per index along `axis`, or one for all where it is
  /// nil. `bias` has one value per output. Throws where a value is not finite.
  static func quantize(
    _ weights: [Float], shape: [Int], axis: Int?, bias: [Float]?, inputScale: Float
  ) throws(Diagnostic) -> QuantizedWeights {
    guard weights.allSatisfy(\.isFinite), bias?.allSatisfy(\.isFinite) ?? true else {
      throw Diagnostic(
        "not-finite", "a weight or bias is no number or infinite",
        remedy: "The model is damaged or was trained to divergence: export it again.")
    }
    let channels = axis.map { shape[$0] } ?? 1
    let inner = axis.map { shape[($0 + 1)...].reduce(1, *) } ?? max(weights.count, 1)
    let outputs = shape[axis ?? 0]
    if let bias, bias.count != outputs {
      throw Diagnostic(
        "bias-size", "there are \(bias.count) biases for \(outputs) outputs",
        remedy: "The model is damaged: export it again.")
    }
    func channel(_ position: Int) -> Int { axis == nil ? 0 : position / inner % channels }

    var magnitudes = [Float](repeating: 0, count: channels)
    for (position, weight) in weights.enumerated() {
      let index = channel(position)
      magnitudes[index] = max(magnitudes[index], abs(weight))
    }
    var scales = magnitudes.map { Float(Double(max($0, smallestMagnitude)) / levels) }
    let plain = scales
    var biasScales = scales.map { inputScale * $0 }
    if let bias {
      let largest = axis == nil ? [bias.map(abs).max() ?? 0] : bias.map(abs)
      for index in scales.indices where isTooLarge(largest[index], unit: biasScales[index]) {
        let unit = Double(largest[index]) / largestBias
        biasScales[index] = Float(unit)
        scales[index] = Float(unit / Double(inputScale))
      }
    }
    let inverse = scales.indices.map { index in
      // One scale for all: the reciprocal is not rounded twice.
      axis == nil && scales[index] == Float(Double(magnitudes[index]) / levels)
        ? Float(levels) / magnitudes[index] : 1 / scales[index]
    }
    var integers = [Int8](repeating: 0, count: weights.count)
    for (position, weight) in weights.enumerated() {
      integers[position] = Rounding.int8(weight * inverse[channel(position)], lowest: -127)
    }
    let quantized = bias.map { bias in
      bias.indices.map { Rounding.int32(bias[$0] * (1 / biasScales[axis == nil ? 0 : $0])) }
    }
    return QuantizedWeights(
      weights: integers, weightParameters: parameters(scales, axis: axis), bias: quantized,
      biasParameters: bias == nil ? nil : parameters(biasScales, axis: axis == nil ? nil : 0),
      raisedScales: zip(scales, plain).count { $0 != $1 })
  }

  private static func isTooLarge(_ magnitude: Float, unit: Float) -> Bool {
    magnitude > 0 && Double(magnitude) / Double(unit) >= largestBias
  }

  private static func parameters(_ scales: [Float], axis: Int?) -> Quantization {
    Quantization(
      scales: scales, zeroPoints: Array(repeating: 0, count: scales.count),
      axis: scales.count > 1 ? axis : nil)
  }
}
