/// Why a plan is not run.
public enum PlanRefusal: Error, Sendable, Equatable {
  /// It does not stand at a multiple of 16.
  case misaligned
  /// It does not begin as a plan does.
  case notAPlan
  /// Of another version of the format.
  case version
  /// Written where the kernels' parameters have another form.
  case layout
  /// Shorter than it says, or than its parts.
  case size
  /// Changed since it was written.
  case checksum
  /// A word of the header is out of range.
  case header
  /// An operator has a kernel, layout or operand that cannot be.
  case damagedOperator(index: Int)
  /// An input or output is out of range.
  case damagedPort(index: Int)
  /// The arena is smaller than `ModelPlan.arenaBytes`, or misaligned.
  case arena

  /// For a log.
  public var word: StaticString {
    switch self {
    case .misaligned: "misaligned"
    case .notAPlan: "not-a-plan"
    case .version: "version"
    case .layout: "layout"
    case .size: "size"
    case .checksum: "checksum"
    case .header: "header"
    case .damagedOperator: "operator"
    case .damagedPort: "port"
    case .arena: "arena"
    }
  }
}
