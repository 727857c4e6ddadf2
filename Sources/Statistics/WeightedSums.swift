/// Weighted sums over points (z, y): what every closed-form fit of the segmented model needs.
struct WeightedSums {
  var w = 0.0
  var z = 0.0
  var zz = 0.0
  var y = 0.0
  var zy = 0.0
  var yy = 0.0

  mutating func add(z value: Double, y response: Double, weight: Double) {
    w += weight
    z += weight * value
    zz += weight * value * value
    y += weight * response
    zy += weight * value * response
    yy += weight * response * response
  }

  static func - (a: WeightedSums, b: WeightedSums) -> WeightedSums {
    WeightedSums(
      w: a.w - b.w, z: a.z - b.z, zz: a.zz - b.zz, y: a.y - b.y, zy: a.zy - b.zy, yy: a.yy - b.yy)
  }

  static func + (a: WeightedSums, b: WeightedSums) -> WeightedSums {
    WeightedSums(
      w: a.w + b.w, z: a.z + b.z, zz: a.zz + b.zz, y: a.y + b.y, zy: a.zy + b.zy, yy: a.yy + b.yy)
  }

  /// The sums with z replaced by (z - origin) / width.
  func moved(origin: Double, width: Double) -> WeightedSums {
    WeightedSums(
      w: w, z: (z - origin * w) / width,
      zz: (zz - 2 * origin * z + origin * origin * w) / (width * width), y: y,
      zy: (zy - origin * y) / width, yy: yy)
  }

  /// The sums with z replaced by a constant.
  func constant(_ value: Double) -> WeightedSums {
    WeightedSums(w: w, z: value * w, zz: value * value * w, y: y, zy: value * y, yy: yy)
  }

  var mean: Double { y / w }

  /// The sum of squares about the mean.
  var squares: Double { max(yy - y * y / w, 0) }

  /// The line of least squares; nil when all z are equal.
  var line: (intercept: Double, slope: Double, squares: Double)? {
    let spread = zz - z * z / w
    // z lies within 0 ... 1; less is a rounding error.
    guard spread > 1e-14 * w else { return nil }
    let slope = (zy - z * y / w) / spread
    let rest = yy - y * y / w - slope * slope * spread
    return ((y - slope * z) / w, slope, max(rest, 0))
  }
}
