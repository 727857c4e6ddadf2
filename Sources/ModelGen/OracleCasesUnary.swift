import Models

/// Operators of one input; those of int8 get every element there is.
enum OracleUnary {
  static let families: [OracleFamily] = [
    OracleFamily(name: "tanh_int8") { try int8(&$0, .tanh, fixed(1 / 128, 0)) },
    OracleFamily(name: "logistic_int8") { try int8(&$0, .logistic, fixed(1 / 256, -128)) },
    OracleFamily(name: "relu_int8") { try int8(&$0, .relu, nil) },
    OracleFamily(name: "relu6_int8") { try int8(&$0, .relu6, nil) },
    OracleFamily(name: "quantize_int8") { try int8(&$0, .quantize, nil) },
    OracleFamily(name: "dequantize_int8") { sketch in
      let quantization = sketch.quantization()
      let input = sketch.int8Input([1, 256], quantization, values: everyElement)
      try sketch.finish(.dequantize, inputs: [input], type: .float32)
    },
    OracleFamily(name: "softmax_int8") { try softmaxInt8(&$0) },
    OracleFamily(name: "quantize_fp32") { sketch in
      let quantization = sketch.quantization()
      let scale = quantization.scales[0]
      // Multiples of half a step too, where rounding shows.
      let values = (-320..<320).map { scale * Float($0) / 2 } + sketch.floatValues(100)
      let input = sketch.floatInput([values.count], values: values)
      try sketch.finish(.quantize, inputs: [input], type: .int8, quantization)
    },
    OracleFamily(name: "tanh_fp32") { try float(&$0, .tanh) },
    OracleFamily(name: "logistic_fp32") { try float(&$0, .logistic) },
    OracleFamily(name: "relu_fp32") { try float(&$0, .relu) },
    OracleFamily(name: "relu6_fp32") { try float(&$0, .relu6) },
    OracleFamily(name: "softmax_fp32") { sketch in
      let shape = sketch.shape(rank: sketch.integer(1...4))
      let input = sketch.floatInput(shape)
      try sketch.finish(
        .softmax, .softmax(beta: sketch.pick([1, 0.5, 2.75])), inputs: [input], type: .float32)
    },
  ]

  private static let everyElement = (Int8.min...Int8.max).map { $0 }

  private static func fixed(_ scale: Float, _ zeroPoint: Int64) -> Quantization {
    Quantization(scales: [scale], zeroPoints: [zeroPoint])
  }

  private static func int8(
    _ sketch: inout OracleSketch, _ kind: OperatorKind, _ output: Quantization?
  ) throws {
    let quantization = sketch.quantization(-12...3)
    var result = output ?? sketch.quantization(-9...2)
    // RELU6 keeps scale and zero point.
    if kind == .relu6 { result = quantization }
    let input = sketch.int8Input([1, 256], quantization, values: everyElement)
    try sketch.finish(kind, inputs: [input], type: .int8, result)
  }

  private static func float(_ sketch: inout OracleSketch, _ kind: OperatorKind) throws {
    let shape = sketch.shape(rank: sketch.integer(1...4))
    let size = sketch.pick([1, 10, 40] as [Float])
    let values = sketch.floatValues(shape.reduce(1, *), -size...size)
    let input = sketch.floatInput(shape, values: values)
    try sketch.finish(kind, inputs: [input], type: .float32)
  }

  private static func softmaxInt8(_ sketch: inout OracleSketch) throws {
    // From a sum of 512 on, TFLM stops the program.
    let depth = sketch.pick([1, 2, 10, 12, 256, sketch.integer(3...511)])
    let rows = sketch.integer(1...5)
    var values = sketch.int8Values(depth * rows)
    // All elements once, and rows whose elements are close together.
    if depth == 256 { values.replaceSubrange(0..<256, with: everyElement) }
    if sketch.integer(0...2) == 0 { values = values.map { $0 / 16 } }
    let quantization = sketch.quantization(-12...4)
    let shape = sketch.pick([[rows, depth], [1, rows, depth], [rows, 1, 1, depth]])
    let input = sketch.int8Input(shape, quantization, values: values)
    try sketch.finish(
      .softmax, .softmax(beta: sketch.pick([1, 0.5, 2.75])), inputs: [input], type: .int8,
      fixed(1 / 256, -128))
  }
}
