import Engine

/// What the input holds where no samples are linked in.
enum InputPattern {
  /// Element i is i, as far as a byte goes.
  case ramp
  /// Every element is 1.0.
  case ones

  /// That of a plan's first input.
  init(_ plan: ModelPlan) {
    // 0 is float32 in the TFLite schema.
    self = plan.inputCount > 0 && plan.input(0).elementType == 0 ? .ones : .ramp
  }

  /// The word in the log.
  var word: StaticString {
    switch self {
    case .ramp: "ramp"
    case .ones: "ones"
    }
  }

  /// Writes it.
  func fill(_ memory: UnsafeMutableRawBufferPointer) {
    switch self {
    case .ramp: for i in memory.indices { memory[i] = UInt8(truncatingIfNeeded: i) }
    case .ones:
      let words = memory.bindMemory(to: Float.self)
      for i in words.indices { words[i] = 1 }
    }
  }
}
