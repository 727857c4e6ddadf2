import Core

/// int8 CONV_2D with per-channel weights, grouped or not.
///
/// `input` [N, H, W, C], `filter` [outputs, H, W, filterDepth], `bias`, `multipliers` and `shifts`
/// [outputs], `output` [N, H, W, outputs]. `scratch` holds `convolutionInt8ScratchBytes` bytes,
/// aligned to 4; without it the convolution is slower. The result has the bits of TensorFlow Lite for
/// Microcontrollers. Sums wrap around at 32 bits, as they do there.
///
/// The input's zero point is an int8, so its offset is in -127 ... 128. Without the DSP extension, or
/// without scratch memory, plain arithmetic.
public func convolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  scratch: UnsafeMutablePointer<Int16>?, output: UnsafeMutablePointer<Int8>
) {
  if hasDSP, let scratch {
    dspConvolutionInt8(
      p, input: input, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
      scratch: scratch, output: output)
  } else {
    portableConvolutionInt8(
      p, input: input, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
      output: output)
  }
}

/// Bytes of scratch memory that `convolutionInt8` needs with the DSP extension; the same number
/// without it, so that a plan made on the host holds in the firmware. It is enough for a part of the
/// output's rows too.
public func convolutionInt8ScratchBytes(_ p: ConvolutionParameters) -> Int {
  let shape = ConvolutionShape(p)
  let pixels = Int(p.batches) &* shape.outputHeight &* shape.outputWidth
  return pixels < PackedMatMult.pixels
    ? Im2Col.scratchBytes(shape, pixels: MatMultKernel.pixels)
    : PackedMatMult.scratchBytes(shape)
}

/// The convolution in plain arithmetic.
///
/// Bounds: taps are cut to those inside the image, so 0 <= y < inputHeight and 0 <= x < inputWidth;
/// channels group x filterDepth ..< (group + 1) x filterDepth are below inputDepth, since groups x
/// filterDepth = inputDepth. All offsets are below the sizes of their tensors.
func portableConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  output: UnsafeMutablePointer<Int8>
) {
  let shape = ConvolutionShape(p)
  var out = output
  for batch in 0..<Int(p.batches) {
    let image = input + batch &* shape.imageSize
    for outputY in 0..<Int(p.outputHeight) {
      let rows = shape.rows(outputY)
      for outputX in 0..<Int(p.outputWidth) {
        let columns = shape.columns(outputX)
        for channel in 0..<shape.outputDepth {
          let group = channel / shape.filtersPerGroup
          let weights = filter + channel &* shape.filterSize
          let channels = image + group &* shape.filterDepth
          var sum: Int32 = bias.map { $0[channel] } ?? 0
          for tapY in rows.taps.first..<rows.taps.end {
            let row = (rows.origin &+ tapY &* shape.dilationHeight) &* shape.inputWidth
            for tapX in columns.taps.first..<columns.taps.end {
              let x = columns.origin &+ tapX &* shape.dilationWidth
              let values = channels + (row &+ x) &* shape.inputDepth
              let factors = weights + (tapY &* shape.filterWidth &+ tapX) &* shape.filterDepth
              for index in 0..<shape.filterDepth {
                sum &+= (Int32(values[index]) &+ p.inputOffset) &* Int32(factors[index])
              }
            }
          }
          out[channel] = requantizedOutput(
            sum, multiplier: multipliers[channel], shift: shifts[channel],
            offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
        }
        out += shape.outputDepth
      }
    }
  }
}
