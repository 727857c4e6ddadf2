/// How numbers in a file become samples of a model.
public struct SampleOptions: Sendable, Equatable {
  /// Order of the dimensions of images.
  public enum Layout: Sendable {
    /// Height, width, channels, as the model has them.
    case nhwc
    /// Channels first, as PyTorch and ONNX have them: samples are turned around.
    case nchw
  }

  /// Order of the dimensions in the file.
  public var layout: Layout
  /// What a file without a header holds.
  public var rawFormat: NumberFormat
  /// What is taken off each number, before `factor`.
  public var offset: Float
  /// What each number is multiplied with; 1 / 255 makes 0 to 1 of pixels. Nothing is scaled unasked.
  public var factor: Float

  /// Names the options. By default numbers are taken as they are.
  public init(
    layout: Layout = .nhwc, rawFormat: NumberFormat = .float32, offset: Float = 0, factor: Float = 1
  ) {
    self.layout = layout
    self.rawFormat = rawFormat
    self.offset = offset
    self.factor = factor
  }
}
