#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension NumberText {
  /// With a plus or minus: "+0.30".
  static func signed(_ value: Double, decimals: Int) -> String {
    let text = fixed(value, decimals: decimals)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return value > 0 && !isZero ? "+" + text : text
  }

  /// A whole number in groups of three: "51,982,584".
  static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A given number such as a level or a setting, without zeros at its end: "95", "99.9", "0.001".
  static func given(_ value: Double) -> String {
    var text = significant(value, 4)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// "192.410 [192.408, 192.412]": three significant digits, more where the ends would not differ
  /// otherwise; the same decimals in all three.
  static func interval(
    _ value: Double, low: Double?, high: Double?, digits least: Int = 3
  ) -> String {
    guard let low, let high, low.isFinite, high.isFinite, value.isFinite, value != 0 else {
      return significant(value, least)
    }
    let exponent = log10(abs(value)).rounded(.down)
    guard exponent >= -4, exponent <= 6, max(abs(low), abs(high)) < 1e7 else {
      return "\(significant(value)) [\(significant(low)), \(significant(high))]"
    }
    let width = high - low
    let needed = width > 0 ? exponent - (log10(width / 2) + 1e-6).rounded(.down) + 1 : 0
    let digits = Int(min(max(Double(least), needed), 8))
    let decimals = max(0, digits - 1 - Int(exponent))
    return "\(fixed(value, decimals: decimals)) [\(fixed(low, decimals: decimals)), "
      + "\(fixed(high, decimals: decimals))]"
  }
}
