/// Sums and products of sizes that a file states, so that they may be anything.
package enum CheckedArithmetic {
  /// The product; nil where a factor is negative or it overflows. 1 without factors.
  package static func product(_ factors: [Int]) -> Int? {
    var result = 1
    // A zero factor makes the product 0 whatever the others are.
    if factors.contains(0) { return factors.contains { $0 < 0 } ? nil : 0 }
    for factor in factors {
      let (next, overflows) = result.multipliedReportingOverflow(by: factor)
      guard factor > 0, !overflows else { return nil }
      result = next
    }
    return result
  }

  /// The sum of numbers that are not negative; nil where it overflows.
  package static func sum(_ terms: [Int]) -> Int? {
    var result = 0
    for term in terms {
      let (next, overflows) = result.addingReportingOverflow(term)
      if overflows { return nil }
      result = next
    }
    return result
  }
}
