/// fp32 FULLY_CONNECTED.
///
/// `input` [N, inputCount], `weights` [outputCount, inputCount], `bias` [outputCount], `output`
/// [N, outputCount]. Sums are those of `convolutionFloat`, so host and firmware give the same bits.
///
/// Bounds: vectors and rows are inputCount elements, read in one run.
public func fullyConnectedFloat(
  _ p: FullyConnectedParameters, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
  bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
) {
  let count = Int(p.inputCount)
  let batches = Int(p.batches)
  let rows = VecMatMultTFloat(
    weights: weights, rowSize: count, bias: bias, count: Int(p.outputCount),
    stride: Int(p.outputCount), min: p.floatMin, max: p.floatMax)
  let runs = WindowRuns(length: count)
  var batch = 0
  while batch &+ 1 < batches {
    rows.writePair(input + batch &* count, count, runs, output + batch &* rows.stride)
    batch &+= 2
  }
  if batch < batches {
    rows.writeOne(input + batch &* count, runs, output + batch &* rows.stride)
  }
}
