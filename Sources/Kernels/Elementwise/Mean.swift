/// MEAN along some dimensions of a tensor of up to six.
public struct MeanParameters: Sendable {
  /// Of the dimensions that stay, 1 elsewhere.
  let keptSizes: SIMD8<Int32>
  /// Of those the mean is taken along, 1 elsewhere.
  let reducedSizes: SIMD8<Int32>
  let strides: SIMD8<Int32>
  /// Elements of a mean.
  public let reducedCount: Int32
  /// Elements of the output.
  public let outputCount: Int32
  /// int8: zero point of the input.
  public var inputZeroPoint: Int32 = 0
  /// int8: zero point of the output.
  public var outputZeroPoint: Int32 = 0
  /// int8: ratio of the scales over the number of elements, as a fraction of 2^31.
  public var multiplier: Int32 = 0
  /// int8: power of two of that ratio.
  public var shift: Int32 = 0

  /// Of fp32; nil for too many dimensions, an axis that is none, or an input without elements. An axis
  /// below 0 counts from the end, one named twice counts once.
  public init?<Numbers: BidirectionalCollection>(
    input: Numbers, axes: Numbers
  ) where Numbers.Element == Int {
    guard let shape = KernelShape(input), shape.count > 0 else { return nil }
    var kept = shape.sizes
    var reduced = SIMD8<Int32>(repeating: 1)
    for axis in axes {
      guard axis < input.count, axis >= 0 - input.count else { return nil }
      let place = KernelShape.rank - input.count + (axis < 0 ? axis + input.count : axis)
      reduced[place] = shape.sizes[place]
      kept[place] = 1
    }
    keptSizes = kept
    reducedSizes = reduced
    strides = shape.strides
    var count: Int32 = 1
    for place in 0..<KernelShape.rank { count = count &* reduced[place] }
    reducedCount = count
    outputCount = shape.count / count
  }

  /// Of int8, nil also where the output's scale is so small that differences do not fit.
  ///
  /// The division by the number of elements goes into the multiplier: 2^k of it, k = its highest bit,
  /// into the shift, as far as that keeps it from -31.
  public init?<Numbers: BidirectionalCollection>(
    input: Numbers, axes: Numbers, from quantization: AffineInt8, to output: AffineInt8
  ) where Numbers.Element == Int {
    self.init(input: input, axes: axes)
    inputZeroPoint = quantization.zeroPoint
    outputZeroPoint = output.zeroPoint
    let ratio = quantizedMultiplier(of: Double(quantization.scale) / Double(output.scale))
    let highestBit = 31 - Int32(reducedCount.leadingZeroBitCount)
    let moved = min(highestBit, 31 &+ ratio.shift)
    multiplier = Int32(truncatingIfNeeded: (Int64(ratio.multiplier) << moved) / Int64(reducedCount))
    shift = ratio.shift &- moved
    // Sums have 9 bits more than the count, which the moved bits take back.
    guard ratio.shift <= 22 else { return nil }
  }

  /// Gives every output element's offset there and the elements of its mean, row by row.
  ///
  /// Bounds: an offset into the input is the sum of index x stride, index < size in each dimension.
  @inline(__always)
  func forEach<Element, Sum>(
    _ input: UnsafePointer<Element>, zero: Sum, _ add: (Sum, Element) -> Sum,
    _ finish: (Int, Sum) -> Void
  ) {
    var kept = Odometer(keptSizes, places: KernelShape.rank)
    var (start, written) = (0, 0)
    repeat {
      var sum = zero
      var offset = start
      var reduced = Odometer(reducedSizes, places: KernelShape.rank)
      repeat {
        sum = add(sum, input[offset])
      } while reduced.advance(&offset, by: strides)
      finish(written, sum)
      written &+= 1
    } while kept.advance(&start, by: strides)
  }
}

/// MEAN of int8, with the bits of TFLM's reference. Writes `outputCount` elements.
public func meanInt8(
  _ parameters: MeanParameters, input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  let zero = 0 &- parameters.inputZeroPoint &* parameters.reducedCount
  parameters.forEach(input, zero: zero) {
    $0 &+ Int32($1)
  } _: { offset, sum in
    let scaled = requantize(sum, multiplier: parameters.multiplier, shift: parameters.shift)
    output[offset] = Int8Range().holding(scaled &+ parameters.outputZeroPoint)
  }
}

/// MEAN of fp32, summed row by row. Writes `outputCount` elements.
public func meanFloat(
  _ parameters: MeanParameters, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
) {
  let count = Float(parameters.reducedCount)
  parameters.forEach(input, zero: Float(0)) {
    $0 + $1
  } _: { offset, sum in
    output[offset] = sum / count
  }
}
