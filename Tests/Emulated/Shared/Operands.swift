/// Random operands of kernels in the memory of a case.
struct Operands {
  var random: Random
  var memory: Memory

  /// int8 elements anywhere in memory; at times only those where sums are largest.
  mutating func int8(_ count: Int32) -> UnsafeMutablePointer<Int8> {
    let area = memory.area(count, of: Int8.self, skew: random.int(0...3))
    let isExtreme = random.once(in: 5)
    var bits: UInt32 = 0
    for index in 0..<Int(count) {
      bits = index & 3 == 0 ? random.word() : bits >> 8
      let byte = Int8(truncatingIfNeeded: bits)
      area[index] = isExtreme ? (byte & 3 == 0 ? .max : .min) : byte
    }
    return area
  }

  /// Words within a range.
  mutating func words(_ count: Int32, _ range: ClosedRange<Int32>) -> UnsafeMutablePointer<Int32> {
    let area = memory.area(count, of: Int32.self, skew: 4 * random.int(0...3))
    for index in 0..<Int(count) { area[index] = random.int(range) }
    return area
  }

  /// Real numbers, most within -1 ... 1, the others what is special, where asked for.
  mutating func floats(
    _ count: Int32, special: Bool = false
  ) -> UnsafeMutablePointer<Float> {
    let area = memory.area(count, of: Float.self, skew: 4 * random.int(0...3))
    for index in 0..<Int(count) {
      area[index] = special && random.once(in: 12) ? specialFloat() : random.unit()
    }
    return area
  }

  private mutating func specialFloat() -> Float {
    switch random.int(0...7) {
    case 0: .infinity
    case 1: -.infinity
    case 2: .nan
    case 3: -0.0
    // The least subnormal number; `leastNonzeroMagnitude` is another one on 32-bit Arm.
    case 4: Float(bitPattern: 1)
    case 5: -.leastNormalMagnitude
    case 6: .greatestFiniteMagnitude
    default: Float(random.int(-300...300)) / 2
    }
  }
}
