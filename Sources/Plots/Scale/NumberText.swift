#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Numbers in words for figures: the point as decimal mark, no locale.
enum NumberText {
  /// `digits` significant digits without an exponent from 0.0001 to 9,999,999, else as 1.2e-7.
  static func significant(_ value: Double, _ digits: Int = 3) -> String {
    guard value.isFinite else { return "?" }
    guard value != 0 else { return "0" }
    let digits = min(max(1, digits), 15)
    var exponent = Int(log10(abs(value)).rounded(.down))
    // 9.996 has three digits as 10.0: round first, then count.
    let rounded = abs(value) / pow(10, Double(exponent - digits + 1))
    if rounded.rounded() >= pow(10, Double(digits)) { exponent += 1 }
    if exponent < -4 || exponent > 6 {
      let mantissa = value / pow(10, Double(exponent))
      return fixed(mantissa, decimals: digits - 1) + "e\(exponent)"
    }
    if exponent >= digits {
      let unit = pow(10, Double(exponent - digits + 1))
      return fixed((value / unit).rounded() * unit, decimals: 0)
    }
    return fixed(value, decimals: digits - 1 - exponent)
  }

  /// With a fixed number of decimals; no "-0".
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "?" }
    let decimals = min(max(0, decimals), 15)
    let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    let digits = String(Int(scaled))
    let sign = value < 0 && scaled != 0 ? "−" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
