import Kernels
import Models
import Support

/// Preparation of CONV_2D and DEPTHWISE_CONV_2D.
enum ConvolutionPreparation {
  /// Input [N, H, W, C], weights [out, h, w, C / groups], bias [out].
  static func convolution(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    guard case .convolution(let window, let activation) = preparation.operation.attributes else {
      throw preparation.missingWindow
    }
    try preparation.expectInputs(2...3)
    var p = try preparation.convolutionParameters(window)
    let weights = try preparation.inputTensor(1).shape
    p.filterDepth = try preparation.size(weights[3])
    let (groups, rest) = p.inputDepth.quotientAndRemainder(dividingBy: p.filterDepth)
    guard rest == 0, groups > 0, p.outputDepth % groups == 0 else {
      throw preparation.refusal(
        "shape-mismatch",
        "\(p.inputDepth) input and \(p.outputDepth) output channels do not fall into groups of "
          + "\(p.filterDepth) inputs",
        remedy: "The model is damaged: convert it again.")
    }
    return try step(p, activation, isDepthwise: false, preparation)
  }

  /// Input [N, H, W, C], weights [1, h, w, C x multiplier], bias [C x multiplier].
  static func depthwise(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    guard case .depthwise(let window, _, let activation) = preparation.operation.attributes else {
      throw preparation.missingWindow
    }
    try preparation.expectInputs(2...3)
    var p = try preparation.convolutionParameters(window)
    let weights = try preparation.inputTensor(1).shape
    let (multiplier, rest) = p.outputDepth.quotientAndRemainder(dividingBy: p.inputDepth)
    guard weights[0] == 1, rest == 0, multiplier > 0 else {
      throw preparation.refusal(
        "shape-mismatch",
        "depthwise weights are \(shown(weights)) for \(p.inputDepth) input channels; the first "
          + "size must be 1 and the last a multiple of the channels",
        remedy: "The model is damaged: convert it again.")
    }
    p.filterDepth = multiplier
    return try step(p, activation, isDepthwise: true, preparation)
  }

  private static func step(
    _ parameters: ConvolutionParameters, _ activation: FusedActivation, isDepthwise: Bool,
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    var p = parameters
    switch try preparation.weightedTypes() {
    case .float32:
      (p.floatMin, p.floatMax) = try preparation.floatRange(activation)
      return ConvolutionFloatStep(
        isDepthwise: isDepthwise, parameters: p, input: try preparation.input(0, as: Float.self),
        weights: try preparation.input(1, as: Float.self),
        bias: try preparation.optionalInput(2, as: Float.self),
        output: try preparation.output(as: Float.self))
    case .int8:
      let input = try preparation.quantization(of: try preparation.inputTensor(0))
      let output = try preparation.quantization(of: try preparation.outputTensor())
      let channels = Int(p.outputDepth)
      let scales = try preparation.weightScales(
        try preparation.inputTensor(1), channels: channels, axis: isDepthwise ? 3 : 0)
      let (multipliers, shifts) = try preparation.channelMultipliers(
        input: input.scale, weightScales: scales, output: output.scale, channels: channels)
      p.inputOffset = -input.zeroPoint
      p.outputOffset = output.zeroPoint
      (p.activationMin, p.activationMax) = try preparation.int8Range(
        activation, scale: output.scale, zeroPoint: output.zeroPoint)
      return ConvolutionInt8Step(
        isDepthwise: isDepthwise, parameters: p, multipliers: multipliers, shifts: shifts,
        input: try preparation.input(0, as: Int8.self),
        weights: try preparation.input(1, as: Int8.self),
        bias: try preparation.optionalInput(2, as: Int32.self),
        output: try preparation.output(as: Int8.self))
    }
  }
}

extension Preparation {
  var missingWindow: Diagnostic {
    refusal(
      "attributes", "stride and padding are missing",
      remedy: "The model is damaged: convert it again.")
  }
}
