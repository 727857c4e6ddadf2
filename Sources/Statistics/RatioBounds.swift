import Support

/// The values that a published figure may stand for: it was rounded to its last digit.
///
/// - Parameter lastDigit: the worth of one unit of the last printed digit: 0.01 for "12.34".
/// - Returns: value ± half a unit, missing when the figure or the unit makes no sense.
public func roundingBounds(
  _ value: Double, lastDigit: Double
) -> Outcome<ClosedRange<Double>> {
  let low = value - lastDigit / 2
  let high = value + lastDigit / 2
  guard lastDigit >= 0, low.isFinite, high.isFinite else {
    return .missing(reason: "a rounded figure needs a finite value and a last digit not below 0")
  }
  return .known(low...high)
}

/// All ratios that two bounded quantities allow: interval division (Moore, "Interval Analysis",
/// 1966), certain rather than confident. Missing when the denominator may be zero.
public func ratioBounds(
  numerator: ClosedRange<Double>, denominator: ClosedRange<Double>
) -> Outcome<ClosedRange<Double>> {
  guard !denominator.contains(0) else {
    return .missing(reason: "the denominator may be zero, so the ratio has no bounds")
  }
  let quotients = [
    numerator.lowerBound / denominator.lowerBound, numerator.lowerBound / denominator.upperBound,
    numerator.upperBound / denominator.lowerBound, numerator.upperBound / denominator.upperBound,
  ]
  guard quotients.allSatisfy(\.isFinite), let low = quotients.min(), let high = quotients.max()
  else { return .missing(reason: "a bound of the ratio is not a finite number") }
  return .known(low...high)
}
