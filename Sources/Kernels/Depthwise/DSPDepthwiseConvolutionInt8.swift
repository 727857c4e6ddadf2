import CKernelIntrinsics
import Core

/// The depthwise convolution, depth multiplier 1, four channels at a time: where windows and scales
/// allow as `DepthwiseConv3x3` does it; else inputs are widened by SXTAB16 to pairs of 16 bits, and
/// SMLABB and SMLATT multiply the halves by weights widened once for all pixels.
///
/// `scratch` holds `depthwiseConvolutionInt8ScratchBytes` bytes, aligned to 4. Bounds: those of
/// `portableDepthwiseConvolutionInt8`; words hold channels c ... c + 3 with c + 3 < outputDepth, the
/// channels left over are done one by one.
func dspDepthwiseConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  scratch: UnsafeMutablePointer<Int16>, output: UnsafeMutablePointer<Int8>
) {
  let shape = ConvolutionShape(p)
  let range = OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
  var isDone = false
  if DepthwiseConv3x3.fits(shape) {
    let conv = DepthwiseConv3x3(
      shape: shape, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
      inputOffset: p.inputOffset, range: range,
      words: UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: UInt32.self))
    isDone = conv.isPlain
    if isDone { conv.write(input, output, batches: Int(p.batches)) }
    if isDone && shape.outputDepth & 3 == 0 { return }
  }
  let kernel = DepthwiseConv(
    shape: shape, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
    inputOffset: p.inputOffset, range: range,
    blocks: PackedDepthwiseWeights(
      shape, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
      scratch: scratch))
  let width = Int(p.outputWidth)
  let inner = shape.innerColumns(width)
  var out = output
  for batch in 0..<Int(p.batches) {
    let image = input + batch &* shape.imageSize
    for y in 0..<Int(p.outputHeight) {
      let rows = shape.rows(y)
      var x = 0
      while x < width {
        let end = x >= inner.first && x < inner.end ? inner.end : x &+ 1
        let window = DepthwiseWindow(shape, rows: rows, columns: shape.columns(x))
        if !isDone { kernel.writeBlocks(image + window.source, window, out, pixels: end &- x) }
        kernel.writeRest(image + window.source, window, out, pixels: end &- x)
        out += (end &- x) &* shape.outputDepth
        x = end
      }
    }
  }
}

/// The taps of a window that are inside the image, and how to go from one to the next.
struct DepthwiseWindow {
  var height: Int
  var width: Int
  /// Index of the first of them in the filter, and in the image the element of its channel 0.
  var tap: Int
  var source: Int
  /// Elements from a tap to the next, and to the one a row below.
  var tapStep: Int
  var rowStep: Int
  /// Taps of each row of the filter that are outside.
  var skipped: Int

  @inline(__always)
  init(
    _ shape: ConvolutionShape, rows: (origin: Int, taps: TapRange),
    columns: (origin: Int, taps: TapRange)
  ) {
    let (first, last) = (rows.taps, columns.taps)
    height = first.end &- first.first
    width = last.end &- last.first
    tap = first.first &* shape.filterWidth &+ last.first
    let y = rows.origin &+ first.first &* shape.dilationHeight
    let x = columns.origin &+ last.first &* shape.dilationWidth
    // A window wholly in the padding may begin outside; nothing of it is read.
    source = height > 0 && width > 0 ? (y &* shape.inputWidth &+ x) &* shape.inputDepth : 0
    tapStep = shape.dilationWidth &* shape.inputDepth
    rowStep = shape.dilationHeight &* shape.inputWidth &* shape.inputDepth
    skipped = shape.filterWidth &- width
    if shape.filterWidth == 1 && width == 1 {
      // A column of taps is as good as a row, and rows go three taps at a time.
      (height, width, tapStep) = (1, height, rowStep)
    }
  }
}

/// A depthwise convolution with any window (`arm_depthwise_conv_s8_opt` of CMSIS-NN): what all its
/// pixels share.
struct DepthwiseConv {
  var shape: ConvolutionShape
  var filter: UnsafePointer<Int8>
  var bias: UnsafePointer<Int32>?
  var multipliers: UnsafePointer<Int32>
  var shifts: UnsafePointer<Int32>
  var inputOffset: Int32
  var range: OutputRange
  var blocks: PackedDepthwiseWeights

