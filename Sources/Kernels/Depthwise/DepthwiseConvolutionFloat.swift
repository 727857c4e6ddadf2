import Core

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
  guard p.inputDepth == p.outputDepth else {
    multipliedDepthwiseConvolutionFloat(p, input: input, filter: filter, bias: bias, output: output)
    return
  }
  let shape = ConvolutionShape(p)
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
        let run = FloatDepthwiseRun(
          source: image + window.source, window: window, depth: shape.inputDepth,
          stride: shape.strideWidth &* shape.inputDepth, output: out, pixels: end &- x)
        run.write(filter, bias, p.floatMin, p.floatMax)
        out += run.pixels &* run.depth
        x = end
      }
    }
  }
}

/// A run of pixels in a row with the same window, depth multiplier 1.
private struct FloatDepthwiseRun {
  var source: UnsafePointer<Float>
  var window: DepthwiseWindow
  var depth: Int
  /// Elements of the input from a pixel's window to the next one's.
  var stride: Int
  var output: UnsafeMutablePointer<Float>
  var pixels: Int

  /// Four channels at a time, then one by one.
  @inline(never)
  func write(
    _ filter: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?, _ min: Float, _ max: Float
  ) {
    let weights = filter + window.tap &* depth
    var channel = 0
    while channel &+ 4 <= depth {
      for pixel in 0..<pixels {
        let sums = fourSums(source + (pixel &* stride &+ channel), weights + channel)
        let out = output + (pixel &* depth &+ channel)
        out[0] = clamped(sums.sum0 + (bias?[channel] ?? 0), min, max)
        out[1] = clamped(sums.sum1 + (bias?[channel &+ 1] ?? 0), min, max)
        out[2] = clamped(sums.sum2 + (bias?[channel &+ 2] ?? 0), min, max)
        out[3] = clamped(sums.sum3 + (bias?[channel &+ 3] ?? 0), min, max)
      }
      channel &+= 4
    }
    while channel < depth {
      for pixel in 0..<pixels {
        let sum = oneSum(source + (pixel &* stride &+ channel), weights + channel)
        output[pixel &* depth &+ channel] = clamped(sum + (bias?[channel] ?? 0), min, max)
      }
      channel &+= 1
    }
  }

  @inline(__always)
  private func fourSums(
    _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>
  ) -> FloatSums {
    var sums = FloatSums()
    var (line, factors) = (source, weights)
    for _ in 0..<window.height {
      var (values, left) = (line, window.width)
      while left > 0 {
        let (value0, value1, value2, value3) = (values[0], values[1], values[2], values[3])
        sums.sum0 += value0 * factors[0]
        sums.sum1 += value1 * factors[1]
        sums.sum2 += value2 * factors[2]
        sums.sum3 += value3 * factors[3]
        values += window.tapStep
        factors += depth
        left &-= 1
      }
      line += window.rowStep
      factors += window.skipped &* depth
    }
    return sums
  }

  @inline(__always)
  private func oneSum(
    _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>
  ) -> Float {
    var sum: Float = 0
    var (line, factors) = (source, weights)
    for _ in 0..<window.height {
      var (values, left) = (line, window.width)
      while left > 0 {
        sum += values.pointee * factors.pointee
        values += window.tapStep
        factors += depth
        left &-= 1
      }
      line += window.rowStep
      factors += window.skipped &* depth
    }
    return sum
  }
}

/// The same for any depth multiplier, one result after the other.
private func multipliedDepthwiseConvolutionFloat(
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
