/// fp32 CONV_2D, grouped or not.
///
/// `input` [N, H, W, C], `filter` [outputs, H, W, filterDepth], `bias` [outputs], `output`
/// [N, H, W, outputs]. Products and sums are rounded separately, never fused, so host and firmware
/// give the same bits.
///
/// Bounds: as in `portableConvolutionInt8`.
public func convolutionFloat(
  _ p: ConvolutionParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
  bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
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
          var sum: Float = 0
          for tapY in rows.taps.first..<rows.taps.end {
            let row = (rows.origin &+ tapY &* shape.dilationHeight) &* shape.inputWidth
            for tapX in columns.taps.first..<columns.taps.end {
              let x = columns.origin &+ tapX &* shape.dilationWidth
              let values = channels + (row &+ x) &* shape.inputDepth
              let factors = weights + (tapY &* shape.filterWidth &+ tapX) &* shape.filterDepth
              for index in 0..<shape.filterDepth {
                sum += values[index] * factors[index]
              }
            }
          }
          out[channel] = clamped(sum + (bias.map { $0[channel] } ?? 0), p.floatMin, p.floatMax)
        }
        out += shape.outputDepth
      }
    }
  }
}

/// `value` within the fused activation; not a number stays what it is.
@inline(__always)
func clamped(_ value: Float, _ min: Float, _ max: Float) -> Float {
  let bounded = value < min ? min : value
  return bounded > max ? max : bounded
}
