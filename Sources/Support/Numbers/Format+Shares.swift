extension Format {
  /// A ratio: two decimals from 1 up, a third below 1.05 where it decides, three significant figures
  /// below 1 and from 1000 up.
  public static func ratio(_ value: Double) -> String {
    let magnitude = abs(value)
    let thousandths = fixed(magnitude, places: 3)
    if ("1.000"..<"1.05").contains(thousandths) { return sign(value) + thousandths }
    let hundredths = fixed(magnitude, places: 2)
    guard !thousandths.hasPrefix("0."), wholeDigits(hundredths) <= 3 else {
      return significant(value, digits: 3)
    }
    return sign(value) + hundredths
  }

  /// How many times as much: "22 times", "2.196 times".
  public static func times(_ value: Double) -> String {
    let isLarge = wholeDigits(fixed(value, places: 3)) > 1
    return (isLarge ? significant(value, digits: 2) : rounded(value, places: 3)) + " times"
  }

  /// A factor of an attribution: four significant figures, five for one that is exact.
  public static func factor(_ value: Double, isExact: Bool = false) -> String {
    significant(value, digits: isExact ? 5 : 4)
  }

  /// A share as percent: "0.86 %", "12 %".
  public static func percent(_ fraction: Double, digits: Int = 2) -> String {
    significant(fraction * 100, digits: digits) + " %"
  }

  /// A level of confidence: 0.95 is "95 %", 0.999 is "99.9 %".
  public static func confidence(_ level: Double) -> String {
    let rounded = (level * 1e12).rounded() / 1e10
    // Rounding must not turn a level below one into certainty.
    return shortest(level < 1 && rounded >= 100 ? level * 100 : rounded) + " %"
  }
}
