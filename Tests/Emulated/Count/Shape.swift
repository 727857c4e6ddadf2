import Kernels

/// An operator of an MLPerf Tiny model, by the model's name ("sww" is the streaming wake word) and
/// the operator's index in it, RESHAPE not counted.
struct Shape {
  enum Kind { case convolution, depthwise, fullyConnected, add, averagePool, softmax }

  var name: StaticString
  /// How often the model has this shape.
  var uses: Int32 = 1
  var kind: Kind
  /// [height, width, channels] of the input; of a matrix product or a row (1, 1, elements).
  var input: (height: Int32, width: Int32, depth: Int32)
  /// [height, width] of the window.
  var window: (height: Int32, width: Int32) = (1, 1)
  var outputs: Int32 = 1
  var stride: Int32 = 1
  var isPadded = true

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

  /// Over the whole image.
  var pooling: PoolingParameters {
    var p = PoolingParameters()
    (p.inputHeight, p.inputWidth, p.depth) = input
    (p.filterHeight, p.filterWidth) = (input.height, input.width)
    return p
  }

  /// Elements of the input.
  var elements: Int32 { input.height * input.width * input.depth }

  /// Every tap of every window, in the padding too; 0 of operators that are no products.
  var macs: Int32 {
    switch kind {
    case .add, .averagePool, .softmax: return 0
    case .convolution, .depthwise, .fullyConnected: break
    }
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
