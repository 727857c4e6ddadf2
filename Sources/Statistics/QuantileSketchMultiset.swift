import Quantiles

extension Multiset {
  /// The samples of a sketch, for the estimators of this room; those of a sketch that is no longer
  /// exact are within its relative accuracy.
  public init(_ sketch: QuantileSketch) {
    let pairs = sketch.pairs
    var before: UInt64 = 0
    // The sketch has already ordered its values, refused what is not finite and bounded the total.
    self.init(
      sortedValues: pairs.map(\.value), counts: pairs.map(\.count),
      cumulative: pairs.map { pair in
        before += pair.count
        return before
      })
  }
}
