extension Format {
  /// "192.410 [192.408, 192.412]": `digits` significant figures, more where the ends would not differ
  /// otherwise; the same decimals in all three. Without ends the value alone.
  public static func interval(
    _ value: Double, low: Double?, high: Double?, digits: Int = 3
  ) -> String {
    guard let low, let high, low.isFinite, high.isFinite, let figures = Figures(value, digits)
    else { return compact(value, digits: digits) }
    let exponent = figures.exponent
    guard (-4..<7).contains(exponent), max(abs(low), abs(high)) < 1e7 else {
      return "\(compact(value)) [\(compact(low)), \(compact(high))]"
    }
    // To the first digit in which half the width shows.
    let needed = Figures(max(high - low, 0) / 2, 6).map { exponent - $0.exponent + 1 } ?? 0
    let places = max(0, min(max(digits, needed), 8) - 1 - exponent)
    let texts = [value, low, high].map { fixed($0, places: places) }
    return "\(texts[0]) [\(texts[1]), \(texts[2])]"
  }

  /// "18.366 – 18.369": both ends to the digit before the first in which half their distance shows,
  /// rounded outward: never narrower than the interval, and never wider by a fifth.
  public static func range(_ low: Double, _ high: Double) -> String {
    let half = (high - low) / 2
    guard half > 0, half.isFinite else { return "\(number(low)) – \(number(high))" }
    var places = 0
    var unit = 1.0
    while unit > half / 5, places < 12 {
      places += 1
      unit /= 10
    }
    // A whole number of units, but for what binary fractions leave over.
    let scale = (1 / unit).rounded()
    let down = (low * scale + 1e-6).rounded(.down) / scale
    let up = (high * scale - 1e-6).rounded(.up) / scale
    var ends = [down, up].map { fixed($0, places: places) }
    while ends.allSatisfy({ $0.contains(".") && ($0.hasSuffix("0") || $0.hasSuffix(".")) }) {
      ends = ends.map { String($0.dropLast()) }
    }
    return ends.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(separator: " – ")
  }
}
