/// Keras' layers in plain loops over its own layouts and in double precision: what drafts are compared
/// with. Images are [H, W, C], the batch left out (keras.io/api/layers).
struct ReferenceTensor {
  var shape: [Int]
  var values: [Double]

  init(shape: [Int], values: [Double]) {
    self.shape = shape
    self.values = values
  }

  private func pixel(_ y: Int, _ x: Int, _ c: Int) -> Double? {
    guard y >= 0, x >= 0, y < shape[0], x < shape[1] else { return nil }
    return values[(y * shape[1] + x) * shape[2] + c]
  }

  /// Calls `body` with each output position and the place of its window's first tap.
  private func windows(
    _ size: (Int, Int), _ stride: (Int, Int), _ dilation: (Int, Int), isSame: Bool,
    _ body: (_ y: Int, _ x: Int) -> Void
  ) -> (Int, Int) {
    func places(_ n: Int, _ k: Int, _ s: Int, _ d: Int) -> (count: Int, before: Int) {
      let reach = (k - 1) * d + 1
      if !isSame { return ((n - reach) / s + 1, 0) }
      let count = (n + s - 1) / s
      return (count, max((count - 1) * s + reach - n, 0) / 2)
    }
    let rows = places(shape[0], size.0, stride.0, dilation.0)
    let columns = places(shape[1], size.1, stride.1, dilation.1)
    for y in 0..<rows.count {
      for x in 0..<columns.count { body(y * stride.0 - rows.before, x * stride.1 - columns.before) }
    }
    return (rows.count, columns.count)
  }

  /// Kernel [H, W, C / groups, out].
  func convolved(
    _ kernel: [Float], _ size: (Int, Int), out: Int, bias: [Float]?, stride: (Int, Int),
    dilation: (Int, Int) = (1, 1), isSame: Bool, groups: Int = 1
  ) -> ReferenceTensor {
    let (inside, outside) = (shape[2] / groups, out / groups)
    var result: [Double] = []
    let (height, width) = windows(size, stride, dilation, isSame: isSame) { top, left in
      for o in 0..<out {
        var sum = Double(bias?[o] ?? 0)
        for i in 0..<size.0 {
          for j in 0..<size.1 {
            for c in 0..<inside {
              let place = o / outside * inside + c
              let tap = pixel(top + i * dilation.0, left + j * dilation.1, place) ?? 0
              sum += tap * Double(kernel[((i * size.1 + j) * inside + c) * out + o])
            }
          }
        }
        result.append(sum)
      }
    }
    return ReferenceTensor(shape: [height, width, out], values: result)
  }

  /// Kernel [H, W, C, multiplier].
  func depthwise(
    _ kernel: [Float], _ size: (Int, Int), multiplier: Int, bias: [Float]?, stride: (Int, Int),
    isSame: Bool
  ) -> ReferenceTensor {
    let channels = shape[2]
    var result: [Double] = []
    let (height, width) = windows(size, stride, (1, 1), isSame: isSame) { top, left in
      for c in 0..<channels {
        for m in 0..<multiplier {
          var sum = Double(bias?[c * multiplier + m] ?? 0)
          for i in 0..<size.0 {
            for j in 0..<size.1 {
              let weight = kernel[((i * size.1 + j) * channels + c) * multiplier + m]
              sum += (pixel(top + i, left + j, c) ?? 0) * Double(weight)
            }
          }
          result.append(sum)
        }
      }
    }
    return ReferenceTensor(shape: [height, width, channels * multiplier], values: result)
  }

  /// Places outside the image do not count.
  func pooled(
    _ size: (Int, Int), stride: (Int, Int), isSame: Bool, isMean: Bool
  ) -> ReferenceTensor {
    var result: [Double] = []
    let (height, width) = windows(size, stride, (1, 1), isSame: isSame) { top, left in
      for c in 0..<shape[2] {
        let taps = (0..<size.0 * size.1).compactMap {
          pixel(top + $0 / size.1, left + $0 % size.1, c)
        }
        result.append(isMean ? taps.reduce(0, +) / Double(taps.count) : taps.max() ?? 0)
      }
    }
    return ReferenceTensor(shape: [height, width, shape[2]], values: result)
  }

  func globalMean(keeps: Bool) -> ReferenceTensor {
    let channels = shape[2]
    let means = (0..<channels).map { c in
      stride(from: c, to: values.count, by: channels).reduce(0) { $0 + values[$1] }
        / Double(values.count / channels)
    }
    return ReferenceTensor(shape: keeps ? [1, 1, channels] : [channels], values: means)
  }

  /// Kernel [in, out], applied to the last dimension.
  func dense(_ kernel: [Float], units: Int, bias: [Float]?) -> ReferenceTensor {
    let width = shape[shape.count - 1]
    var result: [Double] = []
    for start in stride(from: 0, to: values.count, by: width) {
      for o in 0..<units {
        var sum = Double(bias?[o] ?? 0)
        for i in 0..<width { sum += values[start + i] * Double(kernel[i * units + o]) }
        result.append(sum)
      }
    }
    return ReferenceTensor(shape: shape.dropLast() + [units], values: result)
  }

  func padded(_ top: Int, _ bottom: Int, _ left: Int, _ right: Int) -> ReferenceTensor {
    var result: [Double] = []
    for y in -top..<shape[0] + bottom {
      for x in -left..<shape[1] + right {
        for c in 0..<shape[2] { result.append(pixel(y, x, c) ?? 0) }
      }
    }
    return ReferenceTensor(
      shape: [shape[0] + top + bottom, shape[1] + left + right, shape[2]], values: result)
  }

  /// `body` gets a value and its channel.
  func map(_ body: (Double, Int) -> Double) -> ReferenceTensor {
    let channels = shape[shape.count - 1]
    return ReferenceTensor(
      shape: shape, values: values.enumerated().map { body($1, $0 % channels) })
  }

  func reshaped(_ shape: [Int]) -> ReferenceTensor {
    ReferenceTensor(shape: shape, values: values)
  }

  func softmax() -> ReferenceTensor {
    let width = shape[shape.count - 1]
    var result: [Double] = []
    for start in stride(from: 0, to: values.count, by: width) {
      let row = values[start..<start + width]
      let terms = row.map { exponential($0 - (row.max() ?? 0)) }
      result += terms.map { $0 / terms.reduce(0, +) }
    }
    return ReferenceTensor(shape: shape, values: result)
  }
}
