import Kernels

extension Check {
  /// The arithmetic that all int8 kernels share.
  mutating func requantizationFamilies() {
    family("requantize", seed: 10, cases: 200) { check in
      for _ in 0..<20 {
        let shift = check.operands.random.int(-31...8)
        let bits = UInt32(check.operands.random.int(0...31 - max(shift, 0)))
        // As many bits as may be shifted to the left.
        let value = Int32(bitPattern: check.operands.random.word()) >> (31 - Int32(bits))
        let multiplier = check.operands.random.int(0...(.max - 1))
        check.take(requantize(value, multiplier: multiplier, shift: shift))
      }
    }
    family("quantizedMultiplier", seed: 11, cases: 200) { check in
      let scale = Double(check.operands.random.scale(-40...32))
      let fine = 1 + Double(check.operands.random.word()) * 0x1p-50
      let (multiplier, shift) = quantizedMultiplier(of: scale * fine)
      check.take(multiplier)
      check.take(shift)
    }
  }
}

extension Random {
  /// A scale and a zero point.
  mutating func affine(_ exponents: ClosedRange<Int32> = -10 ... -1) -> AffineInt8 {
    AffineInt8(scale: scale(exponents), zeroPoint: int(-128...127))
  }

  mutating func range() -> Int8Range {
    once(in: 2) ? Int8Range() : Int8Range(lowest: int(-128...0), highest: int(0...127))
  }

  mutating func floatRange() -> FloatRange {
    once(in: 2) ? FloatRange() : FloatRange(lowest: 0, highest: once(in: 2) ? 6 : 0.5)
  }

  /// Sizes of up to six dimensions, at most 729 elements.
  mutating func shape(_ rank: ClosedRange<Int32> = 0...6) -> [Int] {
    let count = Int(int(rank))
    let most: Int32 = count > 4 ? 3 : 5
    var sizes: [Int] = []
    for _ in 0..<count { sizes.append(Int(int(1...most))) }
    return sizes
  }
}

/// Number of elements.
func elements(_ shape: [Int]) -> Int32 {
  var product = 1
  for size in shape { product *= size }
  return Int32(product)
}
