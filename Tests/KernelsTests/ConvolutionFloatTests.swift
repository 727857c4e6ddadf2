import TestSupport
import Testing

@testable import Kernels

/// The result and, for each element, a bound of its rounding error: with n terms at most
/// n x 2^-24 x sum |terms| (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1),
/// whatever the order of the sum; doubled for the terms of second order.
private func expected(
  _ c: ConvolutionCase, _ input: [Float], _ filter: [Float], _ bias: [Float]?, depthwise: Bool
) -> [(value: Double, error: Double)] {
  c.places.map { place in
    let sum = c.sum(at: place, depthwise: depthwise, zero: 0.0) {
      Double(input[$0]) * Double(filter[$1])
    }
    let size = c.sum(at: place, depthwise: depthwise, zero: 0.0) {
      abs(Double(input[$0]) * Double(filter[$1]))
    }
    let constant = Double(bias?[place.channel] ?? 0)
    let terms = Double(c.p.filterHeight * c.p.filterWidth * c.p.filterDepth + 2)
    let bounded = min(max(sum + constant, Double(c.p.floatMin)), Double(c.p.floatMax))
    return (bounded, 2 * terms * 0x1p-24 * (size + abs(constant)))
  }
}

@Test(arguments: [false, true]) func convolutionFloatIsTheDefinition(depthwise: Bool) {
  var random = SplitMix(depthwise ? 31 : 30)
  for number in 0..<400 {
    var c = ConvolutionCase(&random, depthwise: depthwise, extreme: false)
    if number % 2 == 0 { (c.p.floatMin, c.p.floatMax) = (0, 6) }
    let input = random.floats(c.input.count)
    let filter = random.floats(c.filter.count)
    let bias = number % 3 == 0 ? nil : random.floats(Int(c.p.outputDepth))
    var output = [Float](repeating: .nan, count: c.outputCount)
    let kernel = depthwise ? depthwiseConvolutionFloat : convolutionFloat
    if let bias {
      kernel(c.p, input, filter, bias, &output)
    } else {
      kernel(c.p, input, filter, nil, &output)
    }
    let exact = expected(c, input, filter, bias, depthwise: depthwise)
    let good = zip(output, exact).allSatisfy { abs(Double($0) - $1.value) <= $1.error }
    #expect(good, "case \(number): \(c.p)")
  }
}

@Test func convolutionFloatKeepsNotANumber() {
  var output: [Float] = [0]
  convolutionFloat(ConvolutionParameters(), input: [.nan], filter: [1], bias: nil, output: &output)
  #expect(output[0].isNaN)
}
