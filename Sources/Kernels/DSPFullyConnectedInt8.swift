import CKernelIntrinsics

/// The matrix product with SMLAD: each four inputs, widened to 16 bits with the offset added, meet
/// three rows of weights. The scale of `p` where there are none by row.
func dspFullyConnectedInt8(
  _ p: FullyConnectedParameters, input: UnsafePointer<Int8>, weights: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>?,
  shifts: UnsafePointer<Int32>?, output: UnsafeMutablePointer<Int8>
) {
  let product = DSPVectorProduct(
    count: Int(p.inputCount), offset: p.inputOffset)
  let rows = Int(p.outputCount)
  let range = OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
  for batch in 0..<Int(p.batches) {
    let vector = input + batch &* product.count
    let out = output + batch &* rows
    var row = 0
    var factors = weights
    while row < rows {
      let several = row &+ 3 <= rows
      // Fewer than three rows left: the same row three times costs nothing but time.
      let step = several ? product.count : 0
      let sums = product.threeRows(vector, factors, step)
      let last = several ? row &+ 3 : row &+ 1
      var index = row
      var sum = sums.0
      while index < last {
        let scale = DSPRequantizer(
          multiplier: multipliers?[index] ?? p.multiplier, shift: shifts?[index] ?? p.shift)
        out[index] = scale.output(sum &+ (bias?[index] ?? 0), range)
        sum = index == row ? sums.1 : sums.2
        index &+= 1
      }
      factors += (last &- row) &* product.count
      row = last
    }
  }
}

/// Sums of products of a vector with rows of weights.
struct DSPVectorProduct {
  /// Elements of the vector and of each row.
  let count: Int
  private let offset: Int32
  private let offsets: UInt32

  @inline(__always)
  init(count: Int, offset: Int32) {
    self.count = count
    self.offset = offset
    offsets = halves(offset)
  }

  /// Three rows `step` elements apart. Bounds: whole words up to the last, the rest byte by byte.
  @inline(__always)
  func threeRows(
    _ vector: UnsafePointer<Int8>, _ row: UnsafePointer<Int8>, _ step: Int
  ) -> (Int32, Int32, Int32) {
    var sums = (Int32(0), Int32(0), Int32(0))
    var vector = vector
    var row0 = row
    var row1 = row + step
    var row2 = row1 + step
    let end = vector + (count & ~3)
    while vector < end {
      let four = word(vector)
      let even = kernel_sxtab16(offsets, four)
      let odd = kernel_sxtab16_ror8(offsets, four)
      multiply(even, odd, word(row0), &sums.0)
      multiply(even, odd, word(row1), &sums.1)
      multiply(even, odd, word(row2), &sums.2)
      vector += 4
      row0 += 4
      row1 += 4
      row2 += 4
    }
    for index in 0..<(count & 3) {
      let value = Int32(vector[index]) &+ offset
      sums.0 &+= value &* Int32(row0[index])
      sums.1 &+= value &* Int32(row1[index])
      sums.2 &+= value &* Int32(row2[index])
    }
    return sums
  }

  @inline(__always)
  private func multiply(_ even: UInt32, _ odd: UInt32, _ weights: UInt32, _ sum: inout Int32) {
    sum = kernel_smlad(even, kernel_sxtb16(weights), sum)
    sum = kernel_smlad(odd, kernel_sxtb16_ror8(weights), sum)
  }
}
