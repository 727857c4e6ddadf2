/// What one operator of a model needs in one inference, whatever runs it.
public struct OperatorCost: Sendable, Hashable {
  /// Position in the graph, from 0.
  public var index: Int
  /// TFLite name, as in `CONV_2D`.
  public var kind: String
  /// Shape of the data input, [N, H, W, C] for images; empty where there is none.
  public var input: [Int]
  /// Shape of the first output; empty where there is none.
  public var output: [Int]
  /// Shape of the weights as TFLite stores them: [out, H, W, in] of CONV_2D, [1, H, W, out] of
  /// DEPTHWISE_CONV_2D, [out, in] of FULLY_CONNECTED; empty where there are none.
  public var weights: [Int]
  /// `same` or `valid`; nil where there is none.
  public var padding: String?
  /// Height and width; empty where there is none.
  public var stride: [Int]
  /// Whether the taps of its filter lie apart.
  public var isDilated: Bool
  /// Bytes of the weights as stored, biases not counted; 0 where they are computed.
  public var weightBytes: UInt64
  /// Bytes of biases and other constants.
  public var constantBytes: UInt64
  /// Multiply-accumulate operations, padding counted as data: elements of the output x elements of
  /// the weights that each of them needs.
  public var macs: UInt64

  /// An operator from its parts.
  public init(
    index: Int, kind: String, input: [Int], output: [Int], weights: [Int], padding: String?,
    stride: [Int], isDilated: Bool = false, weightBytes: UInt64, constantBytes: UInt64, macs: UInt64
  ) {
    self.index = index
    self.kind = kind
    self.input = input
    self.output = output
    self.weights = weights
    self.padding = padding
    self.stride = stride
    self.isDilated = isDilated
    self.weightBytes = weightBytes
    self.constantBytes = constantBytes
    self.macs = macs
  }
}

/// The cost of an operator, with what its graph alone tells.
@dynamicMemberLookup
public struct GraphCost: Sendable, Equatable {
  /// What any operator of its shapes needs.
  public var cost: OperatorCost
  /// Bytes of the inputs that are no constants, each tensor once.
  public var activationBytesIn: UInt64
  /// Bytes of the outputs, each tensor once.
  public var activationBytesOut: UInt64
  /// Why `macs` is 0 although the operator multiplies, or may; nil where `macs` holds.
  public var uncounted: String?

  /// The fields of the cost.
  public subscript<Value>(dynamicMember field: KeyPath<OperatorCost, Value>) -> Value {
    cost[keyPath: field]
  }
}
