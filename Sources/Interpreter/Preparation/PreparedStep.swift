/// An operator that is ready to run: parameters and operands, all checked, in plain values that a
/// generator of firmware can read.
public protocol PreparedStep: Sendable {
  /// Bytes that `StepMemory.scratch` must have.
  var scratchBytes: Int { get }
  /// Computes the outputs from the inputs.
  func run(_ memory: StepMemory)
}

extension PreparedStep {
  /// None, as most need.
  public var scratchBytes: Int { 0 }
}
