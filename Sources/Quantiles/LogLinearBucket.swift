/// The buckets of the quantile sketch: every octave is cut into 1024 equal parts, so that a value
/// differs from the middle of its bucket by at most one part in 2048 of itself.
///
/// This is the logarithmic mapping of DDSketch (Masson, Rim, Lee, "DDSketch: a fast and
/// fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12, 2019) with the
/// logarithm inside an octave replaced by a straight line. It costs 44 % more buckets, and gives a
/// mapping without any rounding: the same on every machine.
struct LogLinearBucket: Hashable, Comparable, Sendable {
  static let partsPerOctave = 1024
  /// Those of all positive finite values.
  static let indices =
    LogLinearBucket(of: .leastNonzeroMagnitude)
    .index...LogLinearBucket(of: .greatestFiniteMagnitude).index

  /// octave · 1024 + part.
  let index: Int

  init(index: Int) { self.index = index }

  /// The bucket of a positive finite value, subnormal ones included.
  init(of value: Double) {
    let part = (value.significand - 1) * Double(Self.partsPerOctave)
    index = Int(value.exponent) * Self.partsPerOctave + Int(part)
  }

  static func < (left: LogLinearBucket, right: LogLinearBucket) -> Bool {
    left.index < right.index
  }

  /// The least value that may lie in the bucket.
  var low: Double {
    let part = index & (Self.partsPerOctave - 1)
    let octave = (index - part) / Self.partsPerOctave
    return Double(
      sign: .plus, exponent: octave,
      significand: 1 + Double(part) / Double(Self.partsPerOctave))
  }

  /// The middle between the least and the greatest double of the bucket.
  var middle: Double {
    let low = low
    // Past the last octave the next bucket begins at infinity; nextDown brings it back.
    let high = max(LogLinearBucket(index: index + 1).low.nextDown, low)
    return low + (high - low) / 2
  }
}
