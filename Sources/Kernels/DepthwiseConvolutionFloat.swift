/// fp32 DEPTHWISE_CONV_2D.
///
/// `input` [N, H, W, C], `filter` [1, H, W, outputs], `bias` [outputs], `output` [N, H, W,
/// outputs]; output c x m + i belongs to input channel c, where m = outputDepth / inputDepth.
/// Products and sums are rounded separately, so host and firmware give the same bits.
///
/// Bounds: as in `portableDepthwiseConvolutionInt8`.
public func depthwiseConvolutionFloat(
  _ p: ConvolutionParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
  bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
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
            var sum: Float = 0
            for tapY in rows.taps.first..<rows.taps.end {
              let row = (rows.origin &+ tapY &* shape.dilationHeight) &* shape.inputWidth
              for tapX in columns.taps.first..<columns.taps.end {
                let x = columns.origin &+ tapX &* shape.dilationWidth
                let value = image[(row &+ x) &* shape.inputDepth &+ source]
                let tap = tapY &* shape.filterWidth &+ tapX
                sum += value * filter[tap &* shape.outputDepth &+ channel]
              }
            }
            out[channel] = clamped(sum + (bias.map { $0[channel] } ?? 0), p.floatMin, p.floatMax)
            channel &+= 1
          }
        }
        out += shape.outputDepth
      }
    }
  }
}
