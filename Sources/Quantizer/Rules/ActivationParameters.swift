import Models

/// int8 parameters of a tensor that is computed, from the smallest and largest value it takes.
///
/// The rules are those of TensorFlow 2.13's quantizer; they give the scale and zero point that the
/// MLPerf Tiny files store beside their ranges. Asymmetric quantization: B. Jacob et al.,
/// "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
/// 2018, section 2.1.
enum ActivationParameters {
  private static let lowest = -128.0
  private static let highest = 127.0

  /// Parameters for the range, widened to contain 0, so that padding and RELU are exact.
  ///
  /// The scale is computed in 32 bits. The zero point is taken from the end of the range that loses
  /// less to rounding, and becomes a whole number. A range without width gets scale 1. Throws where
  /// a bound is no number, or the width none of 32 bits.
  static func asymmetric(min: Float, max: Float) throws(ModelDiagnostic) -> Quantization {
    let low = Swift.min(min, 0)
    let high = Swift.max(max, 0)
    let width = high - low
    guard min.isFinite, max.isFinite, width.isFinite else {
      throw ModelDiagnostic(
        "range", "the range is \(min) to \(max); both must be finite, and so must their distance",
        remedy: "Look for infinite values in the samples or the weights.")
    }
    guard Double(width) >= .ulpOfOne else {
      return Quantization(scale: 1, zeroPoint: Int64(lowest))
    }
    let step = (Double(high) - Double(low)) / (highest - lowest)
    let fromLow = lowest - Double(low) / step
    let fromHigh = highest - Double(high) / step
    let lowLoss = abs(lowest) + abs(Double(low) / step)
    let highLoss = abs(highest) + abs(Double(high) / step)
    let zeroPoint = (lowLoss < highLoss ? fromLow : fromHigh).rounded(.toNearestOrAwayFromZero)
    return Quantization(
      scale: width / Float(highest - lowest),
      zeroPoint: Int64(Swift.min(Swift.max(zeroPoint, lowest), highest)))
  }

  /// Parameters for constants that are added or multiplied: their own range.
  static func asymmetric(_ values: [Float]) throws(ModelDiagnostic) -> Quantization {
    guard values.allSatisfy(\.isFinite) else {
      throw ModelDiagnostic(
        "not-finite", "a constant holds a value that is no number or infinite",
        remedy: "The model is damaged or was trained to divergence: export it again.")
    }
    return try asymmetric(min: values.min() ?? 0, max: values.max() ?? 0)
  }
}
