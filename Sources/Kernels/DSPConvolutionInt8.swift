import CKernelIntrinsics

/// The convolution with SMLAD: three output pixels at a time are gathered into columns of 16-bit
/// inputs, and the weights, read once for the three, are multiplied with them in pairs.
///
/// `scratch` holds `convolutionInt8ScratchBytes` bytes, aligned to 4. Bounds: those of
/// `portableConvolutionInt8`; of the columns see `ConvolutionColumns`.
func dspConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  scratch: UnsafeMutablePointer<Int16>, output: UnsafeMutablePointer<Int8>
) {
  let shape = ConvolutionShape(p)
  let columns = ConvolutionColumns(shape, inputOffset: p.inputOffset, scratch: scratch)
  let channels = shape.filtersPerGroup
  var first = 0
  var source = input
  while first < shape.outputDepth {
    let product = ColumnProduct(
      filter: filter + first &* shape.filterSize, count: shape.filterSize,
      bias: bias.map { $0 + first }, multipliers: multipliers + first, shifts: shifts + first,
      channels: channels, columns: UnsafePointer(columns.words),
      range: OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax))
    var image = source
    var out = output + first
    var filled = 0
    for _ in 0..<Int(p.batches) {
      for y in 0..<Int(p.outputHeight) {
        let rows = shape.rows(y)
        for x in 0..<Int(p.outputWidth) {
          columns.fill(filled, image, rows: rows, columns: shape.columns(x))
          filled &+= 1
          if filled == ConvolutionColumns.pixels {
            product.write(out, stride: shape.outputDepth, pixels: filled)
            out += filled &* shape.outputDepth
            filled = 0
          }
        }
      }
      image += shape.imageSize
    }
    if filled > 0 {
      for slot in filled..<ConvolutionColumns.pixels { columns.clear(slot) }
      product.write(out, stride: shape.outputDepth, pixels: filled)
    }
    source += shape.filterDepth
    first &+= channels
  }
}
