import CKernelIntrinsics

/// The matrix product with SMLAD: each four inputs, widened to 16 bits with the offset added, meet
/// four rows of weights. The scale of `p` where there are none by row.
///
/// Bounds: whole words of vector and rows, then the rest byte by byte; in the last round, rows past
/// the last are the last one again, computed and not written.
func dspFullyConnectedInt8(
  _ p: FullyConnectedParameters, input: UnsafePointer<Int8>, weights: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>?,
  shifts: UnsafePointer<Int32>?, output: UnsafeMutablePointer<Int8>
) {
  let rows = Int(p.outputCount)
  let count = Int(p.inputCount)
  for batch in 0..<Int(p.batches) {
    let vector = input + batch &* count
    let out = output + batch &* rows
    let product = VecMatMultT(vector: vector, count: count, offset: p.inputOffset)
    if let multipliers, let shifts {
      product.write(
        RowScales(multipliers: multipliers, shifts: shifts), p, weights: weights, bias: bias,
        output: out)
    } else {
      product.write(
        OneScale(DSPRequantizer(multiplier: p.multiplier, shift: p.shift)), p, weights: weights,
        bias: bias, output: out)
    }
  }
}

/// The scale of each row's result.
private protocol ScaleByRow {
  func scale(_ row: Int) -> DSPRequantizer
}

private struct RowScales: ScaleByRow {
  var multipliers: UnsafePointer<Int32>
  var shifts: UnsafePointer<Int32>

  @inline(__always)
  func scale(_ row: Int) -> DSPRequantizer {
    DSPRequantizer(multiplier: multipliers[row], shift: shifts[row])
  }
}

private struct OneScale: ScaleByRow {
  private var one: DSPRequantizer

  init(_ one: DSPRequantizer) { self.one = one }

  @inline(__always)
  func scale(_ row: Int) -> DSPRequantizer { one }
}

/// A vector times the transposed weight matrix, row by row, as `arm_nn_vec_mat_mult_t_s8` of CMSIS-NN.
private struct VecMatMultT {
  var vector: UnsafePointer<Int8>
  var count: Int
  var offset: Int32

  @inline(__always)
  func write(
    _ scales: some ScaleByRow, _ p: FullyConnectedParameters, weights: UnsafePointer<Int8>,
    bias: UnsafePointer<Int32>?, output: UnsafeMutablePointer<Int8>
  ) {
    let range = OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
    let rows = Int(p.outputCount)
    var row = 0
    var factors = weights
    while row &+ 4 <= rows {
      var four = kernel_vec_mat_mult(
        vector: vector, row0: factors, row1: factors + count, row2: factors + 2 &* count,
        row3: factors + 3 &* count, sum0: 0, sum1: 0, sum2: 0, sum3: 0)
      if let bias {
        (four.sum0, four.sum1) = (bias[row], bias[row &+ 1])
        (four.sum2, four.sum3) = (bias[row &+ 2], bias[row &+ 3])
      }
      multiply(&four)
      output[row] = scales.scale(row).output(four.sum0, range)
      output[row &+ 1] = scales.scale(row &+ 1).output(four.sum1, range)
      output[row &+ 2] = scales.scale(row &+ 2).output(four.sum2, range)
      output[row &+ 3] = scales.scale(row &+ 3).output(four.sum3, range)
      factors += 4 &* count
      row &+= 4
    }
    while row < rows {
      let next = row &+ 1 < rows ? row &+ 1 : row
      let sums = twoSums(factors, factors + (next &- row) &* count)
      output[row] = scales.scale(row).output(sums.0 &+ (bias?[row] ?? 0), range)
      output[next] = scales.scale(next).output(
        (next == row ? sums.0 : sums.1) &+ (bias?[next] ?? 0), range)
      factors += 2 &* count
      row &+= 2
    }
  }

  @inline(__always)
  private func multiply(_ rows: inout kernel_vec_mat_mult) {
    if count >= 4 {
      kernel_vec_mat_mult_t(&rows, Int32(truncatingIfNeeded: count &>> 2), halves(offset))
    }
    for index in 0..<(count & 3) {
      let value = Int32(rows.vector[index]) &+ offset
      rows.sum0 &+= value &* Int32(rows.row0[index])
      rows.sum1 &+= value &* Int32(rows.row1[index])
      rows.sum2 &+= value &* Int32(rows.row2[index])
      rows.sum3 &+= value &* Int32(rows.row3[index])
    }
  }

  /// Sums of two rows, for the last ones.
  @inline(never)
  private func twoSums(
    _ row0: UnsafePointer<Int8>, _ row1: UnsafePointer<Int8>
  ) -> (Int32, Int32) {
    let offsets = halves(offset)
    var sums: (Int32, Int32) = (0, 0)
    var index = 0
    while index &+ 4 <= count {
      let (four, four0, four1) = (word(vector + index), word(row0 + index), word(row1 + index))
      let even = kernel_sxtab16(offsets, four)
      let odd = kernel_sxtab16_ror8(offsets, four)
      sums.0 = kernel_smlad(even, kernel_sxtb16(four0), sums.0)
      sums.0 = kernel_smlad(odd, kernel_sxtb16_ror8(four0), sums.0)
      sums.1 = kernel_smlad(even, kernel_sxtb16(four1), sums.1)
      sums.1 = kernel_smlad(odd, kernel_sxtb16_ror8(four1), sums.1)
      index &+= 4
    }
    while index < count {
      let value = Int32(vector[index]) &+ offset
      sums.0 &+= value &* Int32(row0[index])
      sums.1 &+= value &* Int32(row1[index])
      index &+= 1
    }
    return sums
  }
}
