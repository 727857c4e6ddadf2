import Core
import Models
import Reference

extension ModelCost {
  /// The first operator whose kernel is not modelled, and why; nil where all are.
  package var unmodelled: String? {
    for cost in operators {
      if let reason = cost.unmodelled(dtype) {
        return "operator \(cost.index) (\(cost.kind)) \(reason), which is not modelled"
      }
    }
    return nil
  }
}

extension OperatorCost {
  /// "runs another kernel", of a kernel whose reads and instructions nothing is known of; which of them
  /// CMSIS-NN 7.0.0 takes is decided by `arm_convolve_wrapper_s8` and `arm_depthwise_conv_wrapper_s8`.
  fileprivate func unmodelled(_ dtype: Dtype) -> String? {
    guard !weights.isEmpty else { return nil }
    if isDilated { return "is dilated" }
    switch KernelClass(self, dtype: dtype) {
    case .floatConvolution, .int8Pointwise, .int8Convolution:
      if input.count == 4, input[3] != weights[3] { return "has groups of channels" }
      guard dtype == .int8, input.count == 4, input[1] == 1, weights[1] == 1, weights[2] > 1,
        ((stride.last ?? 1) * input[3]) % 4 == 0
      else { return nil }
      return "runs arm_convolve_1_x_n_s8"
    case .int8Depthwise:
      return input.count == 4 && input[3] != output[3]
        ? "has several outputs per input channel and runs arm_depthwise_conv_s8" : nil
    case .floatMatrix, .int8Matrix, .floatDepthwise: return nil
    // What has weights and no kernel here may fetch them in any order.
    case .other: return weightBytes > 0 ? "has weights that an unknown kernel reads" : nil
    }
  }
}
