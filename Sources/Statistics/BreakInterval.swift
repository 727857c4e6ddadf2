import Support

/// The breaks that fit about as well as the best: the profile likelihood, inverted.
struct BreakInterval {
  /// The least sum of squares with the break at z, the other parameters free.
  let profile: (Double) -> Double
  let knots: [Double]
  let best: Double
  /// Breaks with a profile up to here belong to the interval.
  let threshold: Double

  /// Where the profile is looked at within each gap between knots, besides its ends. It is smooth
  /// there but for a few changes of the other break's gap.
  private static let stepsPerGap = 3

  /// The outermost z within the threshold; nil where even the end of the data is.
  var ends: (low: Double?, high: Double?) {
    var grid = [best]
    for (a, b) in zip(knots, knots.dropFirst()) {
      for step in 0..<Self.stepsPerGap {
        grid.append(a + (b - a) * Double(step) / Double(Self.stepsPerGap))
      }
    }
    if let last = knots.last { grid.append(last) }
    grid.sort()
    let low = grid.firstIndex { profile($0) <= threshold || $0 == best } ?? 0
    let high = grid.lastIndex { profile($0) <= threshold || $0 == best } ?? 0
    return (
      low == 0 ? nil : crossing(outside: grid[low - 1], inside: grid[low]),
      high == grid.count - 1 ? nil : crossing(outside: grid[high + 1], inside: grid[high])
    )
  }

  private func crossing(outside: Double, inside: Double) -> Double {
    var (outside, inside) = (outside, inside)
    for _ in 0..<30 {
      let middle = (outside + inside) / 2
      if profile(middle) <= threshold { inside = middle } else { outside = middle }
    }
    return (outside + inside) / 2
  }
}

extension RampSolution {
  /// What one break's interval is made from.
  struct Request {
    var name: String
    var best: Double
    var squares: Double
    var variance: Double
    var parameters: Int
    var profile: (Double) -> Double
  }

  /// A break with its interval. {z : S(z) <= S + t^2 s^2} holds the truth about as often as t says
  /// (Seber and Wild, "Nonlinear Regression", 1989, sections 5.4 and 9.3); t^2 is F with 1 degree.
  func breakEstimate(_ request: Request, level: Double) -> BreakEstimate {
    let value = data.position(request.best)
    if let objection = Wording.objection(toLevel: level) {
      return BreakEstimate(value: value, interval: .missing(reason: objection))
    }
    let freedom = Double(data.count - request.parameters)
    let exact = isExact(request.squares)
    let t = GSL.studentT(level: level, degreesOfFreedom: freedom)
    let slack = Self.exactness * Self.exactness * factors.reduce(0, +)
    let least = min(request.profile(request.best), request.squares)
    let ends = BreakInterval(
      profile: request.profile, knots: plain.knots, best: request.best,
      threshold: exact ? 4 * slack : least + t * t * request.variance
    ).ends
    var (low, high) = ends
    var method = "profile likelihood, " + data.loss.wording + ", " + Wording.freedom(freedom)
    if exact {
      // Nothing to judge the break by but where there are points: their distance is the resolution.
      low = low.flatMap { end in plain.knots.last { $0 < end - 1e-6 } }
      high = high.flatMap { end in plain.knots.first { $0 > end + 1e-6 } }
      method = "exact fit, widened to the neighbouring x"
    }
    func reason(_ side: String, _ x: Double) -> String {
      "\(request.name) \(side) \(Format.shortest(x)), the end of the data, fits as well"
    }
    let first = data.position(plain.knots.first ?? 0)
    let last = data.position(plain.knots.last ?? 1)
    return BreakEstimate(
      value: value,
      interval: .known(
        Interval(
          low: low.map(data.position) ?? first, high: high.map(data.position) ?? last,
          kind: exact ? .resolution : .confidence, level: level, method: method)),
      openBelow: low == nil ? reason("at or below", first) : nil,
      openAbove: high == nil ? reason("at or above", last) : nil)
  }
}
