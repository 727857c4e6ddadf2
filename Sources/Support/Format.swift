#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Numbers as text, in one place: three or more significant figures, units chosen by size.
public enum Format {
  /// `digits` significant figures, no exponent between 1e-4 and 1e15, trailing zeros kept off.
  public static func number(_ value: Double, digits: Int = 4) -> String {
    trimmed(significant(value, digits: digits))
  }

  /// `digits` significant figures, trailing zeros kept: "1.050".
  public static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "-∞" : "∞" }
    guard value != 0 else { return "0" }
    let magnitude = abs(value)
    if magnitude < 1e-4 || magnitude >= 1e15 { return exponential(value, digits: digits) }
    var places = digits - 1 - Int(floor(log10(magnitude)))
    // Rounding may carry into the next decade: 9.9996 to four figures is 10.00.
    let scaled = (magnitude * pow(10, Double(places))).rounded()
    if scaled >= pow(10, Double(digits)) { places -= 1 }
    return fixed(value, places: max(0, places))
  }

  /// A ratio: two decimals from 1 up, a third below 1.05 where it decides, three significant figures
  /// below 1 and from 1000 up.
  public static func ratio(_ value: Double) -> String {
    if value >= 1, value < 1.05 { return fixed(value, places: 3) }
    if value.isFinite, abs(value) >= 1, abs(value) < 1000 { return fixed(value, places: 2) }
    return significant(value, digits: 3)
  }

  /// A factor of an attribution: four significant figures, five for one that is exact.
  public static func factor(_ value: Double, isExact: Bool = false) -> String {
    significant(value, digits: isExact ? 5 : 4)
  }

  /// Seconds in the unit that suits: "58.95 ms", "217 µs", "1709.93 ms", "12.3 s".
  ///
  /// Without `digits`, all that a published figure has are shown: four figures, two decimals of ms.
  public static func seconds(_ value: Double, digits: Int? = nil) -> String {
    let magnitude = abs(value)
    if magnitude >= 10 { return "\(number(value, digits: digits ?? 4)) s" }
    if magnitude >= 1e-3 {
      let milliseconds = value * 1e3
      if digits == nil, magnitude >= 0.1 { return "\(trimmed(fixed(milliseconds, places: 2))) ms" }
      return "\(number(milliseconds, digits: digits ?? 4)) ms"
    }
    if magnitude >= 1e-6 { return "\(number(value * 1e6, digits: digits ?? 4)) µs" }
    return "\(number(value * 1e9, digits: digits ?? 4)) ns"
  }

  /// Milliseconds without the unit, for a column.
  public static func milliseconds(_ value: Double) -> String {
    let ms = value * 1e3
    return fixed(ms, places: abs(ms) < 1 ? 4 : abs(ms) < 1000 ? 3 : 2)
  }

  /// A whole number with thin groups: "8,842,500".
  public static func whole(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 9e15 else { return significant(value, digits: 4) }
    return grouped(Int64(value.rounded()))
  }

  /// A whole number with commas between groups of three.
  public static func grouped(_ value: some BinaryInteger) -> String {
    var digits = String(value)
    let sign = digits.hasPrefix("-") ? "-" : ""
    if !sign.isEmpty { digits.removeFirst() }
    var result = ""
    for (i, c) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { result.append(",") }
      result.append(c)
    }
    return sign + result
  }

  /// A share as percent: "0.86 %", "12 %".
  public static func percent(_ fraction: Double, digits: Int = 2) -> String {
    significant(fraction * 100, digits: digits) + " %"
  }

  /// "150 MHz".
  public static func clock(_ hertz: Double) -> String {
    number(hertz / 1e6, digits: 6) + " MHz"
  }

  /// Bandwidth: "25.0 MB/s".
  public static func bandwidth(_ bytesPerSecond: Double) -> String {
    if bytesPerSecond >= 1e6 { return "\(significant(bytesPerSecond / 1e6, digits: 3)) MB/s" }
    return "\(significant(bytesPerSecond / 1e3, digits: 3)) kB/s"
  }

  /// `places` digits behind the point, rounded as the C library rounds.
  public static func fixed(_ value: Double, places: Int) -> String {
    value.isFinite ? printed("%.*f", places, value) : significant(value, digits: 3)
  }

  private static func exponential(_ value: Double, digits: Int) -> String {
    printed("%.*e", digits - 1, value)
  }

  private static func printed(_ form: String, _ places: Int, _ value: Double) -> String {
    var buffer = [UInt8](repeating: 0, count: 352)
    let written = buffer.withUnsafeMutableBytes { raw in
      // Bounds: a double has at most 309 whole digits and `places` at most 20, so 352 bytes hold
      // the text; vsnprintf never writes past the length it is given.
      withVaList([Int32(min(max(places, 0), 20)), value]) {
        vsnprintf(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, form, $0)
      }
    }
    return String(decoding: buffer.prefix(max(0, Int(written))), as: UTF8.self)
  }

  private static func trimmed(_ text: String) -> String {
    // Bytes, for Foundation's search of strings would be taken else, which is slow.
    guard text.utf8.contains(UInt8(ascii: ".")), !text.utf8.contains(UInt8(ascii: "e")) else {
      return text
    }
    var view = Substring(text)
    while view.hasSuffix("0") { view.removeLast() }
    if view.hasSuffix(".") { view.removeLast() }
    return String(view)
  }
}
