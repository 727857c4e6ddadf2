import Models
import Support

/// Types that kinds with weights can be run with.
enum WeightedTypes {
  case int8
  case float32
}

extension Preparation {
  /// Types of input 0, weights (input 1) and output; throws for all other combinations, the hybrid one
  /// by its name.
  func weightedTypes() throws(Diagnostic) -> WeightedTypes {
    let input = try inputTensor(0).elementType
    let weights = try inputTensor(1).elementType
    let output = try outputTensor().elementType
    let bias = hasInput(2) ? try inputTensor(2).elementType : nil
    switch (input, weights, output) {
    case (.int8, .int8, .int8) where bias == nil || bias == .int32: return .int8
    case (.float32, .float32, .float32) where bias == nil || bias == .float32: return .float32
    case (.float32, .int8, .float32):
      throw refusal(
        "hybrid", "the model is hybrid: int8 weights and float32 activations, which TFLM refuses",
        remedy: "Quantize activations too, as int8, or keep the weights as float32.")
    default:
      throw unsupportedTypes(allowed: "int8 or float32 throughout, with int32 or float32 biases")
    }
  }

  /// Throws unless input, weights and output have elements and the bias, where there is one, has
  /// `channels`.
  func expectElements(channels: Int) throws(Diagnostic) {
    for tensor in [try inputTensor(0), try inputTensor(1), try outputTensor()] {
      guard let count = tensor.elementCount, count > 0 else {
        throw refusal(
          "shape-mismatch", "a tensor of shape \(shown(tensor.shape)) has no elements",
          remedy: "Convert the model with fixed input shapes.")
      }
    }
    guard hasInput(2) else { return }
    let bias = try inputTensor(2)
    guard bias.elementCount == channels else {
      throw refusal(
        "shape-mismatch",
        "the bias is \(shown(bias.shape)); \(channels) elements are needed, one for each channel",
        remedy: "The model is damaged: convert it again.", tensor: operation.inputs[2])
    }
  }
}
