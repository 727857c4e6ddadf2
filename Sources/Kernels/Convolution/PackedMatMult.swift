import CKernelIntrinsics

/// A convolution, or a group of one, as a matrix product of packed operands: `PackedWeights` times
/// panels of four columns of `PackedIm2Col`.
struct PackedMatMult {
  /// Pixels of a panel: with two rows eight sums, what the registers hold.
  static var pixels: Int { 4 }

  var shape: ConvolutionShape
  var rows: PackedWeights
  var columns: PackedIm2Col
  /// Output channels of the group.
  var channels: Int

  /// Bytes of scratch memory: rows, columns, and bytes of one pixel.
  static func scratchBytes(_ shape: ConvolutionShape) -> Int {
    rowsBytes(shape) &+ Im2Col.scratchBytes(shape, pixels: pixels)
  }

  /// Of these, those of rows, which come first.
  static func rowsBytes(_ shape: ConvolutionShape) -> Int {
    let rows = PackedWeights.block(shape.filtersPerGroup, count: shape.filterSize)
    return rows / 2 &* PackedWeights.pairWords(shape.filterSize) &* 4
  }

  /// Whether so many pixels are worth widening the weights. In hundredths of an instruction for each
  /// weight, four pixels at once take 4 x 72, one alone 110 and widening 120, three pixels at once
  /// without it 3 x 105.
  static func pays(pixels: Int) -> Bool {
    let cost = pixels & 3 == 1 ? pixels / 4 &* 288 &+ 110 : (pixels &+ 3) / 4 &* 288
    return pixels >= Self.pixels && cost &+ 120 < (pixels &+ 2) / 3 &* 315
  }

  /// Writes all pixels, `pixels` of them and no fewer than four. A last one is made alone;
  /// two or three together with those before them, which get the same results again.
  func write(_ input: UnsafePointer<Int8>, _ output: UnsafeMutablePointer<Int8>, pixels: Int) {
    let block = PackedWeights.block(channels, count: shape.filterSize)
    var first = 0
    while first < channels {
      let end = first &+ block < channels ? first &+ block : channels
      var panel = panel(rows.fill(first, end), output)
      var place = OutputPixel(0, input, shape)
      var pixel = 0
      while pixel < pixels {
        if pixel &+ 1 == pixels {
          columns.fillOne(place)
          multiply(
            &panel, first..<end, output + (pixel &* shape.outputDepth &+ first), isOne: true)
          break
        }
        if pixel &+ Self.pixels > pixels {
          pixel = pixels &- Self.pixels
          place = OutputPixel(pixel, input, shape)
        }
        columns.fill(&place)
        multiply(
          &panel, first..<end, output + (pixel &* shape.outputDepth &+ first), isOne: false)
        pixel &+= Self.pixels
      }
      first = end
    }
  }

  private func panel(
    _ end: UnsafePointer<UInt32>, _ output: UnsafeMutablePointer<Int8>
  ) -> kernel_mat_mult {
    kernel_mat_mult(
      rows: UnsafePointer(rows.words), rows_end: end, columns: UnsafePointer(columns.words),
      groups: Int32(truncatingIfNeeded: PackedWeights.groups(shape.filterSize)), output: output,
      stride: Int32(truncatingIfNeeded: shape.outputDepth), offset: rows.range.offset,
      sums: (0, 0, 0, 0, 0, 0, 0, 0))
  }

  /// Channels of one panel, or of its first column. Bounds: the last pair may be one row, of which
  /// results are made one by one.
  @inline(__always)
  private func multiply(
    _ panel: inout kernel_mat_mult, _ range: Range<Int>, _ output: UnsafeMutablePointer<Int8>,
    isOne: Bool
  ) {
    panel.rows = UnsafePointer(rows.words)
    panel.output = output
    let isRectified = rows.range.min >= rows.range.offset
    while !(isOne
      ? kernel_mat_mult_1_column(&panel, isRectified)
      : kernel_mat_mult_4_columns(&panel, isRectified))
    {
      let channel = range.lowerBound &+ (panel.output - output)
      let sums = panel.sums
      writeRow(channel, (sums.0, sums.1, sums.2, sums.3), panel.output, isOne)
      if channel &+ 1 < range.upperBound {
        writeRow(channel &+ 1, (sums.4, sums.5, sums.6, sums.7), panel.output + 1, isOne)
      }
      panel.output += 2
      if panel.rows == panel.rows_end { break }
    }
  }

  private func writeRow(
    _ channel: Int, _ sums: (Int32, Int32, Int32, Int32), _ output: UnsafeMutablePointer<Int8>,
    _ isOne: Bool
  ) {
    let scale = DSPRequantizer(
      multiplier: rows.multipliers[channel], shift: rows.shifts[channel])
    let depth = shape.outputDepth
    output[0] = scale.output(sums.0, rows.range)
    if isOne { return }
    output[depth] = scale.output(sums.1, rows.range)
    output[2 &* depth] = scale.output(sums.2, rows.range)
    output[3 &* depth] = scale.output(sums.3, rows.range)
  }
}
