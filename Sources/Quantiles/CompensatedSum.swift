/// A running sum in two doubles (about 106 bits): sums of whole numbers are exact up to 2^106, and
/// those of fractions do not feel the order of their terms. Building blocks: Knuth's two-sum and
/// the fused product, as in Ogita, Rump, Oishi, "Accurate sum and dot product", SIAM J. Sci.
/// Comput. 26 (2005).
package struct CompensatedSum: Sendable, Codable {
  private var high = 0.0
  private var low = 0.0

  /// Nothing added yet.
  package init() {}

  /// The sum, rounded to a double.
  package var value: Double { high + low }

  /// Adds `value` `count` times. Counts above 2^53 are rounded to a double.
  package mutating func add(_ value: Double, count: UInt64 = 1) {
    let times = Double(count)
    let product = value * times
    // product + tail == value * times exactly, barring underflow.
    let tail = (-product).addingProduct(value, times)
    add(high: product, low: tail)
  }

  /// Adds all terms of another sum.
  package mutating func add(_ other: CompensatedSum) {
    add(high: other.high, low: other.low)
  }

  /// Whether both go on alike, which equal ones need not.
  func isIdentical(to other: CompensatedSum) -> Bool { high == other.high && low == other.low }

  private mutating func add(high otherHigh: Double, low otherLow: Double) {
    let sum = Self.twoSum(high, otherHigh)
    let tails = Self.twoSum(low, otherLow)
    let first = Self.twoSum(sum.high, sum.low + tails.high)
    let second = Self.twoSum(first.high, first.low + tails.low)
    high = second.high
    low = second.low
  }

  /// high + low == a + b exactly, high being the rounded sum.
  private static func twoSum(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let high = a + b
    let shadow = high - a
    return (high, (a - (high - shadow)) + (b - shadow))
  }
}

/// Sums are equal when they round to the same double: their tails may tell the order of the terms
/// when these span more than 106 bits.
extension CompensatedSum: Hashable {
  package static func == (left: CompensatedSum, right: CompensatedSum) -> Bool {
    left.value == right.value
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
