import Models
import Support

/// What a fused activation leaves of a result.
extension Preparation {
  /// Least and largest float32 result.
  func floatRange(_ activation: FusedActivation) throws(Diagnostic) -> (min: Float, max: Float) {
    switch activation {
    case .none: return (-.greatestFiniteMagnitude, .greatestFiniteMagnitude)
    case .relu: return (0, .greatestFiniteMagnitude)
    case .relu6: return (0, 6)
    case .reluN1To1: return (-1, 1)
    case .tanh, .signBit: throw unsupported(activation)
    }
  }

  /// Least and largest int8 result of an output with that scale and zero point, as TFLite's
  /// CalculateActivationRangeQuantized (tensorflow/lite/kernels/kernel_util.cc): bounds are divided by
  /// the scale in single precision and rounded half away from zero.
  func int8Range(
    _ activation: FusedActivation, scale: Float, zeroPoint: Int32
  ) throws(Diagnostic) -> (min: Int32, max: Int32) {
    let range = try floatRange(activation)
    func bound(_ real: Float, _ unbounded: Int32) throws(Diagnostic) -> Int32 {
      guard real.magnitude < .greatestFiniteMagnitude else { return unbounded }
      let steps = (real / scale).rounded(.toNearestOrAwayFromZero)
      // Half of what fits, so that adding the zero point cannot overflow.
      guard steps.magnitude < 0x1p30 else {
        throw refusal(
          "quantization", "the output's scale \(scale) is too small for \(activation)",
          remedy: "Quantize the model again.", tensor: operation.outputs.first)
      }
      return Int32(steps) + zeroPoint
    }
    return (max(try bound(range.min, -128), -128), min(try bound(range.max, 127), 127))
  }

  private func unsupported(_ activation: FusedActivation) -> Diagnostic {
    refusal(
      "fused-activation",
      "the fused activation is \(activation); none, relu, relu6 and reluN1To1 can be run",
      remedy: "Convert the model with the activation as an operator of its own.")
  }
}
