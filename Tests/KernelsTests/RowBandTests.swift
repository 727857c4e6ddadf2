import TestSupport
import Testing

@testable import Kernels

/// The part of a convolution that makes output rows `rows`: what two cores share one by.
private func band(_ p: ConvolutionParameters, rows: Range<Int32>) -> ConvolutionParameters {
  var part = p
  part.outputHeight = rows.upperBound - rows.lowerBound
  part.padTop = p.padTop - rows.lowerBound * p.strideHeight
  return part
}

/// Calls `body` with each of two bands and where its output begins.
private func forBands(
  _ p: ConvolutionParameters, at split: Int32, _ body: (ConvolutionParameters, Int) -> Void
) {
  body(band(p, rows: 0..<split), 0)
  body(band(p, rows: split..<p.outputHeight), Int(split * p.outputWidth * p.outputDepth))
}

/// A case of one image with at least two rows of output; half of them without padding, as 1 x 1
/// convolutions are, whose bands begin below the top.
private func bandedCase(_ random: inout SplitMix, depthwise: Bool) -> ConvolutionCase {
  while true {
    let c = ConvolutionCase(&random, depthwise: depthwise, extreme: false)
    if c.p.batches == 1 && c.p.outputHeight > 1 { return c }
  }
}

@Test(arguments: [false, true]) func bandsOfInt8RowsHaveTheBitsOfTheWhole(depthwise: Bool) {
  var random = SplitMix(depthwise ? 71 : 70)
  for number in 0..<300 {
    let c = bandedCase(&random, depthwise: depthwise)
    // Scratch memory of the whole is enough for a band.
    let bytes =
      depthwise ? depthwiseConvolutionInt8ScratchBytes(c.p) : convolutionInt8ScratchBytes(c.p)
    var output = [Int8](repeating: 99, count: c.outputCount)
    let split = Int32(random.int(1...Int(c.p.outputHeight) - 1))
    output.withUnsafeMutableBufferPointer { output in
      guard let start = output.baseAddress else { return }
      forBands(c.p, at: split) { part, offset in
        withOptionalPointer(c.bias) { bias in
          withScratch(bytes: bytes) { scratch in
            let kernel =
              !depthwise
              ? dspConvolutionInt8
              : part.filterDepth == 1
                ? dspDepthwiseConvolutionInt8
                : { p, input, filter, bias, multipliers, shifts, _, output in
                  portableDepthwiseConvolutionInt8(
                    p, input: input, filter: filter, bias: bias, multipliers: multipliers,
                    shifts: shifts, output: output)
                }
            kernel(
              part, c.input, c.filter, bias, c.multipliers, c.shifts, scratch, start + offset)
          }
        }
      }
    }
    #expect(
      output == c.expected(depthwise: depthwise), "case \(number), split at \(split): \(c.p)")
  }
}

@Test(arguments: [false, true]) func bandsOfFloatRowsHaveTheBitsOfTheWhole(depthwise: Bool) {
  var random = SplitMix(depthwise ? 73 : 72)
  for number in 0..<200 {
    let c = bandedCase(&random, depthwise: depthwise)
    let input = random.floats(c.inputCount)
    let filter = random.floats(c.filter.count)
    let kernel = depthwise ? depthwiseConvolutionFloat : convolutionFloat
    var whole = [Float](repeating: 99, count: c.outputCount)
    kernel(c.p, input, filter, nil, &whole)
    var output = [Float](repeating: 99, count: c.outputCount)
    let split = Int32(random.int(1...Int(c.p.outputHeight) - 1))
    output.withUnsafeMutableBufferPointer { output in
      guard let start = output.baseAddress else { return }
      forBands(c.p, at: split) { part, offset in
        kernel(part, input, filter, nil, start + offset)
      }
    }
    #expect(
      output.map(\.bitPattern) == whole.map(\.bitPattern),
      "case \(number), split at \(split): \(c.p)")
  }
}
