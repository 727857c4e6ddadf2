import Core

/// The sizes of a convolution as machine words, with what follows from them.
struct ConvolutionShape {
  var inputHeight: Int
  var inputWidth: Int
  var inputDepth: Int
  var outputHeight: Int
  var outputWidth: Int
  var outputDepth: Int
  var filterHeight: Int
  var filterWidth: Int
  var filterDepth: Int
  var strideHeight: Int
  var strideWidth: Int
  var dilationHeight: Int
  var dilationWidth: Int
  var padTop: Int
  var padLeft: Int

  @inline(__always)
  init(_ p: ConvolutionParameters) {
    inputHeight = Int(p.inputHeight)
    inputWidth = Int(p.inputWidth)
    inputDepth = Int(p.inputDepth)
    outputHeight = Int(p.outputHeight)
    outputWidth = Int(p.outputWidth)
    outputDepth = Int(p.outputDepth)
    filterHeight = Int(p.filterHeight)
    filterWidth = Int(p.filterWidth)
    filterDepth = Int(p.filterDepth)
    strideHeight = Int(p.strideHeight)
    strideWidth = Int(p.strideWidth)
    dilationHeight = Int(p.dilationHeight)
    dilationWidth = Int(p.dilationWidth)
    padTop = Int(p.padTop)
    padLeft = Int(p.padLeft)
  }

  /// Elements of one image of the input. No overflow, here and below: it fits in memory.
  @inline(__always)
  var imageSize: Int { inputHeight &* inputWidth &* inputDepth }

  /// Elements of one filter.
  @inline(__always)
  var filterSize: Int { filterHeight &* filterWidth &* filterDepth }

  /// Outputs that share the input channels of a group; at least 1 also for a malformed grouping.
  @inline(__always)
  var filtersPerGroup: Int {
    if filterDepth == inputDepth { return outputDepth }
    let groups = inputDepth / filterDepth
    return groups > 0 && outputDepth >= groups ? outputDepth / groups : 1
  }

  /// Where output pixels are input pixels, one for one (a window of one tap, no stride or padding),
  /// the first of those: 0 for all rows, or of one image the first of some of its rows.
  @inline(__always)
  func pointwiseStart(batches: Int32) -> Int? {
    guard filterHeight == 1, filterWidth == 1, strideHeight == 1, strideWidth == 1, padLeft == 0,
      inputWidth == outputWidth, padTop <= 0
    else { return nil }
    let isWhole = padTop == 0 && inputHeight == outputHeight
    guard isWhole || (batches == 1 && outputHeight &- padTop <= inputHeight) else { return nil }
    return (0 &- padTop) &* inputWidth &* inputDepth
  }

  /// Where the first window begins, if it is one run of elements of the input, as its weights are.
  var onlyRun: Int? {
    let (y, x) = (0 &- padTop, 0 &- padLeft)
    let isInside =
      y >= 0 && x >= 0 && y &+ filterHeight <= inputHeight && x &+ filterWidth <= inputWidth
    let isDense = dilationHeight == 1 && dilationWidth == 1 && filterDepth == inputDepth
    guard isInside, isDense, filterHeight == 1 || filterWidth == inputWidth else { return nil }
    return (y &* inputWidth &+ x) &* inputDepth
  }

  /// Of a window of three rows of neighbouring elements, one more than whole groups of four, how many
  /// groups a row has; 0 of any other. Panels take the groups of the three rows, then the last
  /// element of each as one group more, so that inputs are widened where they lie.
  var foldedGroups: Int {
    let size = filterWidth &* filterDepth
    let isFolded =
      filterHeight == 3 && size & 3 == 1 && dilationWidth == 1 && filterDepth == inputDepth
    return isFolded ? size &>> 2 : 0
  }

  /// Where the window of output row `y` begins, and which of its rows lie inside.
  @inline(__always)
  func rows(_ y: Int) -> (origin: Int, taps: TapRange) {
    let origin = y &* strideHeight &- padTop
    return (
      origin,
      TapRange(origin: origin, dilation: dilationHeight, taps: filterHeight, size: inputHeight)
    )
  }

  /// Where the window of output column `x` begins, and which of its columns lie inside.
  @inline(__always)
  func columns(_ x: Int) -> (origin: Int, taps: TapRange) {
    let origin = x &* strideWidth &- padLeft
    return (
      origin,
      TapRange(origin: origin, dilation: dilationWidth, taps: filterWidth, size: inputWidth)
    )
  }

  /// Output columns of 0 ..< `width` whose windows lie inside the image with all their columns.
  @inline(__always)
  func innerColumns(_ width: Int) -> (first: Int, end: Int) {
    let first = (padLeft &+ strideWidth &- 1) / strideWidth
    let room = inputWidth &+ padLeft &- (filterWidth &- 1) &* dilationWidth &- 1
    let end = room < 0 ? 0 : room / strideWidth &+ 1
    return (first, end < width ? end : width)
  }
}
