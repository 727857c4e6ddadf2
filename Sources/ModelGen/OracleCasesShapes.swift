import Models

/// RESHAPE, PAD, TRANSPOSE and MEAN, as far as TFLM goes: PAD to four dimensions, MEAN along two.
enum OracleShapes {
  static let families: [OracleFamily] = [
    OracleFamily(name: "reshape_int8") { try reshape(&$0, isInt8: true) },
    OracleFamily(name: "reshape_fp32") { try reshape(&$0, isInt8: false) },
    OracleFamily(name: "pad_int8") { try pad(&$0, isInt8: true) },
    OracleFamily(name: "pad_fp32") { try pad(&$0, isInt8: false) },
    OracleFamily(name: "transpose_int8") { try transpose(&$0, isInt8: true) },
    OracleFamily(name: "transpose_fp32") { try transpose(&$0, isInt8: false) },
    OracleFamily(name: "mean_int8") { try mean(&$0, isInt8: true) },
    OracleFamily(name: "mean_fp32") { try mean(&$0, isInt8: false) },
  ]

  private static func finish(
    _ sketch: inout OracleSketch, _ kind: OperatorKind, _ attributes: Attributes?, shape: [Int],
    numbers: [Int], numbersShape: [Int], isInt8: Bool, rescales: Bool = false
  ) throws {
    let quantization = sketch.quantization(-6 ... -2)
    let constant = sketch.draft.add(.int32s(numbers.map { Int32($0) }, shape: numbersShape))
    let input = isInt8 ? sketch.int8Input(shape, quantization) : sketch.floatInput(shape)
    let output = rescales ? sketch.quantization(-7 ... -2) : quantization
    try sketch.finish(
      kind, attributes, inputs: [input, constant], type: isInt8 ? .int8 : .float32,
      isInt8 ? output : nil)
  }

  private static func reshape(_ sketch: inout OracleSketch, isInt8: Bool) throws {
    let shape = sketch.shape(rank: sketch.integer(1...4))
    let target = sketch.pick([[shape.reduce(1, *)], shape.reversed(), [1] + shape])
    try finish(
      &sketch, .reshape, .reshape(to: target), shape: shape, numbers: target,
      numbersShape: [target.count], isInt8: isInt8)
  }

  private static func pad(_ sketch: inout OracleSketch, isInt8: Bool) throws {
    let shape = sketch.shape(rank: sketch.integer(1...4), most: 500)
    var paddings = shape.flatMap { _ in [sketch.integer(0...2), sketch.integer(0...3)] }
    // Around an image, as models have it.
    if shape.count == 4, sketch.integer(0...1) == 0 {
      for place in [0, 1, 6, 7] { paddings[place] = 0 }
    }
    try finish(
      &sketch, .pad, nil, shape: shape, numbers: paddings, numbersShape: [shape.count, 2],
      isInt8: isInt8)
  }

  private static func transpose(_ sketch: inout OracleSketch, isInt8: Bool) throws {
    let shape = sketch.shape(rank: sketch.integer(1...5))
    let order = shape.indices.shuffled(using: &sketch.random)
    try finish(
      &sketch, .transpose, nil, shape: shape, numbers: order, numbersShape: [order.count],
      isInt8: isInt8)
  }

  private static func mean(_ sketch: inout OracleSketch, isInt8: Bool) throws {
    let shape = sketch.shape(rank: sketch.integer(2...4))
    var axes = Array(shape.indices.shuffled(using: &sketch.random).prefix(sketch.integer(1...2)))
    if shape.count == 4, sketch.integer(0...1) == 0 { axes = [1, 2] }
    // Counted from the end now and then; never all, as a scalar has no dimension to compare.
    if axes.count == shape.count { axes.removeLast() }
    axes = axes.map { sketch.integer(0...3) == 0 ? $0 - shape.count : $0 }
    let keeps = sketch.integer(0...1) == 0
    try finish(
      &sketch, .mean, .reducer(keepsDimensions: keeps), shape: shape, numbers: axes,
      numbersShape: [axes.count], isInt8: isInt8, rescales: isInt8)
  }
}
