import CKernelIntrinsics

/// The depthwise convolution of 3 x 3 taps (`arm_depthwise_conv_3x3_s8` of CMSIS-NN), row by row of
/// one channel: eight lines of the input lie
/// widened to 16 bits in scratch memory, neighbours in one word, so that SMLAD multiplies two taps of
/// a row and each word serves two results or more. Four channels are widened at a time.
///
/// Lines go along the axis that gives less work: results of a line are made by fours and by twos.
struct DepthwiseConv3x3 {
  /// An axis of the image.
  struct Axis {
    /// Of the input and of the output.
    var size: Int
    var results: Int
    var stride: Int
    var pad: Int
    /// Elements from one to the next of the input, of the output, and taps.
    var inputStep: Int
    var outputStep: Int
    var tapStep: Int

    /// Words of a line: two results may need four neighbours at stride 1, five at stride 2.
    var words: Int {
      let even = (results &+ 1) & ~1
      return (stride == 1 ? even / 2 : even) &+ 1
    }

    /// Instructions for a line of one channel, counted in `kernel_depthwise_conv_3x3`.
    var cost: Int {
      let rest = results & 3
      return results / 4 &* 62 &+ (rest &+ 1) / 2 &* 33 &+ 20 &+ words &* 5
    }
  }

  private static var constants: Int { 10 }
  /// Of the input, widened at once.
  private static var lines: Int { 8 }

  var shape: ConvolutionShape
  var filter: UnsafePointer<Int8>
  var bias: UnsafePointer<Int32>?
  var multipliers: UnsafePointer<Int32>
  var shifts: UnsafePointer<Int32>
  var inputOffset: Int32
  var range: OutputRange
  /// Constants of four channels, then lines.
  let words: UnsafeMutablePointer<UInt32>

  /// Whether there is a window and a stride for it along one axis.
  static func fits(_ shape: ConvolutionShape) -> Bool {
    shape.filterHeight == 3 && shape.filterWidth == 3 && shape.dilationHeight == 1
      && shape.dilationWidth == 1 && shape.outputDepth >= 4
      && (shape.strideWidth < 3 || shape.strideHeight < 3)
  }

  /// Bytes of scratch memory, for lines along either axis.
  static func scratchBytes(_ shape: ConvolutionShape) -> Int {
    guard fits(shape) else { return 0 }
    let words = max(horizontal(shape).words, vertical(shape).words)
    return (constants &+ words &* lines) &* 16
  }

  /// Whether two SMMLAR scale all channels; see `PackedWeights`.
  var isPlain: Bool {
    guard range.isWhole else { return false }
    for channel in 0..<(shape.outputDepth & ~3)
    where multipliers[channel] < 1 << 30 || shifts[channel] > -2 { return false }
    return true
  }

  private static func horizontal(_ shape: ConvolutionShape) -> Axis {
    Axis(
      size: shape.inputWidth, results: shape.outputWidth, stride: shape.strideWidth,
      pad: shape.padLeft, inputStep: shape.inputDepth, outputStep: shape.outputDepth, tapStep: 1)
  }

  private static func vertical(_ shape: ConvolutionShape) -> Axis {
    Axis(
      size: shape.inputHeight, results: shape.outputHeight, stride: shape.strideHeight,
      pad: shape.padTop, inputStep: shape.inputWidth &* shape.inputDepth,
      outputStep: shape.outputWidth &* shape.outputDepth, tapStep: shape.filterWidth)
  }

  /// Writes all channels but the last ones, fewer than four. Bounds: words of pixels hold channels
  /// c ... c + 3 with c + 3 < inputDepth.
  func write(
    _ input: UnsafePointer<Int8>, _ output: UnsafeMutablePointer<Int8>, batches: Int
  ) {
    let (horizontal, vertical) = (Self.horizontal(shape), Self.vertical(shape))
    let isVertical =
      horizontal.stride > 2
      || vertical.stride < 3
        && vertical.cost &* horizontal.results < horizontal.cost &* vertical.results
    let along = isVertical ? vertical : horizontal
    let across = isVertical ? horizontal : vertical
    let lines = WidenedLines(along, across, offsets: halves(inputOffset))
    let size = shape.outputHeight &* shape.outputWidth &* shape.outputDepth
    var operands = operands(along, across, output)
    var channel = 0
    while channel &+ 4 <= shape.outputDepth {
      setConstants(channel, along, across)
      for batch in 0..<batches {
        operands.output = output + (batch &* size &+ channel)
        writeLines(input + (batch &* shape.imageSize &+ channel), &operands, lines, along, across)
      }
      channel &+= 4
    }
  }

