/// A flat line, a ramp from onset to saturation, and a plateau; in the units of `RampProfile`.
struct RampShape {
  var onset: Double
  var saturation: Double
  var before: Double
  var after: Double
  var squares: Double
}

/// The exact least-squares solution of the segmented model, for every pair of breaks, in z.
///
/// As long as no break passes a point the model is linear in its parameters: the flats are means,
/// the ramp is a line, the breaks are where they meet (Hudson, "Fitting segmented curves whose join
/// points have to be estimated", JASA 61, 1966). If they do not meet between the right points, the
/// minimum has a break on a point. So a finite number of closed forms holds the global minimum, and
/// no search can miss it.
struct RampProfile {
  /// The distinct z in ascending order, within 0 ... 1.
  let knots: [Double]
  /// Sums over the knots before each index; one more than knots.
  private let prefix: [WeightedSums]
  /// Sums of squares closer than this are equal.
  private let tolerance: Double

  /// - Parameter points: sorted by z.
  init(points: [(z: Double, y: Double, weight: Double)]) {
    var knots: [Double] = []
    var prefix = [WeightedSums()]
    var sums = WeightedSums()
    for point in points {
      if knots.last != point.z {
        if !knots.isEmpty { prefix.append(sums) }
        knots.append(point.z)
      }
      sums.add(z: point.z, y: point.y, weight: point.weight)
    }
    prefix.append(sums)
    self.knots = knots
    self.prefix = prefix
    tolerance = 1e-13 * sums.yy
  }

  var count: Int { knots.count }
  var all: WeightedSums { prefix[count] }

  private func sums(_ range: Range<Int>) -> WeightedSums {
    prefix[range.upperBound] - prefix[range.lowerBound]
  }

  /// How many knots lie at or below z.
  func countThrough(_ z: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if knots[middle] <= z { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Flat up to the onset, a line without end from there on; nil when no point lies beyond it.
  func hinge(onset: Double) -> RampShape? {
    let k = countThrough(onset)
    guard k < count else { return nil }
    return hinge(onset: onset, flat: k, end: count)
  }

  /// The hinge over the knots before `end`, of which the first `flat` lie at or below the onset.
  private func hinge(onset: Double, flat: Int, end: Int) -> RampShape? {
    let basis =
      sums(0..<flat).constant(0) + sums(flat..<end).moved(origin: onset, width: 1)
    guard let line = basis.line else { return nil }
    return RampShape(
      onset: onset, saturation: knots[count - 1], before: line.intercept,
      after: line.intercept + line.slope * (knots[count - 1] - onset), squares: line.squares)
  }

  /// The best shape with this onset: every cell that the saturation can lie in, and every knot.
  func best(onset: Double) -> RampShape {
    let k = countThrough(onset)
    var best = RampShape(
      onset: onset, saturation: knots[count - 1], before: all.mean, after: all.mean,
      squares: all.squares)
    for j in k..<max(count, k) {
      // The saturation on knot j.
      let width = knots[j] - onset
      let basis =
        sums(0..<k).constant(0) + sums(k..<j).moved(origin: onset, width: width)
        + sums(j..<count).constant(1)
      if let line = basis.line {
        keep(
          RampShape(
            onset: onset, saturation: knots[j], before: line.intercept,
            after: line.intercept + line.slope, squares: line.squares), in: &best)
      }
      // The saturation between knots j - 1 and j.
      guard j > k, let ramp = hinge(onset: onset, flat: k, end: j) else { continue }
      let plateau = sums(j..<count)
      let slope = (ramp.after - ramp.before) / (knots[count - 1] - onset)
      let saturation = onset + (plateau.mean - ramp.before) / slope
      if saturation >= knots[j - 1], saturation <= knots[j] {
        keep(
          RampShape(
            onset: onset, saturation: saturation, before: ramp.before, after: plateau.mean,
            squares: ramp.squares + plateau.squares), in: &best)
      }
    }
    return best
  }

  /// The shapes whose breaks both lie between points: three separate fits that meet.
  var bestBetweenKnots: RampShape? {
    var best: RampShape?
    for i in 1..<max(count, 1) {
      let flat = sums(0..<i)
      for j in (i + 2)..<max(count, i + 2) {
        guard let line = sums(i..<j).line, line.slope != 0 else { continue }
        let plateau = sums(j..<count)
        let onset = (flat.mean - line.intercept) / line.slope
        let saturation = (plateau.mean - line.intercept) / line.slope
        guard knots[i - 1] <= onset, onset <= knots[i], knots[j - 1] <= saturation,
          saturation <= knots[j]
        else { continue }
        let shape = RampShape(
          onset: onset, saturation: saturation, before: flat.mean, after: plateau.mean,
          squares: flat.squares + line.squares + plateau.squares)
        if var kept = best {
          keep(shape, in: &kept)
          best = kept
        } else {
          best = shape
        }
      }
    }
    return best
  }

  /// The lesser sum of squares; among equal ones the gentler ramp, for then data do not say.
  func keep(_ shape: RampShape, in best: inout RampShape) {
    let wider = shape.saturation - shape.onset > best.saturation - best.onset
    if shape.squares < best.squares - tolerance
      || (shape.squares <= best.squares + tolerance && wider)
    {
      best = shape
    }
  }

  /// The best hinge: its onset on a knot, or where a mean and a line meet between two.
  var bestHinge: RampShape? {
    var best: RampShape?
    for i in 0..<max(count - 1, 0) {
      var shapes = [hinge(onset: knots[i])]
      let flat = sums(0..<(i + 1))
      if let line = sums((i + 1)..<count).line, line.slope != 0 {
        let onset = (flat.mean - line.intercept) / line.slope
        if knots[i] <= onset, onset <= knots[i + 1] { shapes.append(hinge(onset: onset)) }
      }
      for case .some(let shape) in shapes where shape.squares < (best?.squares ?? .infinity) {
        best = shape
      }
    }
    return best
  }
}
