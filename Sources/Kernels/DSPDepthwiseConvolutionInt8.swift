import CKernelIntrinsics

/// The depthwise convolution, depth multiplier 1, four channels at a time: their inputs and weights
/// are widened by SXTB16 to pairs of 16 bits, and SMLABB and SMLATT multiply the halves. Two output
/// pixels with the same taps inside the image share the weights.
///
/// Bounds: those of `portableDepthwiseConvolutionInt8`; words hold channels c ... c + 3 with
/// c + 3 < outputDepth, the channels left over are done one by one.
func dspDepthwiseConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  output: UnsafeMutablePointer<Int8>
) {
  let shape = ConvolutionShape(p)
  let window = DepthwiseWindow(
    shape: shape, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
    inputOffset: p.inputOffset,
    range: OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax))
  // Pairs along the longer side, where fewer pixels lie at an edge.
  let isTall = p.outputHeight > p.outputWidth
  let (lines, places) =
    isTall
    ? (Int(p.outputWidth), Int(p.outputHeight)) : (Int(p.outputHeight), Int(p.outputWidth))
  let rowSize = shape.inputWidth &* shape.inputDepth
  let outputStep = isTall ? Int(p.outputWidth) &* shape.outputDepth : shape.outputDepth
  let inputStep =
    isTall ? shape.strideHeight &* rowSize : shape.strideWidth &* shape.inputDepth
  for batch in 0..<Int(p.batches) {
    let image = input + batch &* shape.imageSize
    let result = output + batch &* lines &* places &* shape.outputDepth
    for line in 0..<lines {
      var place = 0
      while place < places {
        let y = isTall ? place : line
        let x = isTall ? line : place
        let rows = shape.rows(y)
        let columns = shape.columns(x)
        let along = isTall ? rows.taps : columns.taps
        var isPair = false
        if place &+ 1 < places {
          let next = isTall ? shape.rows(y &+ 1).taps : shape.columns(x &+ 1).taps
          isPair = next.first == along.first && next.end == along.end
        }
        let out = result + (y &* Int(p.outputWidth) &+ x) &* shape.outputDepth
        window.write(
          image, rows: rows, columns: columns, inputStep: isPair ? inputStep : 0, output: out,
          outputStep: isPair ? outputStep : 0)
        place &+= isPair ? 2 : 1
      }
    }
  }
}

/// The window of a depthwise convolution at two output pixels.
struct DepthwiseWindow {
  var shape: ConvolutionShape
  var filter: UnsafePointer<Int8>
  var bias: UnsafePointer<Int32>?
  var multipliers: UnsafePointer<Int32>
  var shifts: UnsafePointer<Int32>
  var inputOffset: Int32
  var range: OutputRange

  /// All channels of a pixel and of the one `inputStep` and `outputStep` elements on; with steps of
  /// 0 that is the same pixel again.
  @inline(never)
  func write(
    _ image: UnsafePointer<Int8>, rows: (origin: Int, taps: TapRange),
    columns: (origin: Int, taps: TapRange), inputStep: Int, output: UnsafeMutablePointer<Int8>,
    outputStep: Int
  ) {
    let depth = shape.inputDepth
    let y = rows.origin &+ rows.taps.first &* shape.dilationHeight
    let x = columns.origin &+ columns.taps.first &* shape.dilationWidth
    let height = rows.taps.end &- rows.taps.first
    let width = columns.taps.end &- columns.taps.first
    let tap = rows.taps.first &* shape.filterWidth &+ columns.taps.first
    let source = image + (y &* shape.inputWidth &+ x) &* depth
    let factors = filter + tap &* depth
    let tapStep = shape.dilationWidth &* depth
    // From behind the last tap of a row to the first of the next.
    let rowStep = shape.dilationHeight &* shape.inputWidth &* depth &- width &* tapStep
    let filterStep = (shape.filterWidth &- width) &* depth
    let offsets = halves(inputOffset)
    var channel = 0
    while channel &+ 4 <= depth {
      var first = DepthwiseSums(bias, channel)
      var second = first
      var values = source + channel
      var weights = factors + channel
      for _ in 0..<height {
        for _ in 0..<width {
          let four = word(weights)
          let even = kernel_sxtb16(four)
          let odd = kernel_sxtb16_ror8(four)
          first.add(offsets, word(values), even, odd)
          second.add(offsets, word(values + inputStep), even, odd)
          values += tapStep
          weights += depth
        }
        values += rowStep
        weights += filterStep
      }
      let out = output + channel
      store(first.sum0, second.sum0, channel, out, outputStep)
      store(first.sum1, second.sum1, channel &+ 1, out + 1, outputStep)
      store(first.sum2, second.sum2, channel &+ 2, out + 2, outputStep)
      store(first.sum3, second.sum3, channel &+ 3, out + 3, outputStep)
      channel &+= 4
    }
    while channel < depth {
      var first = bias?[channel] ?? 0
      var second = first
      var values = source + channel
      var weights = factors + channel
      for _ in 0..<height {
        for _ in 0..<width {
          let factor = Int32(weights.pointee)
          first &+= (Int32(values.pointee) &+ inputOffset) &* factor
          second &+= (Int32(values[inputStep]) &+ inputOffset) &* factor
          values += tapStep
          weights += depth
        }
        values += rowStep
        weights += filterStep
      }
      store(first, second, channel, output + channel, outputStep)
      channel &+= 1
    }
  }

  @inline(__always)
  private func store(
    _ first: Int32, _ second: Int32, _ channel: Int, _ output: UnsafeMutablePointer<Int8>,
    _ step: Int
  ) {
    let scale = DSPRequantizer(multiplier: multipliers[channel], shift: shifts[channel])
    output[step] = scale.output(second, range)
    output[0] = scale.output(first, range)
  }
}

/// Sums of four channels.
private struct DepthwiseSums {
  var sum0: Int32
  var sum1: Int32
  var sum2: Int32
  var sum3: Int32

  @inline(__always)
  init(_ bias: UnsafePointer<Int32>?, _ channel: Int) {
    sum0 = bias?[channel] ?? 0
    sum1 = bias?[channel &+ 1] ?? 0
    sum2 = bias?[channel &+ 2] ?? 0
    sum3 = bias?[channel &+ 3] ?? 0
  }

  @inline(__always)
  mutating func add(_ offsets: UInt32, _ values: UInt32, _ even: UInt32, _ odd: UInt32) {
    let evenValues = kernel_sxtab16(offsets, values)
    let oddValues = kernel_sxtab16_ror8(offsets, values)
    sum0 = kernel_smlabb(evenValues, even, sum0)
    sum1 = kernel_smlabb(oddValues, odd, sum1)
    sum2 = kernel_smlatt(evenValues, even, sum2)
    sum3 = kernel_smlatt(oddValues, odd, sum3)
  }
}