  @inline(__always)
  private func setConstants(_ first: Int, _ along: Axis, _ across: Axis) {
    var target = words
    for channel in first..<(first &+ 4) {
      target[0] = UInt32(bitPattern: bias?[channel] ?? 0)
      target[1] = UInt32(bitPattern: multipliers[channel]) &<< 1
      target[2] = UInt32(1) &<< UInt32(truncatingIfNeeded: 32 &+ shifts[channel])
      target += Self.constants
    }
    kernel_depthwise_3x3_weights(
      filter + first, Int32(truncatingIfNeeded: along.tapStep &* shape.outputDepth),
      Int32(truncatingIfNeeded: across.tapStep &* shape.outputDepth), words)
  }

  private func operands(
    _ along: Axis, _ across: Axis, _ output: UnsafeMutablePointer<Int8>
  ) -> kernel_depthwise_3x3 {
    let step = Int32(truncatingIfNeeded: along.outputStep)
    let resultBytes = Int32(truncatingIfNeeded: along.stride &* 64)
    let fours = Int32(truncatingIfNeeded: along.results & ~3)
    let rest = Int32(truncatingIfNeeded: (along.results & 3) &+ 1) & ~1
    return kernel_depthwise_3x3(
      words: UnsafePointer(words + Self.constants &* 4), constants: UnsafePointer(words),
      output: output, quads: fours &* resultBytes, pairs: rest &* resultBytes, step: step,
      last_step: along.results & 1 == 0 ? step : 0, offset: range.offset, rows: 0,
      row_step: Int32(truncatingIfNeeded: across.outputStep),
      row_words: Int32(truncatingIfNeeded: across.stride &* 16))
  }

  @inline(__always)
  private func writeLines(
    _ image: UnsafePointer<Int8>, _ operands: inout kernel_depthwise_3x3, _ lines: WidenedLines,
    _ along: Axis, _ across: Axis
  ) {
    let target = words + Self.constants &* 4
    let isRectified = range.min >= range.offset
    let most = (Self.lines &- 3) / across.stride &+ 1
    var row = 0
    while row < across.results {
      let rows = across.results &- row < most ? across.results &- row : most
      lines.fill(
        image, from: row &* across.stride &- across.pad, (rows &- 1) &* across.stride &+ 3, target)
      operands.rows = Int32(truncatingIfNeeded: rows)
      kernel_depthwise_conv_3x3(&operands, Int32(truncatingIfNeeded: along.stride), isRectified)
      operands.output += rows &* across.outputStep
      row &+= rows
    }
  }
}

/// How lines of four channels are widened, those outside of the image as zeros.
private struct WidenedLines {
  private var lines: kernel_lines
  /// Words of a line.
  private var words: Int32
  /// Elements of the input from the start of a line to its first pixel, from line to line, and lines.
  private var start: Int
  private var lineStep: Int
  private var size: Int

  init(_ along: DepthwiseConv3x3.Axis, _ across: DepthwiseConv3x3.Axis, offsets: UInt32) {
    let words = along.words
    // Positions of the line that are pixels; if there are none, all are zeros.
    let begin = min(max(along.pad, 0), 2 &* words)
    let end = max(min(along.pad &+ along.size, 2 &* words), begin)
    let hasFirst = begin & 1 == 1 && begin < end
    let inner = begin == end ? words : (begin &+ 1) / 2
    let innerEnd = begin == end ? words : end / 2
    let hasLast = end & 1 == 1 && begin < end && innerEnd >= inner
    self.words = Int32(truncatingIfNeeded: words)
    start = (begin &- along.pad) &* along.inputStep
    lineStep = across.inputStep
    size = across.size
    lines = kernel_lines(
      zeros_before: Int32(truncatingIfNeeded: inner &- (hasFirst ? 1 : 0)), has_first: hasFirst,
      pairs: Int32(truncatingIfNeeded: innerEnd &- inner), has_last: hasLast,
      zeros_behind: Int32(truncatingIfNeeded: words &- innerEnd &- (hasLast ? 1 : 0)),
      step: Int32(truncatingIfNeeded: along.inputStep),
      line_step: Int32(truncatingIfNeeded: across.inputStep), offsets: offsets)
  }

  /// `count` lines from line `first` on. Bounds: pixels are those of positions begin ..< end, which
  /// are in the image, of lines in 0 ..< size.
  @inline(__always)
  func fill(
    _ image: UnsafePointer<Int8>, from first: Int, _ count: Int,
    _ target: UnsafeMutablePointer<UInt32>
  ) {
    let inside = min(max(0 &- first, 0), count)
    let end = max(min(size &- first, count), inside)
    for line in 0..<inside { _ = kernel_clear_words(target + line &* 4, words) }
    if inside < end {
      withUnsafePointer(to: lines) {
        kernel_widen_lines(
          $0, image + (start &+ (first &+ inside) &* lineStep),
          Int32(truncatingIfNeeded: end &- inside), target + inside &* 4)
      }
    }
    for line in end..<count { _ = kernel_clear_words(target + line &* 4, words) }
  }
}
