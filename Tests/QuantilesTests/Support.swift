/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// The quantile of plain values by its definition: linear between neighbours of the sorted list.
func quantile(_ values: [Double], _ probability: Double) -> Double {
  let sorted = values.sorted()
  let position = Double(sorted.count - 1) * probability
  let below = Int(position)
  let upper = sorted[min(below + 1, sorted.count - 1)]
  return sorted[below] + (upper - sorted[below]) * (position - Double(below))
}

func close(_ a: Double?, _ b: Double?, within relative: Double = 1e-12) -> Bool {
  guard let a, let b else { return false }
  return abs(a - b) <= relative * max(abs(a), abs(b))
}
