/// Numbers as text, in one place: significant figures, units chosen by size, a true minus sign.
///
/// Where a number's size decides how it is printed, the size is that of what is printed: 9.9996 to
/// four figures is 10.00, and 999.96 µs to four is 1 ms.
public enum Format {
  /// `digits` significant figures, no exponent between 1e-4 and 1e15, trailing zeros kept off.
  public static func number(_ value: Double, digits: Int = 4) -> String {
    trimmed(significant(value, digits: digits))
  }

  /// `digits` significant figures, trailing zeros kept: "1.050"; of whole digits all are shown.
  public static func significant(_ value: Double, digits: Int) -> String {
    guard let figures = Figures(value, digits) else { return withoutFigures(value) }
    guard (-4..<15).contains(figures.exponent) else {
      return sign(value) + Figures.printed("%.*e", digits - 1, abs(value))
    }
    guard figures.exponent < digits else { return fixed(value, places: 0) }
    return sign(value) + figures.plain
  }

  /// For figures: `digits` significant figures and no more, as 1.2e-7 below 0.0001 and from ten
  /// million on.
  public static func compact(_ value: Double, digits: Int = 3) -> String {
    guard let figures = Figures(value, digits) else { return withoutFigures(value) }
    return sign(value) + ((-4..<7).contains(figures.exponent) ? figures.plain : figures.scientific)
  }

  /// `places` digits behind the point, rounded as the C library rounds; zero has no sign.
  public static func fixed(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return withoutFigures(value) }
    let text = Figures.printed("%.*f", places, abs(value))
    return value < 0 && !isZero(text) ? "−" + text : text
  }

  /// At most `places` digits behind the point: "2.5", "3".
  public static func rounded(_ value: Double, places: Int) -> String {
    trimmed(fixed(value, places: places))
  }

  /// With its sign in front, zero without: "+0.30".
  public static func signed(_ value: Double, places: Int) -> String {
    signed(value) { fixed($0, places: places) }
  }

  /// With its sign in front of what `print` makes of its magnitude, zero without.
  public static func signed(_ value: Double, _ print: (Double) -> String) -> String {
    let text = print(abs(value))
    return isZero(text) ? text : (value < 0 ? "−" : "+") + text
  }

  /// The shortest decimal that reads back as the same number, whole numbers without a point; for
  /// programs, so with their minus sign.
  public static func shortest(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String
  {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
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

  static func sign(_ value: Double) -> String { value < 0 ? "−" : "" }

  /// Of a text without a sign.
  static func wholeDigits(_ text: String) -> Int {
    text.utf8.prefix { $0 != UInt8(ascii: ".") }.count
  }

  private static func isZero(_ text: String) -> Bool {
    !text.utf8.contains { UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0 || $0 > 0x7F }
  }

  /// Zero, and what is not finite.
  private static func withoutFigures(_ value: Double) -> String {
    value == 0 ? "0" : value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞"
  }
}
