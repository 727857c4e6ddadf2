import Kernels

/// An operator of an MLPerf Tiny model, by the model's name ("sww" is the streaming wake word) and
/// the operator's index in it.
struct Shape {
  enum Kind { case convolution, depthwise, fullyConnected }

  var name: StaticString
  var kind: Kind
  /// [height, width, channels] of the input; of a matrix product (1, 1, elements).
  var input: (height: Int32, width: Int32, depth: Int32)
  /// [height, width] of the window.
  var window: (height: Int32, width: Int32) = (1, 1)
  var outputs: Int32
  var stride: Int32 = 1
  var isPadded = true

  static let all = [
    Shape(name: "ic0", kind: .convolution, input: (32, 32, 3), window: (3, 3), outputs: 16),
    Shape(name: "ic1", kind: .convolution, input: (32, 32, 16), window: (3, 3), outputs: 16),
    Shape(name: "ic9", kind: .convolution, input: (8, 8, 64), window: (3, 3), outputs: 64),
    Shape(
      name: "kws0", kind: .convolution, input: (49, 10, 1), window: (10, 4), outputs: 64,
      stride: 2),
    Shape(name: "kws1", kind: .depthwise, input: (25, 5, 64), window: (3, 3), outputs: 64),
    Shape(name: "kws2", kind: .convolution, input: (25, 5, 64), outputs: 64),
    Shape(name: "vww1", kind: .depthwise, input: (48, 48, 8), window: (3, 3), outputs: 8),
    Shape(name: "vww4", kind: .convolution, input: (24, 24, 16), outputs: 32),
    Shape(name: "ad0", kind: .fullyConnected, input: (1, 1, 640), outputs: 128),
    Shape(name: "ad1", kind: .fullyConnected, input: (1, 1, 128), outputs: 128),
    Shape(
      name: "sww6", kind: .depthwise, input: (15, 1, 128), window: (15, 1), outputs: 128,
      isPadded: false),
  ]

  /// With TensorFlow Lite's padding SAME or VALID, an int8 input of zero point -128.
  var convolution: ConvolutionParameters {
    var p = ConvolutionParameters()
    (p.inputHeight, p.inputWidth, p.inputDepth) = input
    (p.filterHeight, p.filterWidth) = window
    p.filterDepth = kind == .depthwise ? outputs / input.depth : input.depth
    (p.strideHeight, p.strideWidth) = (stride, stride)
    (p.outputHeight, p.padTop) = place(window.height, on: input.height)
    (p.outputWidth, p.padLeft) = place(window.width, on: input.width)
    p.outputDepth = outputs
    (p.inputOffset, p.outputOffset) = (128, -128)
    return p
  }

  var fullyConnected: FullyConnectedParameters {
    var p = FullyConnectedParameters()
    (p.inputCount, p.outputCount) = (input.depth, outputs)
    (p.inputOffset, p.outputOffset) = (128, -128)
    (p.multiplier, p.shift) = (1_300_000_000, -9)
    return p
  }

  /// Every tap of every window, in the padding too.
  var macs: Int32 {
    let p = convolution
    let taps = p.filterHeight * p.filterWidth * (kind == .depthwise ? 1 : p.filterDepth)
    return p.outputHeight * p.outputWidth * p.outputDepth * taps
  }

  private func place(_ window: Int32, on size: Int32) -> (outputs: Int32, padding: Int32) {
    guard isPadded else { return ((size - window) / stride + 1, 0) }
    let outputs = (size + stride - 1) / stride
    return (outputs, max(0, (outputs - 1) * stride + window - size) / 2)
  }
}
