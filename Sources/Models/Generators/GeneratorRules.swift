import Support

/// What generators demand of their options.
enum GeneratorRules {
  /// 1 GiB of float32: beyond any microcontroller, and short of filling the machine.
  static let mostWeights = 1 << 28

  static func range(
    _ name: String, _ value: Int, _ allowed: ClosedRange<Int>
  ) throws(Diagnostic) {
    guard !allowed.contains(value) else { return }
    throw Diagnostic(
      "option-range",
      "\(name) is \(value); it must be \(allowed.lowerBound) to \(allowed.upperBound)",
      remedy: "Give another number for --\(name).")
  }

  static func stacking(_ message: String, _ remedy: String) -> Diagnostic {
    Diagnostic(
      "stacking", message + "; each operator's output must have its input's shape", remedy: remedy)
  }

  static func weights(_ layers: Int, _ each: Int) throws(Diagnostic) {
    guard let all = CheckedArithmetic.product([layers, each]), all <= mostWeights else {
      throw Diagnostic(
        "option-range",
        "the model would have \(layers) x \(each) weights; \(mostWeights) are allowed",
        remedy: "Use fewer layers or smaller ones.")
    }
  }
}
