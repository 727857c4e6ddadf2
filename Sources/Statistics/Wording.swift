/// The phrases that several reasons and methods share.
enum Wording {
  /// A confidence level for a reader: 0.95 is "95 %", 0.999 is "99.9 %".
  static func percent(_ level: Double) -> String {
    let rounded = (level * 1e12).rounded() / 1e10
    // Rounding must not turn a level below one into certainty.
    let shown = level < 1 && rounded >= 100 ? level * 100 : rounded
    return "\(number(shown)) %"
  }

  /// A number without a needless ".0".
  static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number rounded to one decimal.
  static func tenths(_ value: Double) -> String { number((value * 10).rounded() / 10) }

  /// A number rounded to three decimals.
  static func thousandths(_ value: Double) -> String { number((value * 1000).rounded() / 1000) }

  /// "there is 1", "there are 3", "there are none".
  static func thereAre(_ count: UInt64) -> String {
    switch count {
    case 0: "there are none"
    case 1: "there is 1"
    default: "there are \(count)"
    }
  }

  /// "1 degree of freedom", "11.3 degrees of freedom".
  static func freedom(_ degrees: Double) -> String {
    let rounded = (degrees * 10).rounded() / 10
    return number(rounded) + (rounded == 1 ? " degree" : " degrees") + " of freedom"
  }

  /// Why a level cannot be used, nil when it can.
  static func objection(toLevel level: Double) -> String? {
    level > 0 && level < 1
      ? nil : "a confidence level lies between 0 and 1, both excluded; it is \(number(level))"
  }

  static let identical = "identical samples"
  static let widened = "widened to the timer's quantum"
}
