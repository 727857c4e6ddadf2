import CKernelIntrinsics

/// The rows of a weight matrix times three columns of `Im2Col`, as CMSIS-NN's
/// `arm_nn_mat_mult_kernel_s8_s16` multiplies two.
///
/// Six sums for two rows and three columns stay in registers: 24 MAC for 2 + 6 loads, 4 SXTB16 and
/// 12 SMLAD.
struct MatMultKernel {
  /// Pixels at once: more would not fit the registers.
  static var pixels: Int { 3 }

  /// [channels, count].
  var filter: UnsafePointer<Int8>
  var count: Int
  var bias: UnsafePointer<Int32>?
  var multipliers: UnsafePointer<Int32>
  var shifts: UnsafePointer<Int32>
  var channels: Int
  var columns: UnsafePointer<UInt32>
  var range: OutputRange

  /// Writes all channels of the first `pixels` (1 ... 3) columns; pixels are `stride` apart.
  ///
  /// Bounds: rows are read word by word up to the last whole one, the rest byte by byte.
  @inline(never)
  func write(_ output: UnsafeMutablePointer<Int8>, stride: Int, pixels: Int) {
    var out0 = output
    var out1 = pixels > 1 ? output + stride : output
    var out2 = pixels > 2 ? out1 + stride : out1
    var weights = filter
    var channel = 0
    while channel &+ 1 < channels {
      let sums = twoRows(weights, bias?[channel] ?? 0, bias?[channel &+ 1] ?? 0)
      weights += count &* 2
      let first = DSPRequantizer(multiplier: multipliers[channel], shift: shifts[channel])
      // The last pixel first: one that is not there is overwritten by the one before it.
      out2[0] = first.output(sums.row0.2, range)
      out1[0] = first.output(sums.row0.1, range)
      out0[0] = first.output(sums.row0.0, range)
      let second = DSPRequantizer(
        multiplier: multipliers[channel &+ 1], shift: shifts[channel &+ 1])
      out2[1] = second.output(sums.row1.2, range)
      out1[1] = second.output(sums.row1.1, range)
      out0[1] = second.output(sums.row1.0, range)
      out0 += 2
      out1 += 2
      out2 += 2
      channel &+= 2
    }
    if channel < channels {
      let sums = oneRow(weights, bias?[channel] ?? 0)
      let last = DSPRequantizer(multiplier: multipliers[channel], shift: shifts[channel])
      out2[0] = last.output(sums.2, range)
      out1[0] = last.output(sums.1, range)
      out0[0] = last.output(sums.0, range)
    }
  }

  private typealias Sums = (Int32, Int32, Int32)

  @inline(__always)
  private func twoRows(
    _ weights: UnsafePointer<Int8>, _ bias0: Int32, _ bias1: Int32
  ) -> (row0: Sums, row1: Sums) {
    var tile = kernel_tile(
      row0: weights, row1: weights + count, columns: columns, sum00: bias0, sum01: bias0,
      sum02: bias0, sum10: bias1, sum11: bias1, sum12: bias1)
    let end = weights + (count & ~3)
    let unrolled = weights + (count & ~7)
    while tile.row0 < unrolled {
      kernel_multiply_tile(&tile)
      kernel_multiply_tile(&tile)
    }
    if tile.row0 < end { kernel_multiply_tile(&tile) }
    var sums = (
      row0: (tile.sum00, tile.sum01, tile.sum02), row1: (tile.sum10, tile.sum11, tile.sum12)
    )
    let rest = count & 3
    if rest > 0 {
      multiply(partialWord(tile.row0, rest), tile.columns, &sums.row0)
      multiply(partialWord(tile.row1, rest), tile.columns, &sums.row1)
    }
    return sums
  }

  @inline(__always)
  private func oneRow(_ weights: UnsafePointer<Int8>, _ bias: Int32) -> Sums {
    var sums = (bias, bias, bias)
    var row = weights
    var column = columns
    let end = weights + (count & ~3)
    while row < end {
      multiply(word(row), column, &sums)
      row += 4
      column += 6
    }
    let rest = count & 3
    if rest > 0 { multiply(partialWord(row, rest), column, &sums) }
    return sums
  }

  @inline(__always)
  private func multiply(_ four: UInt32, _ column: UnsafePointer<UInt32>, _ sums: inout Sums) {
    let even = kernel_sxtb16(four)
    let odd = kernel_sxtb16_ror8(four)
    sums.0 = kernel_smlad(odd, column[3], kernel_smlad(even, column[0], sums.0))
    sums.1 = kernel_smlad(odd, column[4], kernel_smlad(even, column[1], sums.1))
    sums.2 = kernel_smlad(odd, column[5], kernel_smlad(even, column[2], sums.2))
  }
}
