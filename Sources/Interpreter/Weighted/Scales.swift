import Kernels
import Models
import Support

/// Scales of int8 results as integers.
extension Preparation {
  /// For each channel input scale x weight scale / output scale, computed in double precision as TFLM
  /// does (PopulateConvolutionQuantizationParams, tensorflow/lite/kernels/kernel_util.cc).
  /// `weightScales` has one scale for all or one for each.
  func channelMultipliers(
    input: Float, weightScales: [Float], output: Float, channels: Int
  ) throws(Diagnostic) -> (multipliers: [Int32], shifts: [Int32]) {
    var multipliers: [Int32] = []
    var shifts: [Int32] = []
    for scale in weightScales {
      let result = try multiplier(of: Double(input) * Double(scale) / Double(output))
      multipliers.append(result.multiplier)
      shifts.append(result.shift)
    }
    if weightScales.count == 1, let multiplier = multipliers.first, let shift = shifts.first {
      return (
        Array(repeating: multiplier, count: channels), Array(repeating: shift, count: channels)
      )
    }
    return (multipliers, shifts)
  }

  /// The multiplier of a real factor; throws where the factor is 2^30 or more.
  func multiplier(of scale: Double) throws(Diagnostic) -> (multiplier: Int32, shift: Int32) {
    guard scale < 0x1p30 else {
      throw refusal(
        "quantization", "results are scaled by \(scale), which is not below 2^30",
        remedy: "Quantize the model again.")
    }
    return quantizedMultiplier(of: scale)
  }

  /// The scales of int8 weights, one for all or one for each of `channels` along `axis`.
  func weightScales(
    _ weights: Tensor, channels: Int, axis: Int
  ) throws(Diagnostic) -> [Float] {
    let tensor = operation.inputs.indices.contains(1) ? operation.inputs[1] : nil
    guard let quantization = weights.quantization,
      quantization.scales.count == 1
        || (quantization.axis == axis && quantization.scales.count == channels)
    else {
      throw refusal(
        "quantization",
        "int8 weights have \(weights.quantization?.scales.count ?? 0) scales along axis "
          + "\(weights.quantization?.axis.map(String.init) ?? "none"); one is allowed, or "
          + "\(channels) along axis \(axis)",
        remedy: "Quantize the model again.", tensor: tensor)
    }
    guard quantization.zeroPoints.allSatisfy({ $0 == 0 }) else {
      throw refusal(
        "quantization", "int8 weights have a zero point other than 0",
        remedy: "Quantize the model again, weights symmetrically.", tensor: tensor)
    }
    return quantization.scales
  }
}
