import Support

/// A linear model y = x b fitted to a few points, with Student's t on n - p degrees of freedom for
/// every interval: with six points and two coefficients t is 2.78, not 1.96.
///
/// With the relative losses the rows are divided by their values, x / y, and the target is 1: the
/// residuals are (fitted - value) / value, their scale s is a fraction, and C = s^2 (Z' Z)^-1 with
/// Z the divided rows (Bjoerck, "Numerical Methods for Least Squares Problems", 1996; weights 1 / y^2).
/// It follows values that are too low more than ones that are too high, as x / y is larger there.
/// Dividing by measured values instead of true ones biases fitted numbers by about -2 s^2 of
/// themselves: 0.2 % at s = 3 %.
public struct LinearFit: Sendable, Equatable {
  /// What was made small.
  public let loss: FitLoss
  /// One coefficient per column, in values' unit per column's unit.
  public let coefficients: [Double]
  /// The covariance matrix of the coefficients; missing when no degree of freedom is left.
  let covariance: Outcome<[[Double]]>
  /// n - p.
  let degreesOfFreedom: Int
  /// The standard deviation of the errors on n - p degrees of freedom: in the values' unit for the
  /// absolute loss, else a fraction of the value. Missing when no degree of freedom is left.
  let residualScale: Outcome<Double>
  /// Fitted - value (absolute loss) or (fitted - value) / value of every point, in the order given.
  public let errors: [Double]

  /// Fits a model without intercept; for one, give a column of ones.
  ///
  /// - Parameters:
  ///   - rows: one row of the design matrix per point, all of the same length.
  ///   - values: the values to explain, one per row; positive for the relative losses.
  ///   - offsets: the part of each value that is known without a fit: value = row x b + offset.
  ///   - loss: what to make small.
  /// - Returns: missing, with the reason, when input is not finite, points are too few (n < p, for
  ///   the robust loss n < p + 2) or columns depend on each other. The order of points is immaterial.
  public static func fit(
    rows: [[Double]], values: [Double], offsets: [Double]? = nil, loss: FitLoss = .relative
  ) -> Outcome<LinearFit> {
    LinearSystem.make(rows: rows, values: values, offsets: offsets, loss: loss).flatMap { system in
      system.solve().flatMap { solution in
        LinearFit.make(
          system: system, solution: solution, rows: rows, values: values,
          offsets: offsets ?? Array(repeating: 0, count: values.count))
      }
    }
  }

  private static func make(
    system: LinearSystem, solution: GSL.LeastSquares, rows: [[Double]], values: [Double],
    offsets: [Double]
  ) -> Outcome<LinearFit> {
    let loss = system.loss
    let coefficients = zip(solution.coefficients, system.columnUnits).map {
      $0 / $1 * system.valueUnit
    }
    let errors = values.indices.map { i in
      loss.error(fitted: dot(rows[i], coefficients) + offsets[i], value: values[i])
    }
    guard coefficients.allSatisfy(\.isFinite), errors.allSatisfy(\.isFinite) else {
      return .missing(reason: "the fit leaves the range of floating-point numbers")
    }
    let freedom = values.count - coefficients.count
    let scale = solution.residualScale * system.valueUnit
    let covariance = solution.covariance.enumerated().map { i, row in
      row.enumerated().map { j, element in
        element / system.columnUnits[i] / system.columnUnits[j] * system.valueUnit
          * system.valueUnit
      }
    }
    let usable = scale.isFinite && covariance.joined().allSatisfy(\.isFinite)
    let reason =
      freedom > 0
      ? "the residual scale cannot be estimated: most residuals are zero"
      : "\(values.count) points leave no degree of freedom beside \(coefficients.count) "
        + "coefficients; an interval needs at least \(coefficients.count + 1) points"
    let known = freedom > 0 && usable
    return .known(
      LinearFit(
        loss: loss, coefficients: coefficients,
        covariance: known ? .known(covariance) : .missing(reason: reason),
        degreesOfFreedom: freedom,
        residualScale: known ? .known(scale) : .missing(reason: reason), errors: errors))
  }

  /// Every coefficient with its confidence interval: b +- t sqrt(C_ii).
  public func estimates(level: Double = 0.95) -> [Estimate] {
    coefficients.indices.map { i in
      let interval = reach(level: level) { covariance, _ in covariance[i][i] }
      return Estimate(
        value: coefficients[i],
        interval: interval.map {
          Interval(
            low: coefficients[i] - $0, high: coefficients[i] + $0, kind: .confidence,
            level: level, method: method)
        })
    }
  }

  /// t times the square root of a variance made from covariance and residual scale.
  func reach(
    level: Double, variance: ([[Double]], Double) -> Double
  ) -> Outcome<Double> {
    if let objection = Wording.objection(toLevel: level) { return .missing(reason: objection) }
    let t = GSL.studentT(level: level, degreesOfFreedom: Double(degreesOfFreedom))
    return covariance.flatMap { covariance in
      residualScale.flatMap { scale in
        let reach = t * max(variance(covariance, scale), 0).squareRoot()
        return reach.isFinite
          ? .known(reach) : .missing(reason: "the interval is not finite for these figures")
      }
    }
  }

  var method: String { loss.wording + ", " + Wording.freedom(Double(degreesOfFreedom)) }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
