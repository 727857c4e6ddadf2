import TestSupport
import Testing

@testable import Kernels

/// Optional constants as a pointer for the time of the call.
func withOptionalPointer<Result>(
  _ values: [Int32]?, _ body: (UnsafePointer<Int32>?) -> Result
) -> Result {
  guard let values else { return body(nil) }
  return values.withUnsafeBufferPointer { body($0.baseAddress) }
}

/// Scratch memory of just the promised size, filled with what a wrong read would show.
func withScratch<Result>(
  bytes: Int, _ body: (UnsafeMutablePointer<Int16>) -> Result
) -> Result {
  let count = bytes / 2
  let memory = UnsafeMutablePointer<Int16>.allocate(capacity: count + 8)
  defer { memory.deallocate() }
  memory.initialize(repeating: 0x5a5a, count: count + 8)
  defer {
    let behind = UnsafeBufferPointer(start: memory + count, count: 8)
    #expect(behind.allSatisfy { $0 == 0x5a5a }, "writes past its scratch")
  }
  return body(memory)
}

private func run(_ c: ConvolutionCase, dsp: Bool?) -> [Int8] {
  var output = [Int8](repeating: 99, count: c.outputCount)
  withOptionalPointer(c.bias) { bias in
    withScratch(bytes: convolutionInt8ScratchBytes(c.p)) { scratch in
      switch dsp {
      case nil:
        convolutionInt8(
          c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
          shifts: c.shifts, scratch: scratch, output: &output)
      case true?:
        dspConvolutionInt8(
          c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
          shifts: c.shifts, scratch: scratch, output: &output)
      case false?:
        portableConvolutionInt8(
          c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
          shifts: c.shifts, output: &output)
      }
    }
  }
  return output
}

@Test(arguments: [false, true]) func convolutionIsTheDefinition(extreme: Bool) {
  var random = SplitMix(extreme ? 11 : 10)
  for number in 0..<400 {
    let c = ConvolutionCase(&random, depthwise: false, extreme: extreme)
    let expected = c.expected(depthwise: false)
    for dsp in [nil, true, false] {
      #expect(
        run(c, dsp: dsp) == expected, "case \(number), DSP \(String(describing: dsp)): \(c.p)")
    }
  }
}
