import Support

/// The points of a segmented fit, checked, sorted and in units of their own size.
struct SegmentedData {
  let variable: RampVariable
  let loss: FitLoss
  let x: [Double]
  let y: [Double]
  /// Ramp variable, 0 at the least x and 1 at the greatest.
  let z: [Double]
  /// (y - centre) / unit.
  let scaled: [Double]
  /// The weights of the loss, mean 1, before a robust loss changes them.
  let weights: [Double]
  let centre: Double
  let unit: Double
  /// What a sum of squares of the scaled points is multiplied by to give that of the loss.
  let squaresUnit: Double

  private let start: Double
  private let width: Double

  static func make(
    _ points: [(x: Double, y: Double)], variable: RampVariable, loss: FitLoss
  ) -> Outcome<SegmentedData> {
    if let index = points.firstIndex(where: { !($0.x.isFinite && $0.x > 0) }) {
      return .missing(
        reason: "a segmented fit needs finite x above zero; point \(index + 1) has "
          + Format.shortest(points[index].x))
    }
    if let objection = loss.objection(to: points.map(\.y)) { return .missing(reason: objection) }
    let needed = SegmentedModel.Kind.constant.minimumPoints
    guard points.count >= needed else {
      let kinds = [SegmentedModel.Kind.oneBreak, .twoBreaks].map(\.minimumPoints)
      return .missing(
        reason: "a segmented fit needs at least \(needed) points, \(kinds[0]) for one break and "
          + "\(kinds[1]) for two; " + Wording.thereAre(UInt64(points.count)))
    }
    // A canonical order makes the fit a function of the set of points, to the last digit.
    let sorted = points.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    let data = SegmentedData(x: sorted.map(\.x), y: sorted.map(\.y), variable: variable, loss: loss)
    guard data.squaresUnit.isFinite, data.squaresUnit > 0, data.z.allSatisfy(\.isFinite) else {
      return .missing(reason: "the points leave the range of floating-point numbers")
    }
    return .known(data)
  }

  private init(x: [Double], y: [Double], variable: RampVariable, loss: FitLoss) {
    self.variable = variable
    self.loss = loss
    self.x = x
    self.y = y
    let raw = x.map(variable.forward)
    start = raw[0]
    let width = raw[raw.count - 1] - raw[0]
    self.width = width > 0 ? width : 1
    let (start, divisor) = (start, self.width)
    z = raw.map { ($0 - start) / divisor }

    let n = Double(y.count)
    let least = y.reduce(.infinity) { min($0, abs($1)) }
    // Relative to the least value, so that no weight leaves the range.
    let shares = y.map { loss.isRelative ? (least / $0) * (least / $0) : 1 }
    let mean = shares.reduce(0) { $0 + $1 / n }
    weights = shares.map { $0 / mean }
    let centre = zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 / n }
    let spread = y.reduce(0) { max($0, abs($1 - centre)) }
    let size = y.reduce(0) { max($0, abs($1)) }
    // Values that differ by rounding errors alone are equal.
    unit = spread > 1e-12 * size ? spread : size > 0 ? size : 1
    self.centre = centre
    let (middle, measure) = (centre, unit)
    scaled = y.map { ($0 - middle) / measure }
    let perWeight = loss.isRelative ? unit / least * (unit / least) : unit * unit
    squaresUnit = perWeight * mean
  }

  var count: Int { x.count }
  var positions: Int { Set(z).count }

  /// x at a z.
  func position(_ z: Double) -> Double {
    let position = variable.backward(start + z * width)
    // The way there and back must not leave the data by a rounding error.
    return min(max(position, x[0]), x[count - 1])
  }

  func level(_ scaled: Double) -> Double { centre + unit * scaled }

  /// The residuals of a shape, weighted so that their squares add up to its sum of squares.
  func residuals(_ shape: RampShape) -> [Double] {
    let width = shape.saturation - shape.onset
    return (0..<count).map { i in
      let share =
        width > 0 ? min(max((z[i] - shape.onset) / width, 0), 1) : (z[i] > shape.onset ? 1 : 0)
      let fitted = shape.before + (shape.after - shape.before) * share
      return (scaled[i] - fitted) * weights[i].squareRoot()
    }
  }

  /// The closed-form solver for these points with some of them counting less, and its mirror image,
  /// whose onset is the saturation.
  func profiles(factors: [Double]) -> (plain: RampProfile, mirrored: RampProfile) {
    let points = (0..<count).filter { factors[$0] > 1e-9 }.map {
      (z: z[$0], y: scaled[$0], weight: weights[$0] * factors[$0])
    }
    return (
      RampProfile(points: points),
      RampProfile(points: points.reversed().map { (z: 1 - $0.z, y: $0.y, weight: $0.weight) })
    )
  }
}
