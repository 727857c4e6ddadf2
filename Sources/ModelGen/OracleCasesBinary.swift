import Models

/// Operators of two inputs, one of them often smaller.
enum OracleBinary {
  static let families: [OracleFamily] = [
    family("add", .add), family("sub", .sub), family("mul", .mul),
    extremum("minimum", .minimum), extremum("maximum", .maximum),
  ].flatMap { $0 }

  private static func family(_ name: String, _ kind: OperatorKind) -> [OracleFamily] {
    [
      OracleFamily(name: name + "_int8") { sketch in
        let (left, right) = shapes(&sketch)
        let inputs = [
          sketch.int8Input(left, sketch.quantization()),
          sketch.int8Input(right, sketch.quantization()),
        ]
        let activation = sketch.activation()
        try sketch.finish(
          kind, .activation(activation), inputs: inputs, type: .int8,
          sketch.quantization(-8...0))
      },
      OracleFamily(name: name + "_fp32") { sketch in
        let (left, right) = shapes(&sketch)
        let inputs = [sketch.floatInput(left), sketch.floatInput(right)]
        let activation = sketch.activation()
        try sketch.finish(kind, .activation(activation), inputs: inputs, type: .float32)
      },
    ]
  }

  private static func extremum(_ name: String, _ kind: OperatorKind) -> [OracleFamily] {
    [
      OracleFamily(name: name + "_int8") { sketch in
        let (left, right) = shapes(&sketch)
        let quantization = sketch.quantization()
        let inputs = [
          sketch.int8Input(left, quantization), sketch.int8Input(right, quantization),
        ]
        try sketch.finish(kind, inputs: inputs, type: .int8, quantization)
      },
      OracleFamily(name: name + "_fp32") { sketch in
        let (left, right) = shapes(&sketch)
        let inputs = [sketch.floatInput(left), sketch.floatInput(right)]
        try sketch.finish(kind, inputs: inputs, type: .float32)
      },
    ]
  }

  /// Equal shapes, or sizes replaced by 1 on either side and leading ones left out.
  private static func shapes(_ sketch: inout OracleSketch) -> ([Int], [Int]) {
    let shape = sketch.shape(rank: sketch.integer(1...4))
    if sketch.integer(0...3) == 0 { return (shape, shape) }
    var (left, right) = (shape, shape)
    for place in shape.indices {
      switch sketch.integer(0...3) {
      case 0: left[place] = 1
      case 1: right[place] = 1
      default: break
      }
    }
    while right.count > 1, right[0] == 1, sketch.integer(0...1) == 0 { right.removeFirst() }
    return sketch.integer(0...1) == 0 ? (left, right) : (right, left)
  }
}
