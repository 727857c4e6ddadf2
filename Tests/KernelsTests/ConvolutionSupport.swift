import Kernels
import TestSupport

extension SplitMix {
  mutating func bytes(_ count: Int, extreme: Bool) -> [Int8] {
    let ends: [Int8] = [-128, 127, -128]
    return (0..<count).map { _ in
      extreme ? ends[int(0...2)] : Int8.random(in: -128...127, using: &self)
    }
  }
}

/// What requantization is by definition, in exact fractions: the product rounded half upwards to a
/// multiple of 2^31, then that rounded half away from zero to a multiple of the right shift.
func exactRequantization(_ value: Int64, multiplier: Int32, shift: Int32) -> Int64 {
  let left = shift > 0 ? Int128(1) << Int128(shift) : 1
  let shifted = Int128(Int32(truncatingIfNeeded: Int128(value) * left))
  let twice = 2 * shifted * Int128(multiplier) + (1 << 31)
  let (quotient, remainder) = twice.quotientAndRemainder(dividingBy: 1 << 32)
  let high = remainder < 0 ? quotient - 1 : quotient
  guard shift < 0 else { return Int64(high) }
  let divisor = Int128(1) << Int128(-shift)
  let magnitude = (2 * high.magnitude + UInt128(divisor)) / UInt128(2 * divisor)
  return high < 0 ? -Int64(magnitude) : Int64(magnitude)
}

/// One of each random attributes, with data to match.
struct ConvolutionCase {
  var p = ConvolutionParameters()
  var input: [Int8] = []
  var filter: [Int8] = []
  var bias: [Int32]?
  var multipliers: [Int32] = []
  var shifts: [Int32] = []

  var inputCount: Int { Int(p.batches * p.inputHeight * p.inputWidth * p.inputDepth) }
  var outputCount: Int { Int(p.batches * p.outputHeight * p.outputWidth * p.outputDepth) }

  /// Sizes and attributes; the filter's elements are filterHeight x filterWidth x `filterDepth` of
  /// the parameters (depthwise: the depth multiplier), its outputs `p.outputDepth`.
  init(_ random: inout SplitMix, depthwise: Bool, extreme: Bool) {
    p.batches = Int32(random.int(1...2))
    p.inputHeight = Int32(random.int(1...9))
    p.inputWidth = Int32(random.int(1...9))
    p.filterHeight = Int32(random.int(1...4))
    p.filterWidth = Int32(random.int(1...4))
    if random.int(0...2) == 0 { (p.filterHeight, p.filterWidth) = (1, 1) }
    if random.int(0...2) == 0 { (p.filterHeight, p.filterWidth) = (3, 3) }
    p.strideHeight = Int32(random.int(1...3))
    p.strideWidth = Int32(random.int(1...3))
    if random.int(0...1) == 0 { (p.strideHeight, p.strideWidth) = (1, 1) }
    if random.int(0...3) == 0 {
      p.dilationHeight = Int32(random.int(1...3))
      p.dilationWidth = Int32(random.int(1...3))
    }
    if random.int(0...2) > 0 {
      p.padTop = Int32(random.int(0...4))
      p.padLeft = Int32(random.int(0...4))
    }
    // Windows may lie wholly in the padding.
    p.outputHeight = Int32(random.int(1...7))
    p.outputWidth = Int32(random.int(1...7))
    if p.filterHeight == 1 && random.int(0...2) == 0 {
      (p.strideHeight, p.strideWidth, p.padTop, p.padLeft) = (1, 1, 0, 0)
      (p.outputHeight, p.outputWidth) = (p.inputHeight, p.inputWidth)
    }
    if depthwise {
      p.inputDepth = Int32(random.int(1...10))
      p.filterDepth = random.int(0...2) == 0 ? Int32(random.int(1...4)) : 1
      p.outputDepth = p.inputDepth * p.filterDepth
    } else {
      let groups = random.int(0...2) == 0 ? Int32(random.int(1...4)) : 1
      p.filterDepth = Int32(random.int(1...18))
      p.inputDepth = p.filterDepth * groups
      p.outputDepth = groups * Int32(random.int(1...6))
    }
    p.inputOffset = extreme ? [-127, 128][random.int(0...1)] : Int32(random.int(-127...128))
    p.outputOffset = extreme ? [-128, 127][random.int(0...1)] : Int32(random.int(-128...127))
    if random.int(0...1) == 0 {
      p.activationMin = Int32(random.int(-128...0))
      p.activationMax = Int32(random.int(0...127))
    }
    input = random.bytes(inputCount, extreme: extreme)
    let perOutput = p.filterHeight * p.filterWidth * (depthwise ? 1 : p.filterDepth)
    filter = random.bytes(Int(perOutput * p.outputDepth), extreme: extreme)
    let outputs = Int(p.outputDepth)
    if random.int(0...3) > 0 {
      bias = (0..<outputs).map { _ in Int32(random.int(-200_000...200_000)) }
    }
    multipliers = (0..<outputs).map { _ in
      random.int(0...19) == 0 ? 0 : Int32(random.int(1 << 30...(1 << 31) - 1))
    }
    shifts = (0..<outputs).map { _ in Int32(random.int(-12 ... -4)) }
    if random.int(0...3) == 0 {
      shifts = (0..<outputs).map { _ in Int32(random.int(-31...2)) }
    }
  }