  /// Channels in blocks of four, for a run of pixels in a row with the same window.
  @inline(never)
  func writeBlocks(
    _ source: UnsafePointer<Int8>, _ window: DepthwiseWindow, _ output: UnsafeMutablePointer<Int8>,
    pixels: Int
  ) {
    var block = UnsafePointer(blocks.words)
    let size = blocks.blockSize
    let offsets = halves(inputOffset)
    let stride = shape.strideWidth &* shape.inputDepth
    let depth = shape.outputDepth
    var channel = 0
    while channel &+ 4 <= depth {
      var values = source + channel
      var out = output + channel
      var left = pixels
      while left > 0 {
        let sums = blockSums(values, window, block, offsets)
        if block[PackedDepthwiseWeights.rights] != 0 {
          out[0] = plainOutput(sums.sum0, block, 0)
          out[1] = plainOutput(sums.sum1, block, 1)
          out[2] = plainOutput(sums.sum2, block, 2)
          out[3] = plainOutput(sums.sum3, block, 3)
        } else {
          out[0] = anyOutput(sums.sum0, channel)
          out[1] = anyOutput(sums.sum1, channel &+ 1)
          out[2] = anyOutput(sums.sum2, channel &+ 2)
          out[3] = anyOutput(sums.sum3, channel &+ 3)
        }
        values += stride
        out += depth
        left &-= 1
      }
      block += size
      channel &+= 4
    }
  }

  @inline(__always)
  private func blockSums(
    _ values: UnsafePointer<Int8>, _ window: DepthwiseWindow, _ block: UnsafePointer<UInt32>,
    _ offsets: UInt32
  ) -> kernel_taps {
    var taps = kernel_taps(
      values: values, weights: block + (PackedDepthwiseWeights.weights &+ window.tap &* 2),
      sum0: Int32(bitPattern: block[0]), sum1: Int32(bitPattern: block[1]),
      sum2: Int32(bitPattern: block[2]), sum3: Int32(bitPattern: block[3]))
    let step = Int32(truncatingIfNeeded: window.tapStep)
    let next = Int32(truncatingIfNeeded: window.rowStep)
    if window.width == 3 && window.skipped == 0 {
      var left = window.height
      while left > 0 {
        kernel_multiply_three_taps(&taps, offsets, step, next)
        left &-= 1
      }
    } else {
      var rows = window.height
      while rows > 0 {
        let row = taps.values
        var left = window.width
        while left >= 3 {
          kernel_multiply_three_taps(&taps, offsets, step, 3 &* step)
          left &-= 3
        }
        if left > 0 { kernel_multiply_tap(&taps, offsets, step) }
        if left > 1 { kernel_multiply_tap(&taps, offsets, step) }
        taps.values = row + window.rowStep
        taps.weights += window.skipped &* 2
        rows &-= 1
      }
    }
    return taps
  }

  @inline(__always)
  private func plainOutput(_ sum: Int32, _ block: UnsafePointer<UInt32>, _ index: Int) -> Int8 {
    DSPRequantizer.plainOutput(
      sum, doubled: Int32(bitPattern: block[PackedDepthwiseWeights.doubles &+ index]),
      right: Int32(bitPattern: block[PackedDepthwiseWeights.rights &+ index]), range)
  }

  @inline(never)
  private func anyOutput(_ sum: Int32, _ channel: Int) -> Int8 {
    DSPRequantizer(multiplier: multipliers[channel], shift: shifts[channel]).output(sum, range)
  }

  /// The last channels, fewer than four, of the same pixels.
  func writeRest(
    _ source: UnsafePointer<Int8>, _ window: DepthwiseWindow, _ output: UnsafeMutablePointer<Int8>,
    pixels: Int
  ) {
    let depth = shape.inputDepth
    for channel in (depth & ~3)..<depth {
      for pixel in 0..<pixels {
        var sum = bias?[channel] ?? 0
        var row = source + (pixel &* shape.strideWidth &* depth &+ channel)
        var weights = filter + (window.tap &* depth &+ channel)
        for _ in 0..<window.height {
          for tap in 0..<window.width {
            let value = Int32(row[tap &* window.tapStep]) &+ inputOffset
            sum &+= value &* Int32(weights[tap &* depth])
          }
          row += window.rowStep
          weights += (window.width &+ window.skipped) &* depth
        }
        output[pixel &* depth &+ channel] = anyOutput(sum, channel)
      }
    }
  }
}
