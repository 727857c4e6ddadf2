import Kernels
import Models
import Support

/// Preparation of FULLY_CONNECTED: input of batch x in elements, weights [out, in], bias [out].
enum FullyConnectedPreparation {
  static func prepare(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    guard
      case .fullyConnected(let activation, _, let hasShuffledWeights) =
        preparation.operation.attributes
    else {
      throw preparation.refusal(
        "attributes", "the options are missing",
        remedy: "The model is damaged: convert it again.")
    }
    guard !hasShuffledWeights else {
      throw preparation.refusal(
        "attributes", "weights are stored shuffled in blocks of 4x16",
        remedy: "Convert the model with weights in the default format.")
    }
    try preparation.expectInputs(2...3)
    var p = try sizes(preparation)
    switch try preparation.weightedTypes() {
    case .float32:
      (p.floatMin, p.floatMax) = try preparation.floatRange(activation)
      return FullyConnectedFloatStep(
        parameters: p, input: try preparation.input(0, as: Float.self),
        weights: try preparation.input(1, as: Float.self),
        bias: try preparation.optionalInput(2, as: Float.self),
        output: try preparation.output(as: Float.self))
    case .int8: return try int8(p, activation, preparation)
    }
  }

  /// The number of vectors, and of elements in each.
  private static func sizes(
    _ preparation: Preparation
  ) throws(Diagnostic) -> FullyConnectedParameters {
    let input = try preparation.inputTensor(0)
    let weights = try preparation.inputTensor(1)
    let output = try preparation.outputTensor()
    guard weights.shape.count == 2 else {
      throw preparation.refusal(
        "shape-mismatch", "the weights are \(shown(weights.shape)); two dimensions are needed",
        remedy: "The model is damaged: convert it again.")
    }
    try preparation.expectElements(channels: weights.shape[0])
    // No division by zero: the weights have elements.
    guard let given = input.elementCount, let made = output.elementCount,
      given % weights.shape[1] == 0, output.shape.last == weights.shape[0],
      made / weights.shape[0] == given / weights.shape[1]
    else {
      throw preparation.refusal(
        "shape-mismatch",
        "input \(shown(input.shape)), weights \(shown(weights.shape)) and output "
          + "\(shown(output.shape)) do not fit",
        remedy: "Convert the model with fixed input shapes.")
    }
    var p = FullyConnectedParameters()
    p.batches = try preparation.size(given / weights.shape[1])
    p.inputCount = try preparation.size(weights.shape[1])
    p.outputCount = try preparation.size(weights.shape[0])
    return p
  }

  private static func int8(
    _ parameters: FullyConnectedParameters, _ activation: FusedActivation,
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    var p = parameters
    let input = try preparation.quantization(of: try preparation.inputTensor(0))
    let output = try preparation.quantization(of: try preparation.outputTensor())
    let channels = Int(p.outputCount)
    let scales = try preparation.weightScales(
      try preparation.inputTensor(1), channels: channels, axis: 0)
    p.inputOffset = -input.zeroPoint
    p.outputOffset = output.zeroPoint
    (p.activationMin, p.activationMax) = try preparation.int8Range(
      activation, scale: output.scale, zeroPoint: output.zeroPoint)
    var multipliers: [Int32] = []
    var shifts: [Int32] = []
    if scales.count == 1, let scale = scales.first {
      try expectBiasScale(input: input.scale, weights: scale, output: output.scale, preparation)
      // Other than per channel the product is one of single precision, as TFLM computes it
      // (GetQuantizedConvolutionMultipler, tensorflow/lite/kernels/kernel_util.cc).
      (p.multiplier, p.shift) = try preparation.multiplier(
        of: Double(input.scale * scale) / Double(output.scale))
    } else {
      (multipliers, shifts) = try preparation.channelMultipliers(
        input: input.scale, weightScales: scales, output: output.scale, channels: channels)
    }
    return FullyConnectedInt8Step(
      parameters: p, multipliers: multipliers, shifts: shifts,
      input: try preparation.input(0, as: Int8.self),
      weights: try preparation.input(1, as: Int8.self),
      bias: try preparation.optionalInput(2, as: Int32.self),
      output: try preparation.output(as: Int8.self))
  }

  /// Throws where the bias has another scale than the products, by more than 0.02 of the output's:
  /// TFLM's limit, without which sums mean nothing.
  private static func expectBiasScale(
    input: Float, weights: Float, output: Float, _ preparation: Preparation
  ) throws(Diagnostic) {
    guard preparation.hasInput(2) else { return }
    let bias = Double(try preparation.inputTensor(2).quantization?.scales.first ?? 0)
    let product = Double(input) * Double(weights)
    guard (product - bias).magnitude / Double(output) <= 0.02 else {
      throw preparation.refusal(
        "quantization",
        "the bias has scale \(bias); input scale x weight scale is \(product), and the difference "
          + "more than 0.02 of the output's scale \(output)",
        remedy: "Quantize the model again.", tensor: preparation.operation.inputs[2])
    }
  }
}
