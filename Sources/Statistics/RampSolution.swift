/// The best shape of two breaks and how sums of squares become variances.
struct RampSolution {
  let data: SegmentedData
  let plain: RampProfile
  let mirrored: RampProfile
  /// How much each point counts: 1, or the bisquare's weight.
  let factors: [Double]

  /// A root mean square below this, in units of the data's spread, is a rounding error.
  static let exactness = 1e-7

  init(data: SegmentedData) {
    self.data = data
    var factors = [Double](repeating: 1, count: data.count)
    if data.loss == .robust { factors = Self.bisquare(data) }
    self.factors = factors
    (plain, mirrored) = data.profiles(factors: factors)
  }

  /// The ramp of least squares among all pairs of breaks.
  var ramp: RampShape { Self.ramp(plain, mirrored) }

  static func ramp(_ plain: RampProfile, _ mirrored: RampProfile) -> RampShape {
    var best = plain.best(onset: plain.knots[0])
    for knot in plain.knots.dropFirst().dropLast() {
      plain.keep(plain.best(onset: knot), in: &best)
    }
    for knot in mirrored.knots.dropLast() {
      let shape = mirrored.best(onset: knot)
      plain.keep(
        RampShape(
          onset: 1 - shape.saturation, saturation: 1 - shape.onset, before: shape.after,
          after: shape.before, squares: shape.squares), in: &best)
    }
    if let shape = plain.bestBetweenKnots { plain.keep(shape, in: &best) }
    return best
  }

  /// The sum of squares of a shape from its residuals, without the cancellation of sums.
  func squares(_ shape: RampShape) -> Double {
    zip(data.residuals(shape), factors).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
  }

  func isExact(_ squares: Double) -> Bool {
    squares <= Self.exactness * Self.exactness * factors.reduce(0, +)
  }

  /// The variance that a difference between two sums of squares is measured by.
  ///
  /// For the robust loss it is Huber's E psi^2 / (E psi')^2 with the small-sample divisor n - p
  /// (Street, Carroll, Ruppert, The American Statistician 42, 1988), times the mean weight, for the
  /// sums of squares are weighted.
  func variance(of shape: RampShape, squares: Double, parameters: Int) -> Double {
    let freedom = Double(data.count - parameters)
    guard data.loss == .robust, !isExact(squares) else { return squares / freedom }
    let residuals = data.residuals(shape)
    let scale = Self.tuning * Self.scale(residuals)
    var psi = 0.0
    var slope = 0.0
    for residual in residuals {
      let u = residual / scale
      guard abs(u) < 1 else { continue }
      let rest = 1 - u * u
      psi += residual * residual * rest * rest * rest * rest
      slope += rest * (1 - 5 * u * u) / Double(data.count)
    }
    let meanFactor = factors.reduce(0, +) / Double(data.count)
    return slope > 0 ? psi / freedom / (slope * slope) * meanFactor : squares / freedom
  }

  // MARK: The bisquare

  /// 95 % efficiency for normal errors.
  private static let tuning = 4.685

  /// The normal-consistent median of absolute residuals, the least ones that any fit of four
  /// parameters makes small left out.
  private static func scale(_ residuals: [Double]) -> Double {
    let sizes = residuals.map(abs).sorted().dropFirst(3)
    let middle = sizes.startIndex + sizes.count / 2
    let median = sizes.count % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2
    return max(median / 0.6745, exactness)
  }

  /// Iteratively reweighted: least absolute errors first, which a few wild points do not move far,
  /// then the bisquare.
  private static func bisquare(_ data: SegmentedData) -> [Double] {
    var factors = [Double](repeating: 1, count: data.count)
    for iteration in 0..<40 {
      let (plain, mirrored) = data.profiles(factors: factors)
      let residuals = data.residuals(ramp(plain, mirrored))
      let scale = scale(residuals)
      let next = residuals.map { residual in
        let u = residual / scale
        guard iteration >= 8 else { return 1 / max(abs(u), 0.1) / 10 }
        let v = u / tuning
        return abs(v) < 1 ? (1 - v * v) * (1 - v * v) : 0
      }
      let change = zip(next, factors).reduce(0) { max($0, abs($1.0 - $1.1)) }
      factors = next
      if iteration > 8, change < 1e-6 { break }
    }
    return factors
  }
}
