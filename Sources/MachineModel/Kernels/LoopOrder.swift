/// How a kernel goes through its weights. Functions and files: docs/machine-model.md.
public enum LoopOrder: Sendable, Equatable {
  /// One row of weights per output, each row once per vector (TFLite reference, fp32).
  case rows
  /// Two rows at a time, 4 bytes of each in turn, each pair once (CMSIS-NN int8 matrix by vector).
  case rowPairs
  /// All weights per output pixel; taps that fall into the padding are skipped (TFLite reference, fp32).
  case everyPixel
  /// All weights per two output pixels, two rows at a time; row by row for a last odd pixel (CMSIS-NN
  /// int8 with im2col).
  case everyTwoPixels
  /// A pair of rows for all pixels, then the next pair (CMSIS-NN int8 1x1): all pixels of the whole image
  /// at stride 1, of one row of the output at a time otherwise.
  case pairStationary(wholeImage: Bool)
  /// Per output pixel and channel, one weight of each tap; taps that fall into the padding are skipped
  /// (depthwise, TFLite reference, fp32).
  case depthwise
  /// Per output pixel, four channels of each tap in turn, those left over one by one (CMSIS-NN int8
  /// depthwise with one output per input channel).
  case depthwiseQuads
}
