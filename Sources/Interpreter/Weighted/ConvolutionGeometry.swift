import Kernels
import Models
import Support

extension Preparation {
  /// Sizes, strides and padding of CONV_2D or DEPTHWISE_CONV_2D; throws where the shapes do not fit.
  ///
  /// What the kernels rely on holds afterwards: all sizes are 1 or more, the output's shape follows
  /// from the input's, and no position inside a padded image exceeds 2^30.
  func convolutionParameters(_ window: Window) throws(Diagnostic) -> ConvolutionParameters {
    try expectInferredShape()
    let input = try inputTensor(0).shape
    let weights = try inputTensor(1).shape
    let output = try outputTensor().shape
    // Each has four sizes, as the output's shape was inferred.
    guard input.count == 4, weights.count == 4, output.count == 4 else {
      throw refusal(
        "shape-mismatch", "images and weights must have four dimensions",
        remedy: "Convert the model again.")
    }
    try expectElements(channels: output[3])
    var p = ConvolutionParameters()
    p.batches = try size(input[0])
    p.inputHeight = try size(input[1])
    p.inputWidth = try size(input[2])
    p.inputDepth = try size(input[3])
    p.outputHeight = try size(output[1])
    p.outputWidth = try size(output[2])
    p.outputDepth = try size(output[3])
    p.filterHeight = try size(weights[1])
    p.filterWidth = try size(weights[2])
    p.strideHeight = try size(window.stride.height)
    p.strideWidth = try size(window.stride.width)
    p.dilationHeight = try size(window.dilation.height)
    p.dilationWidth = try size(window.dilation.width)
    (p.padTop, p.padLeft) = try padding(
      window, Extent(height: weights[1], width: weights[2]), input, output,
      large: "Strides and dilations")
    return p
  }

  /// Rows and columns of padding before an image. Bounds every position that a kernel computes;
  /// `large` is what leads too far.
  func padding(
    _ window: Window, _ size: Extent, _ input: [Int], _ output: [Int], large: String
  ) throws(Diagnostic) -> (top: Int32, left: Int32) {
    guard let axes = window.axes(over: input, size: size) else { throw shapeRefusal() }
    let spans = [axes.height.span(output[1]), axes.width.span(output[2])]
    for span in spans where span >= 1 << 30 {
      throw refusal(
        "window", "the windows reach over \(span) elements; 2^30 is the most that is run",
        remedy: "\(large) this large are no model's: convert it again.")
    }
    return (
      Int32(axes.height.padding(for: output[1]).before),
      Int32(axes.width.padding(for: output[2]).before)
    )
  }

  /// A size as the kernels take it.
  func size(_ value: Int) throws(Diagnostic) -> Int32 {
    guard value > 0, let result = Int32(exactly: value) else {
      throw refusal(
        "shape-mismatch", "a size is \(value); it must be 1 to \(Int32.max)",
        remedy: "Convert the model with fixed input shapes.")
    }
    return result
  }
}
