// int8 and fp32 operators with the bits of TFLM, a folder for each kind, under the names of
// CMSIS-NN where it has one. Compiled for the chip, too; allocates nothing. Knows nothing of
// graphs.

/// Sizes and offsets of a convolution over images [N, H, W, C], depthwise or not.
///
/// Plain numbers, so that a plan in flash can hold it.
public struct ConvolutionParameters: Sendable {
  /// Images at once, N.
  public var batches: Int32 = 1
  /// Of the input.
  public var inputHeight: Int32 = 1
  /// Of the input.
  public var inputWidth: Int32 = 1
  /// Channels of the input.
  public var inputDepth: Int32 = 1
  /// Of the output.
  public var outputHeight: Int32 = 1
  /// Of the output.
  public var outputWidth: Int32 = 1
  /// Channels of the output.
  public var outputDepth: Int32 = 1
  /// Of the window.
  public var filterHeight: Int32 = 1
  /// Of the window.
  public var filterWidth: Int32 = 1
  /// Channels of the weights: less than those of the input in a grouped convolution; of a depthwise
  /// one the outputs per input channel (its multiplier).
  public var filterDepth: Int32 = 1
  /// Distance of neighbouring positions.
  public var strideHeight: Int32 = 1
  /// Distance of neighbouring positions.
  public var strideWidth: Int32 = 1
  /// Distance of neighbouring taps.
  public var dilationHeight: Int32 = 1
  /// Distance of neighbouring taps.
  public var dilationWidth: Int32 = 1
  /// Rows of padding above.
  public var padTop: Int32 = 0
  /// Columns of padding on the left.
  public var padLeft: Int32 = 0
  /// int8: what is added to each input, minus its zero point.
  public var inputOffset: Int32 = 0
  /// int8: what is added to each result, its zero point.
  public var outputOffset: Int32 = 0
  /// int8: least result, by the fused activation.
  public var activationMin: Int32 = -128
  /// int8: largest result.
  public var activationMax: Int32 = 127
  /// fp32: least result, by the fused activation.
  public var floatMin: Float = -.greatestFiniteMagnitude
  /// fp32: largest result.
  public var floatMax: Float = .greatestFiniteMagnitude

  /// One tap on one element.
  public init() {}
}

/// Sizes and offsets of a matrix times vectors.
public struct FullyConnectedParameters: Sendable {
  /// Vectors at once.
  public var batches: Int32 = 1
  /// Elements of a vector.
  public var inputCount: Int32 = 1
  /// Rows of the matrix.
  public var outputCount: Int32 = 1
  /// int8: what is added to each input, minus its zero point.
  public var inputOffset: Int32 = 0
  /// int8: what is added to each result, its zero point.
  public var outputOffset: Int32 = 0
  /// int8: scale of the result as a fraction of 2^31.
  public var multiplier: Int32 = 0
  /// int8: power of two of that scale; positive shifts left.
  public var shift: Int32 = 0
  /// int8: least result, by the fused activation.
  public var activationMin: Int32 = -128
  /// int8: largest result.
  public var activationMax: Int32 = 127
  /// fp32: least result, by the fused activation.
  public var floatMin: Float = -.greatestFiniteMagnitude
  /// fp32: largest result.
  public var floatMax: Float = .greatestFiniteMagnitude

  /// One weight.
  public init() {}
}
