import Statistics

/// A linear fit with a part that is known beforehand: value = row x coefficients + offset.
///
/// The residual is (fitted - value) / value, offset included, so rows and (value - offset) are divided by
/// the value.
struct OffsetFit: Sendable {
  struct Point: Sendable {
    var row: [Double]
    var offset: Double
    var value: Double
  }

  let points: [Point]
  let fit: LinearFit

  /// What was made small, in words.
  var loss: String { "least squares of the relative error" }

  static func fit(_ points: [Point]) -> Outcome<OffsetFit> {
    solve(points).map { OffsetFit(points: points, fit: $0) }
  }

  private static func solve(_ points: [Point]) -> Outcome<LinearFit> {
    LinearFit.fit(
      rows: points.map { point in point.row.map { $0 / point.value } },
      values: points.map { ($0.value - $0.offset) / $0.value }, loss: .absolute)
  }

  /// The coefficients with their intervals.
  func coefficients(level: Double) -> [Estimate] {
    fit.estimates(level: level)
  }

  /// What a fit without each point says of it.
  func heldOut() -> [Double?] {
    points.indices.map { i in
      var others = points
      let point = others.remove(at: i)
      return Self.solve(others).value.map { fit in
        zip(point.row, fit.coefficients).reduce(point.offset) { $0 + $1.0 * $1.1 }
      }
    }
  }

  /// The interval of a new value y0 at row x0: y0 +- t sqrt(x0' C x0 + (s y0)^2), s being the relative
  /// scale of the residuals (Seber and Lee, "Linear Regression Analysis", 2003, section 5.3).
  func interval(row: [Double], value: Double, level: Double) -> Outcome<Interval> {
    // Divided by its own value the new point is like those that were fitted.
    fit.predict(row.map { $0 / value }, level: level).flatMap { prediction in
      prediction.prediction.map { interval in
        let half = (interval.high - interval.low) / 2 * value
        return Interval(
          low: max(value - half, 0), high: value + half, level: level,
          method: "prediction interval, \(loss)")
      }
    }
  }
}
