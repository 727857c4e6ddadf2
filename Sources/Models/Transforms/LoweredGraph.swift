import Support

/// A graph as TensorFlow's converter would write it, and what was done to the draft for it.
public struct LoweredGraph: Sendable {
  /// What one pass changed, all rounds together.
  public struct PassCount: Sendable, Equatable {
    /// Name of the pass, as in `TransposeFolding`.
    public var pass: String
    /// Operators, and for some passes tensors, that it changed.
    public var changes: Int
  }

  /// The graph; its remarks are `remarks`.
  public let graph: Graph
  /// What the user should know: layouts that changed, TRANSPOSE and PAD operators that stay.
  public let remarks: [Diagnostic]
  /// Passes that changed something, in the order in which they run.
  public let changes: [PassCount]
  /// Inputs and outputs that are [N, H, W, C] now and were not; samples must be reordered likewise.
  public let layouts: [TransposeFolding.LayoutChange]
}
