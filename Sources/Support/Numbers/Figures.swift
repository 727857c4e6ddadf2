#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The significant figures of a number without its sign, rounded as the C library prints them, and
/// where the point stands.
struct Figures {
  private let digits: [UInt8]
  /// The power of ten of the first digit.
  let exponent: Int

  /// Nil for zero and what is not finite.
  init?(_ value: Double, _ count: Int) {
    guard value.isFinite, value != 0 else { return nil }
    // As "1.234e-05".
    let text = Self.printed("%.*e", count - 1, abs(value))
    guard let mark = text.lastIndex(of: "e"), let exponent = Int(text[mark...].dropFirst()) else {
      return nil
    }
    self.exponent = exponent
    digits = text[..<mark].utf8.filter { $0 != UInt8(ascii: ".") }
  }

  /// Without an exponent: "0.0001234", "12.34", "123400".
  var plain: String {
    if exponent < 0 { return "0." + Self.zeros(-exponent - 1) + Self.text(digits[...]) }
    let whole = digits.prefix(exponent + 1)
    let fraction = digits.dropFirst(exponent + 1)
    return Self.text(whole) + Self.zeros(exponent + 1 - whole.count)
      + (fraction.isEmpty ? "" : "." + Self.text(fraction))
  }

  /// "1.234e-5".
  var scientific: String {
    let fraction = digits.dropFirst()
    return Self.text(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + Self.text(fraction))
      + "e\(exponent)"
  }

  /// What C makes of a number with `places` digits behind the point.
  static func printed(_ form: String, _ places: Int, _ value: Double) -> String {
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

  private static func text(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits, as: UTF8.self)
  }

  private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
