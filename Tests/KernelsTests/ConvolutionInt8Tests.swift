import Testing

@testable import Kernels

private func run(_ c: ConvolutionCase) -> [Int8] {
  var output = [Int8](repeating: 99, count: c.outputCount)
  var scratch = [Int32](repeating: 0, count: convolutionInt8ScratchBytes(c.p) / 4 + 1)
  scratch.withUnsafeMutableBytes { memory in
    let words = memory.bindMemory(to: Int16.self).baseAddress
    if let bias = c.bias {
      convolutionInt8(
        c.p, input: c.input, filter: c.filter, bias: bias, multipliers: c.multipliers,
        shifts: c.shifts, scratch: words, output: &output)
    } else {
      convolutionInt8(
        c.p, input: c.input, filter: c.filter, bias: nil, multipliers: c.multipliers,
        shifts: c.shifts, scratch: words, output: &output)
    }
  }
  return output
}

@Test(arguments: [false, true]) func convolutionIsTheDefinition(extreme: Bool) {
  var random = ConvolutionRandom(extreme ? 11 : 10)
  for number in 0..<400 {
    let c = ConvolutionCase(&random, depthwise: false, extreme: extreme)
    #expect(run(c) == c.expected(depthwise: false), "case \(number): \(c.p)")
  }
}
