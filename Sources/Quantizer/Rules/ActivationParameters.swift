import Models
import Support

/// int8 parameters of a tensor that is computed, from the smallest and largest value it takes.
///
/// The rules are those of TensorFlow 2.13's quantizer; they give the scale and zero point that the
/// MLPerf Tiny files store beside their ranges. Asymmetric quantization: B. Jacob et al.,
/// "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
/// 2018, section 2.1.
enum ActivationParameters {
  private static let lowest = -128.0
  private static let highest = 127.0
  /// Of computed values, as when a RELU lets nothing through.
  private static let narrowest = 1e-6

  /// Parameters for the range, widened to contain 0, so that padding and RELU are exact.
  ///
  /// The scale is computed in 32 bits. The zero point is taken from the end of the range that loses
  /// less to rounding, and becomes a whole number. A range narrower than `narrowest` is made wider by
  /// that much on both sides first. Throws where a bound is no number, or the width none of 32 bits.
  static func asymmetric(min: Float, max: Float) throws(Diagnostic) -> Quantization {
    // As TensorFlow 2.13.1 does it (measured): the bias of what reads the tensor keeps its digits.
    let (least, most) = (Double(Swift.min(min, 0)), Double(Swift.max(max, 0)))
    let margin = most - least < narrowest ? narrowest : 0
    let (low, high) = (least - margin, most + margin)
    let width = margin > 0 ? Float(high - low) : Float(most) - Float(least)
    guard min.isFinite, max.isFinite, width.isFinite else {
      throw Diagnostic(
        "range", "the range is \(min) to \(max); both must be finite, and so must their distance",
        remedy: "Look for infinite values in the samples or the weights.")
    }
    let step = (high - low) / (highest - lowest)
    let fromLow = lowest - low / step
    let fromHigh = highest - high / step
    let lowLoss = abs(lowest) + abs(low / step)
    let highLoss = abs(highest) + abs(high / step)
    let zeroPoint = (lowLoss < highLoss ? fromLow : fromHigh).rounded(.toNearestOrAwayFromZero)
    return Quantization(
      scale: width / Float(highest - lowest),
      zeroPoint: Int64(Swift.min(Swift.max(zeroPoint, lowest), highest)))
  }

  /// The same with a larger scale, where a runtime cannot use one so small. Such a tensor is as good as
  /// always 0, which stays exact.
  static func raised(_ parameters: Quantization, to smallest: Float) -> Quantization {
    guard let scale = parameters.scales.first, scale < smallest else { return parameters }
    return Quantization(scale: smallest, zeroPoint: parameters.zeroPoints.first ?? 0)
  }

  /// Parameters for constants that are added or multiplied: their own range.
  static func asymmetric(_ values: [Float]) throws(Diagnostic) -> Quantization {
    guard values.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "not-finite", "a constant holds a value that is no number or infinite",
        remedy: "The model is damaged or was trained to divergence: export it again.")
    }
    return try asymmetric(min: values.min() ?? 0, max: values.max() ?? 0)
  }
}
