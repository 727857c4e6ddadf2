import Kernels

/// The part of an operator that a core computes.
enum Share {
  case whole
  case first
  case second

  /// The part of `count` units: the first half is the larger one.
  @inline(__always)
  func range(_ count: Int32) -> (start: Int32, end: Int32) {
    let half = (count &+ 1) &>> 1
    switch self {
    case .whole: return (0, count)
    case .first: return (0, half)
    case .second: return (half, count)
    }
  }
}

/// Part of a convolution as a convolution of its own: images, or rows of the output of one image.
///
/// Its input begins at the first row under a window, so that one without padding has none either, and
/// kernels that tell those apart do the same for a part as for the whole.
struct ConvolutionPart {
  var parameters: ConvolutionParameters
  /// Elements before it.
  var inputOffset: Int
  var outputOffset: Int

  init(_ whole: ConvolutionParameters, _ share: Share) {
    parameters = whole
    inputOffset = 0
    outputOffset = 0
    if share == .whole { return }
    let outputRow = Int(whole.outputWidth) &* Int(whole.outputDepth)
    let inputRow = Int(whole.inputWidth) &* Int(whole.inputDepth)
    if whole.batches > 1 {
      let images = share.range(whole.batches)
      parameters.batches = images.end &- images.start
      inputOffset = Int(images.start) &* Int(whole.inputHeight) &* inputRow
      outputOffset = Int(images.start) &* Int(whole.outputHeight) &* outputRow
      return
    }
    let rows = share.range(whole.outputHeight)
    // In rows of the input: where the first window begins, and the last ends. Bounds: both are held
    // inside the image, so the part's image is a part of the whole's.
    let begin = rows.start &* whole.strideHeight &- whole.padTop
    let end =
      (rows.end &- 1) &* whole.strideHeight &- whole.padTop
      &+ (whole.filterHeight &- 1) &* whole.dilationHeight &+ 1
    let first = min(max(begin, 0), whole.inputHeight)
    let last = min(max(end, first), whole.inputHeight)
    parameters.outputHeight = rows.end &- rows.start
    parameters.inputHeight = last &- first
    parameters.padTop = first &- begin
    inputOffset = Int(first) &* inputRow
    outputOffset = Int(rows.start) &* outputRow
  }

  /// Whether there is something for two.
  static func isShared(_ whole: ConvolutionParameters) -> Bool {
    whole.batches > 1 || whole.outputHeight > 1
  }
}

/// Part of a matrix product: vectors, or rows of weights in groups of four, as kernels take them.
struct FullyConnectedPart {
  var parameters: FullyConnectedParameters
  /// Elements before it.
  var inputOffset: Int
  var outputOffset: Int
  /// Rows of weights before it.
  var row: Int

  init(_ whole: FullyConnectedParameters, _ share: Share) {
    parameters = whole
    (inputOffset, outputOffset, row) = (0, 0, 0)
    if share == .whole { return }
    if whole.batches > 1 {
      let vectors = share.range(whole.batches)
      parameters.batches = vectors.end &- vectors.start
      inputOffset = Int(vectors.start) &* Int(whole.inputCount)
      outputOffset = Int(vectors.start) &* Int(whole.outputCount)
      return
    }
    let groups = share.range((whole.outputCount &+ 3) &>> 2)
    let start = groups.start &* 4
    parameters.outputCount = min(groups.end &* 4, whole.outputCount) &- start
    row = Int(start)
    outputOffset = row
  }

  /// Whether there is something for two.
  static func isShared(_ whole: FullyConnectedParameters) -> Bool {
    whole.batches > 1 || whole.outputCount > 4
  }
}

extension PlanOperator {
  /// Whether two cores compute it together.
  var isShared: Bool {
    switch kernel {
    case .fullyConnectedInt8, .fullyConnectedPerChannelInt8, .fullyConnectedFloat:
      FullyConnectedPart.isShared(parameters(FullyConnectedParameters.self))
    case .convolutionInt8, .convolutionFloat, .depthwiseConvolutionInt8,
      .depthwiseConvolutionFloat:
      ConvolutionPart.isShared(parameters(ConvolutionParameters.self))
    default: false
    }
  }
}
