import Core

/// fp32 CONV_2D, grouped or not.
///
/// `input` [N, H, W, C], `filter` [outputs, H, W, filterDepth], `bias` [outputs], `output`
/// [N, H, W, outputs]. Each result is a sum in the order of the weights, then the bias; products
/// and sums are rounded separately, never fused (VMUL and VADD of different sums overlap on the
/// Cortex-M33, VFMA does not), so host and firmware give the same bits.
///
/// Bounds: as in `portableConvolutionInt8`.
public func convolutionFloat(
  _ p: ConvolutionParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
  bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
) {
  var p = p
  var source = input
  if let start = ConvolutionShape(p).pointwiseStart(batches: p.batches) {
    // Each pixel by itself: one long row, of which nearly all come in pairs.
    source += start
    p.outputWidth = p.outputHeight &* p.outputWidth
    (p.inputHeight, p.inputWidth) = (1, p.outputWidth)
    (p.outputHeight, p.padTop) = (1, 0)
  }
  let shape = ConvolutionShape(p)
  let channels = shape.filtersPerGroup
  let width = Int(p.outputWidth)
  let inner = shape.innerColumns(width)
  let step = shape.strideWidth &* shape.inputDepth
  var first = 0
  while first < shape.outputDepth {
    let rows = VecMatMultTFloat(
      weights: filter + first &* shape.filterSize, rowSize: shape.filterSize,
      bias: bias.map { $0 + first }, count: channels, stride: shape.outputDepth, min: p.floatMin,
      max: p.floatMax)
    var image = source
    var out = output + first
    for _ in 0..<Int(p.batches) {
      for y in 0..<Int(p.outputHeight) {
        let window = shape.rows(y)
        var x = 0
        while x < width {
          let runs = WindowRuns(shape, rows: window, columns: shape.columns(x))
          if x >= inner.first && x &+ 1 < inner.end {
            rows.writePair(image + runs.source, step, runs, out)
            out += 2 &* shape.outputDepth
            x &+= 2
          } else {
            rows.writeOne(image + runs.source, runs, out)
            out += shape.outputDepth
            x &+= 1
          }
        }
      }
      image += shape.imageSize
    }
    source += shape.filterDepth
    first &+= channels
  }
}

/// `value` within the fused activation; not a number stays what it is.
@inline(__always)
func clamped(_ value: Float, _ min: Float, _ max: Float) -> Float {
  let bounded = value < min ? min : value
  return bounded > max ? max : bounded
}
