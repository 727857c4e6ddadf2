/// AVERAGE_POOL_2D of int8: the mean of what lies on the image, rounded to nearest, halves away from
/// zero; input and output share scale and zero point.
public func averagePool2DInt8(
  _ parameters: PoolingParameters, input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  forEachWindow(parameters) { window, offset in
    let count = Int32(truncatingIfNeeded: window.height &* window.width)
    var channel = 0
    while channel < window.depth {
      // A window wholly on padding has no mean; 0 elements are taken as one of value 0.
      let sum = window.fold(input, channel: channel, from: Int32(0)) { $0 &+ Int32($1) }
      let half = count / 2
      let mean = (sum > 0 ? sum &+ half : sum &- half) / max(1, count)
      output[offset &+ channel] = parameters.range.holding(mean)
      channel &+= 1
    }
  }
}

/// MAX_POOL_2D of int8: the largest of what lies on the image; input and output share scale and zero
/// point.
public func maxPool2DInt8(
  _ parameters: PoolingParameters, input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  forEachWindow(parameters) { window, offset in
    var channel = 0
    while channel < window.depth {
      let largest = window.fold(input, channel: channel, from: Int8.min) { max($0, $1) }
      output[offset &+ channel] = parameters.range.holding(Int32(largest))
      channel &+= 1
    }
  }
}

/// AVERAGE_POOL_2D of fp32: the mean of what lies on the image, summed row by row.
public func averagePool2DFloat(
  _ parameters: PoolingParameters, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
) {
  forEachWindow(parameters) { window, offset in
    let count = Float(max(1, window.height &* window.width))
    var channel = 0
    while channel < window.depth {
      let sum = window.fold(input, channel: channel, from: Float(0)) { $0 + $1 }
      output[offset &+ channel] = parameters.floatRange.holding(sum / count)
      channel &+= 1
    }
  }
}

/// MAX_POOL_2D of fp32: the largest of what lies on the image.
public func maxPool2DFloat(
  _ parameters: PoolingParameters, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
) {
  forEachWindow(parameters) { window, offset in
    var channel = 0
    while channel < window.depth {
      let largest = window.fold(
        input, channel: channel, from: -Float.greatestFiniteMagnitude
      ) { $0 < $1 ? $1 : $0 }
      output[offset &+ channel] = parameters.floatRange.holding(largest)
      channel &+= 1
    }
  }
}
