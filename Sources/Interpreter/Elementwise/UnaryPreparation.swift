import Kernels
import Models
import Support

extension UnaryStep {
  private static let sameTypes = "int8 or float32 throughout"

  static func prepareRelu(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.unary(Int8.self, Int8.self)
      guard
        let parameters = RequantizationParameters(
          rectifying: try preparation.affineInput(), to: try preparation.affineOutput())
      else { throw preparation.scaleRefusal() }
      return UnaryStep.requantize(parameters, at)
    case (.float32, .float32):
      // As in TFLM: +infinity stays.
      return UnaryStep.clampFloat(
        FloatRange(lowest: 0, highest: .infinity), try preparation.unary(Float.self, Float.self))
    default: throw preparation.unsupportedTypes(allowed: sameTypes)
    }
  }

  static func prepareRelu6(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.unary(Int8.self, Int8.self)
      let input = try preparation.affineInput()
      return UnaryStep.clampInt8(
        Int8Range(lowest: input.zeroPoint, highest: input.element(6)), at)
    case (.float32, .float32):
      return UnaryStep.clampFloat(
        FloatRange(lowest: 0, highest: 6), try preparation.unary(Float.self, Float.self))
    default: throw preparation.unsupportedTypes(allowed: sameTypes)
    }
  }

  /// TANH and LOGISTIC.
  static func prepareCurve(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    let isTanh = preparation.operation.kind == .tanh
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.unary(Int8.self, Int8.self)
      let parameters = CurveParameters(try preparation.affineInput())
      if isTanh { return UnaryStep.tanhInt8(parameters, at) }
      let zeroPoint = try preparation.affineOutput().zeroPoint
      guard zeroPoint == -128 else {
        throw preparation.refusal(
          "quantization", "the zero point of the output is \(zeroPoint); it must be -128",
          remedy: "Quantize the model again; the output's scale is 1/256.")
      }
      return UnaryStep.logisticInt8(parameters, at)
    case (.float32, .float32):
      let at = try preparation.unary(Float.self, Float.self)
      return isTanh ? UnaryStep.tanhFloat(at) : .logisticFloat(at)
    default: throw preparation.unsupportedTypes(allowed: sameTypes)
    }
  }

  static func prepareSoftmax(
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    guard case .softmax(let beta) = preparation.operation.attributes else {
      throw preparation.refusal(
        "attributes", "beta is missing", remedy: "Convert the model again.")
    }
    let shape = try preparation.inputTensor(0).shape
    guard let last = shape.last, let sizes = KernelShape(shape), last > 0 else {
      throw preparation.shapeRefusal()
    }
    let depth = Int32(truncatingIfNeeded: last)
    let rows = sizes.count / depth
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.unary(Int8.self, Int8.self)
      let output = try preparation.affineOutput()
      guard output.scale == 1 / 256, output.zeroPoint == -128 else {
        throw preparation.refusal(
          "quantization",
          "the output has scale \(output.scale) and zero point \(output.zeroPoint); they must be "
            + "1/256 and -128", remedy: "Quantize the model again.")
      }
      guard
        let parameters = SoftmaxParameters(
          rows: rows, depth: depth, beta: beta, inputScale: try preparation.affineInput().scale)
      else {
        throw preparation.refusal(
          "softmax",
          "rows have \(depth) elements and beta is \(beta); at most "
            + "\(SoftmaxParameters.mostInt8Depth) and beta x scale above 2^-26 can be run",
          remedy: "Keep this operator in float32.")
      }
      return UnaryStep.softmaxInt8(parameters, at)
    case (.float32, .float32):
      return UnaryStep.softmaxFloat(
        SoftmaxParameters(rows: rows, depth: depth, beta: beta),
        try preparation.unary(Float.self, Float.self))
    default: throw preparation.unsupportedTypes(allowed: sameTypes)
    }
  }

  static func prepareQuantize(
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    switch try preparation.types {
    case (.int8, .int8):
      let at = try preparation.unary(Int8.self, Int8.self)
      guard
        let parameters = RequantizationParameters(
          quantizing: try preparation.affineInput(), to: try preparation.affineOutput())
      else { throw preparation.scaleRefusal() }
      return UnaryStep.requantize(parameters, at)
    case (.float32, .int8):
      return UnaryStep.quantize(
        try preparation.affineOutput(), try preparation.unary(Float.self, Int8.self))
    default: throw preparation.unsupportedTypes(allowed: "float32 or int8 to int8")
    }
  }

  static func prepareDequantize(
    _ preparation: Preparation
  ) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...1)
    guard case (.int8, .float32) = try preparation.types else {
      throw preparation.unsupportedTypes(allowed: "int8 to float32")
    }
    return UnaryStep.dequantize(
      try preparation.affineInput(), try preparation.unary(Int8.self, Float.self))
  }
}
