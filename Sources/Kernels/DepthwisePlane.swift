import CKernelIntrinsics

/// The depthwise convolution of 3 x 3 taps, row by row of one channel: eight lines of the input lie
/// widened to 16 bits in scratch memory, neighbours in one word, so that SMLAD multiplies two taps of
/// a row and each word serves two results or more. Four channels are widened at a time.
///
/// Lines go along the axis that gives less work: results of a line are made by fours and by twos.
struct DepthwisePlane {
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

    /// Instructions for a line of one channel, counted in `kernel_multiply_plane`.
    var cost: Int {
      let rest = results & 3
      return results / 4 &* 62 &+ (rest &+ 1) / 2 &* 33 &+ 20 &+ words &* 5
    }
  }

  private static var constants: Int { 10 }
  /// Of a plane.
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

  /// Whether two SMMLAR scale all channels; see `PanelRows`.
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
    var channel = 0
    while channel &+ 4 <= shape.outputDepth {
      setConstants(channel, along, across)
      for batch in 0..<batches {
        let size = shape.outputHeight &* shape.outputWidth &* shape.outputDepth
        writeLines(
          input + (batch &* shape.imageSize &+ channel), output + (batch &* size &+ channel), along,
          across)
      }
      channel &+= 4
    }
  }

  private func setConstants(_ first: Int, _ along: Axis, _ across: Axis) {
    var target = words
    for channel in first..<(first &+ 4) {
      target[0] = UInt32(bitPattern: bias?[channel] ?? 0)
      target[1] = UInt32(bitPattern: multipliers[channel]) &<< 1
      target[2] = UInt32(1) &<< UInt32(truncatingIfNeeded: 32 &+ shifts[channel])
      target[3] = 0
      for line in 0..<3 {
        let taps = filter + (line &* across.tapStep &* shape.outputDepth &+ channel)
        let step = along.tapStep &* shape.outputDepth
        let middle = UInt32(UInt16(truncatingIfNeeded: Int32(taps[step])))
        target[4 &+ 2 &* line] =
          UInt32(UInt16(truncatingIfNeeded: Int32(taps[0]))) | middle &<< 16
        target[5 &+ 2 &* line] =
          middle | UInt32(truncatingIfNeeded: Int32(taps[2 &* step])) &<< 16
      }
      target += Self.constants
    }
  }

  @inline(never)
  private func writeLines(
    _ image: UnsafePointer<Int8>, _ output: UnsafeMutablePointer<Int8>, _ along: Axis,
    _ across: Axis
  ) {
    let lines = words + Self.constants &* 4
    let step = Int32(truncatingIfNeeded: along.outputStep)
    let resultBytes = Int32(truncatingIfNeeded: along.stride &* 64)
    let fours = Int32(truncatingIfNeeded: along.results & ~3)
    let rest = Int32(truncatingIfNeeded: (along.results & 3) &+ 1) & ~1
    let isRectified = range.min >= range.offset
    var plane = kernel_plane(
      words: UnsafePointer(lines), constants: UnsafePointer(words), output: output,
      quads: fours &* resultBytes, pairs: rest &* resultBytes, step: step,
      last_step: along.results & 1 == 0 ? step : 0, offset: range.offset, rows: 0,
      row_step: Int32(truncatingIfNeeded: across.outputStep),
      row_words: Int32(truncatingIfNeeded: across.stride &* 16))
    let widening = LineWidening(along, offsets: halves(inputOffset))
    let most = (Self.lines &- 3) / across.stride &+ 1
    var row = 0
    while row < across.results {
      let rows = across.results &- row < most ? across.results &- row : most
      let first = row &* across.stride &- across.pad
      for line in 0..<((rows &- 1) &* across.stride &+ 3) {
        let place = first &+ line
        let isInside = place >= 0 && place < across.size
        widening.fill(isInside ? image + place &* across.inputStep : nil, lines + line &* 4)
      }
      plane.rows = Int32(truncatingIfNeeded: rows)
      kernel_multiply_plane(&plane, Int32(truncatingIfNeeded: along.stride), isRectified)
      plane.output += rows &* across.outputStep
      row &+= rows
    }
  }
}

/// How a line of four channels is widened: zeros, then pixels, then zeros.
private struct LineWidening {
  /// Words of a line, and of them those that are pixels only: `inner` ..< `innerEnd`.
  private var words: Int
  private var inner: Int
  private var innerEnd: Int
  /// Whether the word before them and the one behind are half a pixel.
  private var hasFirst: Bool
  private var hasLast: Bool
  /// Elements of the input from its start to the first pixel, and from pixel to pixel.
  private var start: Int
  private var step: Int
  private var offsets: UInt32

  init(_ along: DepthwisePlane.Axis, offsets: UInt32) {
    self.offsets = offsets
    words = along.words
    step = along.inputStep
    // Positions of the line that are pixels.
    let begin = min(max(along.pad, 0), 2 &* words)
    let end = max(min(along.pad &+ along.size, 2 &* words), begin)
    start = (begin &- along.pad) &* step
    hasFirst = begin & 1 == 1 && begin < end
    inner = (begin &+ 1) / 2
    innerEnd = max(end / 2, inner)
    hasLast = end & 1 == 1 && end / 2 >= inner
  }

  /// The line from `source` on, or zeros. Bounds: positions begin ..< end are in the image.
  @inline(__always)
  func fill(_ source: UnsafePointer<Int8>?, _ target: UnsafeMutablePointer<UInt32>) {
    guard let source else { return clear(0, words, target) }
    var pixel = source + start
    let padding = (0 &- offsets) & 0xff
    let paddings = padding &* 0x0101_0101
    if inner > 0 { clear(0, inner, target) }
    if hasFirst {
      kernel_widen_pair(paddings, word(pixel), offsets, target + (inner &- 1) &* 32)
      pixel += step
    }
    let pairs = innerEnd &- inner
    if pairs > 0 {
      kernel_widen_pairs(
        pixel, Int32(truncatingIfNeeded: step), Int32(truncatingIfNeeded: pairs), offsets,
        target + inner &* 32)
      pixel += pairs &* 2 &* step
    }
    if innerEnd < words { clear(innerEnd, words, target) }
    if hasLast { kernel_widen_pair(word(pixel), paddings, offsets, target + innerEnd &* 32) }
  }

  @inline(__always)
  private func clear(_ first: Int, _ end: Int, _ target: UnsafeMutablePointer<UInt32>) {
    var target = target + first &* 32
    for _ in first..<end {
      (target[0], target[1], target[2], target[3]) = (0, 0, 0, 0)
      target += 32
    }
  }
}
