import Core

/// int8 DEPTHWISE_CONV_2D with per-channel weights.
///
/// `input` [N, H, W, C], `filter` [1, H, W, outputs], `bias`, `multipliers` and `shifts` [outputs],
/// `output` [N, H, W, outputs]; output c x m + i belongs to input channel c, where m is the depth
/// multiplier outputDepth / inputDepth. `scratch` holds `depthwiseConvolutionInt8ScratchBytes`
/// bytes, aligned to 4; without it the convolution is slower. The result has the bits of TensorFlow
/// Lite for Microcontrollers.
///
/// The input's zero point is an int8, so its offset is in -127 ... 128. Without the DSP extension, or
/// without scratch memory, plain arithmetic.
public func depthwiseConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  scratch: UnsafeMutablePointer<Int16>?, output: UnsafeMutablePointer<Int8>
) {
  if hasDSP, p.inputDepth == p.outputDepth, let scratch {
    dspDepthwiseConvolutionInt8(
      p, input: input, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
      scratch: scratch, output: output)
  } else {
    portableDepthwiseConvolutionInt8(
      p, input: input, filter: filter, bias: bias, multipliers: multipliers, shifts: shifts,
      output: output)
  }
}

/// Bytes of scratch memory that `depthwiseConvolutionInt8` needs with the DSP extension; the same
/// number without it, so that a plan made on the host holds in the firmware. It is enough for a part
/// of the output's rows too.
public func depthwiseConvolutionInt8ScratchBytes(_ p: ConvolutionParameters) -> Int {
  guard p.inputDepth == p.outputDepth else { return 0 }
  let shape = ConvolutionShape(p)
  return max(PackedDepthwiseWeights.scratchBytes(shape), DepthwiseConv3x3.scratchBytes(shape))
}

/// The depthwise convolution in plain arithmetic.
///
/// Bounds: taps are cut to those inside the image; channel = source x multiplier + index stays
/// below outputDepth, since inputDepth x multiplier = outputDepth.
func portableDepthwiseConvolutionInt8(
  _ p: ConvolutionParameters, input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  output: UnsafeMutablePointer<Int8>
) {
  let shape = ConvolutionShape(p)
  let depthMultiplier = shape.outputDepth / shape.inputDepth
  var out = output
  for batch in 0..<Int(p.batches) {
    let image = input + batch &* shape.imageSize
    for outputY in 0..<Int(p.outputHeight) {
      let rows = shape.rows(outputY)
      for outputX in 0..<Int(p.outputWidth) {
        let columns = shape.columns(outputX)
        var channel = 0
        for source in 0..<shape.inputDepth {
          for _ in 0..<depthMultiplier {
            var sum: Int32 = bias.map { $0[channel] } ?? 0
            for tapY in rows.taps.first..<rows.taps.end {
              let row = (rows.origin &+ tapY &* shape.dilationHeight) &* shape.inputWidth
              for tapX in columns.taps.first..<columns.taps.end {
                let x = columns.origin &+ tapX &* shape.dilationWidth
                let value = image[(row &+ x) &* shape.inputDepth &+ source]
                let tap = tapY &* shape.filterWidth &+ tapX
                let factor = filter[tap &* shape.outputDepth &+ channel]
                sum &+= (Int32(value) &+ p.inputOffset) &* Int32(factor)
              }
            }
            out[channel] = requantizedOutput(
              sum, multiplier: multipliers[channel], shift: shifts[channel],
              offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
            channel &+= 1
          }
        }
        out += shape.outputDepth
      }
    }
  }
}
