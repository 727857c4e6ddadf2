/// What one operator costs in one inference, as far as the graph tells.
public struct GraphCost: Sendable, Equatable {
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
  /// Bytes of the weights as stored, biases not counted; 0 where they are computed.
  public var weightBytes: UInt64
  /// Bytes of biases and other constants.
  public var constantBytes: UInt64
  /// Multiply-accumulate operations, padding counted as data: elements of the output x elements of
  /// the weights that each of them needs.
  public var macs: UInt64
  /// Bytes of the inputs that are no constants, each tensor once.
  public var activationBytesIn: UInt64
  /// Bytes of the outputs, each tensor once.
  public var activationBytesOut: UInt64
  /// Why `macs` is 0 although the operator multiplies, or may; nil where `macs` holds.
  public var uncounted: String?
}
