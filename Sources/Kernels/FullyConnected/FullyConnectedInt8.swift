/// int8 FULLY_CONNECTED with one scale for all weights, whose zero point is 0.
///
/// `input` [N, inputCount], `weights` [outputCount, inputCount], `bias` [outputCount], `output`
/// [N, outputCount]. The result has the bits of TensorFlow Lite for Microcontrollers.
public func fullyConnectedInt8(
  _ p: FullyConnectedParameters, input: UnsafePointer<Int8>, weights: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, output: UnsafeMutablePointer<Int8>
) {
  if hasDSP {
    dspFullyConnectedInt8(
      p, input: input, weights: weights, bias: bias, multipliers: nil, shifts: nil, output: output)
  } else {
    portableFullyConnectedInt8(
      p, input: input, weights: weights, bias: bias, multipliers: nil, shifts: nil, output: output)
  }
}

/// int8 FULLY_CONNECTED with a scale for each row of weights: `multipliers` and `shifts`
/// [outputCount] take the place of those in `p`.
public func fullyConnectedPerChannelInt8(
  _ p: FullyConnectedParameters, input: UnsafePointer<Int8>, weights: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
  output: UnsafeMutablePointer<Int8>
) {
  if hasDSP {
    dspFullyConnectedInt8(
      p, input: input, weights: weights, bias: bias, multipliers: multipliers, shifts: shifts,
      output: output)
  } else {
    portableFullyConnectedInt8(
      p, input: input, weights: weights, bias: bias, multipliers: multipliers, shifts: shifts,
      output: output)
  }
}

/// The matrix product in plain arithmetic; the scale of `p` where there are none by row.
func portableFullyConnectedInt8(
  _ p: FullyConnectedParameters, input: UnsafePointer<Int8>, weights: UnsafePointer<Int8>,
  bias: UnsafePointer<Int32>?, multipliers: UnsafePointer<Int32>?,
  shifts: UnsafePointer<Int32>?, output: UnsafeMutablePointer<Int8>
) {
  let count = Int(p.inputCount)
  let rows = Int(p.outputCount)
  for batch in 0..<Int(p.batches) {
    let vector = input + batch &* count
    let out = output + batch &* rows
    for row in 0..<rows {
      let factors = weights + row &* count
      var sum: Int32 = bias.map { $0[row] } ?? 0
      for index in 0..<count {
        sum &+= (Int32(vector[index]) &+ p.inputOffset) &* Int32(factors[index])
      }
      out[row] = requantizedOutput(
        sum, multiplier: multipliers.map { $0[row] } ?? p.multiplier,
        shift: shifts.map { $0[row] } ?? p.shift, offset: p.outputOffset, min: p.activationMin,
        max: p.activationMax)
    }
  }
}
