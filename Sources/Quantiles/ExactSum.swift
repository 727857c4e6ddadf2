/// A sum of products of whole numbers, exact, or known to have exceeded 128 bits.
struct ExactSum: Sendable, Hashable, Codable {
  private(set) var total = Int128()
  private(set) var hasOverflowed = false

  /// Nil where it exceeded 128 bits.
  var value: Int128? { hasOverflowed ? nil : total }

  mutating func add(_ value: Int128, times factor: Int128 = 1) {
    let (product, isTooLarge) = value.multipliedReportingOverflow(by: factor)
    let (sum, overflow) = total.addingReportingOverflow(product)
    total = sum
    if isTooLarge || overflow { hasOverflowed = true }
  }

  mutating func add(_ other: ExactSum, times factor: Int128 = 1) {
    add(other.total, times: factor)
    if other.hasOverflowed { hasOverflowed = true }
  }
}

/// The sums of whole numbers and of their squares.
struct ExactMoments: Sendable, Hashable, Codable {
  private(set) var sum = ExactSum()
  private(set) var squares = ExactSum()

  mutating func add(_ value: Int128) {
    sum.add(value)
    squares.add(value, times: value)
  }

  /// Adds `other`, which `count` numbers went into, as if each of them had been greater by `shift`.
  mutating func add(_ other: ExactMoments, count: Int128, shiftedBy shift: Int128) {
    sum.add(other.sum)
    sum.add(count, times: shift)
    squares.add(other.squares)
    squares.add(other.sum, times: shift)
    squares.add(other.sum, times: shift)
    let (all, overflow) = count.multipliedReportingOverflow(by: shift)
    // Past 128 bits its square is far past them.
    squares.add(overflow ? .max : all, times: overflow ? .max : shift)
  }
}