  /// Sums the products for one output by the definition: over all taps whose place is inside.
  func sum<Number: Numeric>(
    at place: (batch: Int, y: Int, x: Int, channel: Int), depthwise: Bool, zero: Number,
    product: (_ input: Int, _ filter: Int) -> Number
  ) -> Number {
    let (depth, outputs) = (Int(p.inputDepth), Int(p.outputDepth))
    let perGroup = depthwise ? 1 : Int(p.filterDepth)
    let outputsPerGroup = outputs / (depth / perGroup)
    let firstChannel = place.channel / outputsPerGroup * perGroup
    var sum = zero
    for tapY in 0..<Int(p.filterHeight) {
      for tapX in 0..<Int(p.filterWidth) {
        let y = place.y * Int(p.strideHeight) - Int(p.padTop) + tapY * Int(p.dilationHeight)
        let x = place.x * Int(p.strideWidth) - Int(p.padLeft) + tapX * Int(p.dilationWidth)
        guard (0..<Int(p.inputHeight)).contains(y), (0..<Int(p.inputWidth)).contains(x) else {
          continue
        }
        let pixel = (place.batch * Int(p.inputHeight) + y) * Int(p.inputWidth) + x
        let tap = tapY * Int(p.filterWidth) + tapX
        for index in 0..<perGroup {
          let taps = Int(p.filterHeight * p.filterWidth)
          let filter =
            depthwise
            ? tap * outputs + place.channel
            : (place.channel * taps + tap) * perGroup + index
          sum += product(pixel * depth + firstChannel + index, filter)
        }
      }
    }
    return sum
  }

  /// All places of the output in the order of memory.
  var places: [(batch: Int, y: Int, x: Int, channel: Int)] {
    var all: [(batch: Int, y: Int, x: Int, channel: Int)] = []
    for batch in 0..<Int(p.batches) {
      for y in 0..<Int(p.outputHeight) {
        for x in 0..<Int(p.outputWidth) {
          for channel in 0..<Int(p.outputDepth) { all.append((batch, y, x, channel)) }
        }
      }
    }
    return all
  }

  /// The int8 result by the definition.
  func expected(depthwise: Bool) -> [Int8] {
    places.map { place in
      let sum = sum(at: place, depthwise: depthwise, zero: Int64(0)) {
        (Int64(input[$0]) + Int64(p.inputOffset)) * Int64(filter[$1])
      }
      let scaled = exactRequantization(
        sum + Int64(bias?[place.channel] ?? 0), multiplier: multipliers[place.channel],
        shift: shifts[place.channel])
      let bounded = max(scaled + Int64(p.outputOffset), Int64(p.activationMin))
      return Int8(min(bounded, Int64(p.activationMax)))
    }
  }
}
