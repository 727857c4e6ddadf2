/// The convolution with SMLAD, by the number of output pixels: one that sees all of the input is a
/// matrix product; a few are gathered by threes into columns of 16-bit inputs, with which the weights
/// are multiplied as they are; of more, the weights are widened to 16 bits too, once for all.
///
/// `scratch` holds `convolutionInt8ScratchBytes` bytes, aligned to 4. Bounds: those of
/// `portableConvolutionInt8`; of columns and rows see `Im2Col` and `PackedMatMult`.
func dspConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  scratch: UnsafeMutablePointer<Int16>, output: UnsafeMutablePointer<Int8>
) {
  let shape = ConvolutionShape(p)
  let pixels = Int(p.batches) &* shape.outputHeight &* shape.outputWidth
  if pixels == 1, let start = shape.onlyRun {
    var product = FullyConnectedParameters()
    (product.inputCount, product.outputCount) = (Int32(shape.filterSize), p.outputDepth)
    (product.inputOffset, product.outputOffset) = (p.inputOffset, p.outputOffset)
    (product.activationMin, product.activationMax) = (p.activationMin, p.activationMax)
    return dspFullyConnectedInt8(
      product, input: input + start, weights: filter, bias: bias, multipliers: multipliers,
      shifts: shifts, output: output)
  }
  let range = OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
  let channels = shape.filtersPerGroup
  let words = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: UInt32.self)
  let panel = words + PackedMatMult.rowsBytes(shape) / 4
  var first = 0
  var source = input
  while first < shape.outputDepth {
    let filters = filter + first &* shape.filterSize
    let biases = bias.map { $0 + first }
    if PackedMatMult.pays(pixels: pixels) {
      PackedMatMult(
        shape: shape,
        rows: PackedWeights(
          filter: filters, count: shape.filterSize, folded: shape.foldedGroups, bias: biases,
          multipliers: multipliers + first, shifts: shifts + first, range: range, words: words),
        columns: PackedIm2Col(
          shape, batches: p.batches, inputOffset: p.inputOffset, scratch: panel),
        channels: channels
      ).write(source, output + first, pixels: pixels)
    } else {
      let columns = Im2Col(
        shape, inputOffset: p.inputOffset, pixels: MatMultKernel.pixels, scratch: words)
      MatMultKernel(
        filter: filters, count: shape.filterSize, bias: biases, multipliers: multipliers + first,
        shifts: shifts + first, channels: channels, columns: UnsafePointer(words), range: range
      ).write(columns, shape, source, output + first, pixels: pixels)
    }
    source += shape.filterDepth
    first &+= channels
  }
}

extension MatMultKernel {
  /// All pixels.
  func write(
    _ columns: Im2Col, _ shape: ConvolutionShape, _ input: UnsafePointer<Int8>,
    _ output: UnsafeMutablePointer<Int8>, pixels: Int
  ) {
    var place = OutputPixel(0, input, shape)
    var pixel = 0
    while pixel < pixels {
      let left = pixels &- pixel
      let filled = left < Self.pixels ? left : Self.pixels
      for slot in 0..<filled {
        columns.fill(
          slot, place.image, rows: shape.rows(place.y), columns: shape.columns(place.x))
        place.x &+= 1
        place.wrap(shape)
      }
      for slot in filled..<Self.pixels { columns.clear(slot) }
      write(output + pixel &* shape.outputDepth, stride: shape.outputDepth, pixels: filled)
      pixel &+= filled
    }
  }
}
