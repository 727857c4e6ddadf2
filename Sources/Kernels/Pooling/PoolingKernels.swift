import CKernelIntrinsics

/// AVERAGE_POOL_2D of int8: the mean of what lies on the image, rounded to nearest, halves away from
/// zero; input and output share scale and zero point.
public func averagePool2DInt8(
  _ parameters: PoolingParameters, input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  forEachWindow(parameters) { window, offset in
    writeMeans(window, input, output + offset, parameters.range)
  }
}

/// The means of all channels of a window, four at a time. A function of its own, in which no loop
/// goes on where another ended: of these Swift 6.3 crashes.
///
/// Bounds: words hold channels c ... c + 3, below depth.
@inline(never)
private func writeMeans(
  _ window: WindowOnImage, _ input: UnsafePointer<Int8>, _ output: UnsafeMutablePointer<Int8>,
  _ range: Int8Range
) {
  // A window wholly on padding has no mean; 0 elements are taken as one of value 0.
  let count = Int32(truncatingIfNeeded: window.height &* window.width)
  let (half, divisor) = (count / 2, max(1, count))
  var place = kernel_window(
    start: input + (count > 0 ? window.start : 0),
    step: Int32(truncatingIfNeeded: window.depth),
    row_step: Int32(truncatingIfNeeded: window.rowStride),
    height: Int32(truncatingIfNeeded: window.height),
    width: Int32(truncatingIfNeeded: window.width), sums: (0, 0, 0, 0))
  var target = output
  for _ in 0..<(window.depth &>> 2) {
    kernel_sum_window(&place)
    target[0] = range.holding(rounded(place.sums.0, half, divisor))
    target[1] = range.holding(rounded(place.sums.1, half, divisor))
    target[2] = range.holding(rounded(place.sums.2, half, divisor))
    target[3] = range.holding(rounded(place.sums.3, half, divisor))
    place.start += 4
    target += 4
  }
  for channel in (window.depth & ~3)..<window.depth {
    let sum = window.fold(input, channel: channel, from: Int32(0)) { $0 &+ Int32($1) }
    output[channel] = range.holding(rounded(sum, half, divisor))
  }
}

/// sum / divisor, halves away from zero; `half` is half the divisor.
@inline(__always)
private func rounded(_ sum: Int32, _ half: Int32, _ divisor: Int32) -> Int32 {
  (sum > 0 ? sum &+ half : sum &- half) / divisor
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
