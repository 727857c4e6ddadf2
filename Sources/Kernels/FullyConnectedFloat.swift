/// fp32 FULLY_CONNECTED.
///
/// `input` [N, inputCount], `weights` [outputCount, inputCount], `bias` [outputCount], `output`
/// [N, outputCount]. Products and sums are rounded separately, so host and firmware give the same
/// bits.
public func fullyConnectedFloat(
  _ p: FullyConnectedParameters, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
  bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
) {
  let count = Int(p.inputCount)
  let rows = Int(p.outputCount)
  for batch in 0..<Int(p.batches) {
    let vector = input + batch &* count
    let out = output + batch &* rows
    for row in 0..<rows {
      let factors = weights + row &* count
      var sum: Float = 0
      for index in 0..<count { sum += vector[index] * factors[index] }
      out[row] = clamped(sum + (bias.map { $0[row] } ?? 0), p.floatMin, p.floatMax)
    }
  }
}
