import TestSupport
import Testing

@testable import Kernels

private struct Case {
  var p = FullyConnectedParameters()
  var input: [Int8]
  var weights: [Int8]
  var bias: [Int32]
  var multipliers: [Int32]
  var shifts: [Int32]

  init(_ random: inout SplitMix, extreme: Bool) {
    p.batches = Int32(random.int(1...5))
    p.inputCount = Int32(random.int(1...70))
    p.outputCount = Int32(random.int(1...12))
    p.inputOffset = extreme ? [-127, 128][random.int(0...1)] : Int32(random.int(-127...128))
    p.outputOffset = extreme ? [-128, 127][random.int(0...1)] : Int32(random.int(-128...127))
    p.multiplier = Int32(random.int(1 << 30...(1 << 31) - 1))
    p.shift = Int32(random.int(-13...1))
    if random.int(0...1) == 0 {
      p.activationMin = Int32(random.int(-128...0))
      p.activationMax = Int32(random.int(0...127))
    }
    let rows = Int(p.outputCount)
    input = random.bytes(Int(p.batches * p.inputCount), extreme: extreme)
    weights = random.bytes(Int(p.inputCount) * rows, extreme: extreme)
    bias = (0..<rows).map { _ in Int32(random.int(-100_000...100_000)) }
    multipliers = (0..<rows).map { _ in Int32(random.int(1 << 30...(1 << 31) - 1)) }
    shifts = (0..<rows).map { _ in Int32(random.int(-13...1)) }
  }

  func expected(perChannel: Bool, bias: [Int32]?) -> [Int8] {
    (0..<Int(p.batches * p.outputCount)).map { place in
      let (batch, row) = place.quotientAndRemainder(dividingBy: Int(p.outputCount))
      var sum = Int64(bias?[row] ?? 0)
      for index in 0..<Int(p.inputCount) {
        let value = Int64(input[batch * Int(p.inputCount) + index]) + Int64(p.inputOffset)
        sum += value * Int64(weights[row * Int(p.inputCount) + index])
      }
      let scaled = exactRequantization(
        sum, multiplier: perChannel ? multipliers[row] : p.multiplier,
        shift: perChannel ? shifts[row] : p.shift)
      let bounded = max(scaled + Int64(p.outputOffset), Int64(p.activationMin))
      return Int8(min(bounded, Int64(p.activationMax)))
    }
  }
}

@Test(arguments: [false, true]) func fullyConnectedIsTheDefinition(extreme: Bool) {
  var random = SplitMix(extreme ? 41 : 40)
  for number in 0..<400 {
    let c = Case(&random, extreme: extreme)
    var output = [Int8](repeating: 99, count: Int(c.p.batches * c.p.outputCount))
    fullyConnectedInt8(c.p, input: c.input, weights: c.weights, bias: c.bias, output: &output)
    #expect(output == c.expected(perChannel: false, bias: c.bias), "case \(number): \(c.p)")
    fullyConnectedInt8(c.p, input: c.input, weights: c.weights, bias: nil, output: &output)
    #expect(output == c.expected(perChannel: false, bias: nil), "case \(number): \(c.p)")
    fullyConnectedPerChannelInt8(
      c.p, input: c.input, weights: c.weights, bias: c.bias, multipliers: c.multipliers,
      shifts: c.shifts, output: &output)
    #expect(output == c.expected(perChannel: true, bias: c.bias), "case \(number): \(c.p)")
    for kernel in [portableFullyConnectedInt8, dspFullyConnectedInt8] {
      kernel(c.p, c.input, c.weights, c.bias, nil, nil, &output)
      #expect(output == c.expected(perChannel: false, bias: c.bias), "case \(number): \(c.p)")
      kernel(c.p, c.input, c.weights, nil, c.multipliers, c.shifts, &output)
      #expect(output == c.expected(perChannel: true, bias: nil), "case \(number): \(c.p)")
    }
  }
}

@Test func fullyConnectedFloatIsTheDefinition() {
  var random = SplitMix(50)
  for number in 0..<400 {
    let c = Case(&random, extreme: false)
    var p = c.p
    if number % 2 == 0 { (p.floatMin, p.floatMax) = (0, 6) }
    let input = random.floats(c.input.count)
    let weights = random.floats(c.weights.count)
    let bias = random.floats(c.bias.count)
    var output = [Float](repeating: .nan, count: Int(p.batches * p.outputCount))
    fullyConnectedFloat(p, input: input, weights: weights, bias: bias, output: &output)
    for (place, found) in output.enumerated() {
      let (batch, row) = place.quotientAndRemainder(dividingBy: Int(p.outputCount))
      let terms = (0..<Int(p.inputCount)).map {
        Double(input[batch * Int(p.inputCount) + $0])
          * Double(weights[row * Int(p.inputCount) + $0])
      }
      let exact = terms.reduce(Double(bias[row]), +)
      let bounded = min(max(exact, Double(p.floatMin)), Double(p.floatMax))
      let size = terms.reduce(abs(Double(bias[row]))) { $0 + abs($1) }
      let error = 2 * Double(terms.count + 2) * 0x1p-24 * size
      #expect(abs(Double(found) - bounded) <= error, "case \(number): \(p)")
    }
  }
}
