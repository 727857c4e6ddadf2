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
  let count = Int(p.inputCount)
  let rows = Int(p.outputCount)
  let range = OutputRange(offset: p.outputOffset, min: p.activationMin, max: p.activationMax)
  for batch in 0..<Int(p.batches) {
    let vector = input + batch &* count
    let out = output + batch &* rows
    var row = 0
    while row < rows {
      let last = rows &- 1 &- row
      let factors = weights + row &* count
      let sums = fourRowSums(
        kernel_rows(
          vector: vector, row0: factors, row1: factors + (last < 1 ? last : 1) &* count,
          row2: factors + (last < 2 ? last : 2) &* count,
          row3: factors + (last < 3 ? last : 3) &* count, sum0: 0, sum1: 0, sum2: 0, sum3: 0),
        count: count, offset: p.inputOffset)
      for index in 0...(last < 3 ? last : 3) {
        let place = row &+ index
        let sum = index == 0 ? sums.0 : index == 1 ? sums.1 : index == 2 ? sums.2 : sums.3
        let scale = DSPRequantizer(
          multiplier: multipliers?[place] ?? p.multiplier, shift: shifts?[place] ?? p.shift)
        out[place] = scale.output(sum &+ (bias?[place] ?? 0), range)
      }
      row &+= 4
    }
  }
}

/// Sums of `count` products for each of four rows. Out of line, so that it has all registers.
@inline(never)
private func fourRowSums(
  _ start: kernel_rows, count: Int, offset: Int32
) -> (Int32, Int32, Int32, Int32) {
  var rows = start
  let offsets = halves(offset)
  let end = rows.vector + (count & ~3)
  let unrolled = rows.vector + (count & ~7)
  while rows.vector < unrolled {
    kernel_multiply_rows(&rows, offsets)
    kernel_multiply_rows(&rows, offsets)
  }
  if rows.vector < end { kernel_multiply_rows(&rows, offsets) }
  for index in 0..<(count & 3) {
    let value = Int32(rows.vector[index]) &+ offset
    rows.sum0 &+= value &* Int32(rows.row0[index])
    rows.sum1 &+= value &* Int32(rows.row1[index])
    rows.sum2 &+= value &* Int32(rows.row2[index])
    rows.sum3 &+= value &* Int32(rows.row3[index])
  }
  return (rows.sum0, rows.sum1, rows.sum2, rows.sum3)
}
