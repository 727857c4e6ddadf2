import TestSupport
import Testing

@testable import Kernels

private func run(_ c: ConvolutionCase, dsp: Bool?) -> [Int8] {
  var output = [Int8](repeating: 99, count: c.outputCount)
  withOptionalPointer(c.bias) { bias in
    withScratch(bytes: depthwiseConvolutionInt8ScratchBytes(c.p)) { scratch in
      switch dsp {
      case nil:
        depthwiseConvolutionInt8(
          c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
          shifts: c.shifts, scratch: scratch, output: &output)
      case true?:
        dspDepthwiseConvolutionInt8(
          c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
          shifts: c.shifts, scratch: scratch, output: &output)
      case false?:
        portableDepthwiseConvolutionInt8(
          c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
          shifts: c.shifts, output: &output)
      }
    }
  }
  return output
}

@Test(arguments: [false, true]) func depthwiseConvolutionIsTheDefinition(extreme: Bool) {
  var random = SplitMix(extreme ? 21 : 20)
  for number in 0..<400 {
    let c = ConvolutionCase(&random, depthwise: true, extreme: extreme)
    let expected = c.expected(depthwise: true)
    let paths: [Bool?] = c.p.filterDepth == 1 ? [nil, true, false] : [nil, false]
    for dsp in paths {
      #expect(
        run(c, dsp: dsp) == expected, "case \(number), DSP \(String(describing: dsp)): \(c.p)")
    }
  }
}
