import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The geometric mean of positive numbers with Student's t-interval of their logarithms, which
/// takes the numbers as a sample of a log-normal population.
///
/// - Returns: missing when there are no numbers or one is not positive and finite; the interval is
///   missing below two numbers.
public func geometricMean(
  _ numbers: some Sequence<Double>, level: Double = 0.95
) -> Outcome<Estimate> {
  var logarithms: [Double] = []
  for number in numbers {
    guard number > 0, number.isFinite else {
      return .missing(
        reason: "a geometric mean needs positive finite numbers; one is \(Format.shortest(number))")
    }
    logarithms.append(log(number))
  }
  guard let mean = logarithms.mean else {
    return .missing(reason: "a geometric mean needs a number; there are none")
  }
  let value = exp(mean)
  if let objection = Wording.objection(toLevel: level) {
    return .known(Estimate(value: value, interval: .missing(reason: objection)))
  }
  guard let deviation = logarithms.standardDeviation else {
    return .known(
      Estimate(
        value: value,
        interval: .missing(
          reason: "an interval of a geometric mean needs at least 2 numbers; there is 1")))
  }
  let freedom = Double(logarithms.count - 1)
  let reach =
    GSL.studentT(level: level, degreesOfFreedom: freedom) * deviation
    / Double(logarithms.count).squareRoot()
  let interval = Interval(
    low: exp(mean - reach), high: exp(mean + reach), kind: .confidence, level: level,
    method: "t-interval of the logarithms, " + Wording.freedom(freedom))
  guard interval.high.isFinite else {
    return .known(
      Estimate(value: value, interval: .missing(reason: "the interval's upper end is not finite")))
  }
  return .known(Estimate(value: value, interval: .known(interval)))
}
