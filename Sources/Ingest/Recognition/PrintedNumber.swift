import Support

/// A number as it was printed: its value, what rounding may hide, and where it stands.
///
/// Redundant figures of a log are compared within their rounding, so that a damaged digit shows.
struct PrintedNumber: Sendable, Equatable {
  var value: Double
  /// Half a unit of the last printed digit; 0 where the tool prints all digits it has.
  var half: Double
  var place: TextPlace

  /// Reads a number that is not negative at `i`; `inFull` says that nothing was rounded away.
  static func read(
    _ text: Span<UInt8>, _ i: inout Int, at place: TextPlace, inFull: Bool = false
  ) -> PrintedNumber? {
    var j = i
    var decimals = 0
    guard j < text.count, Scan.isDigit(text[j]), let value = Scan.decimal(text, &j, &decimals)
    else { return nil }
    var half = 0.5
    for _ in 0..<decimals { half /= 10 }
    let number = PrintedNumber(
      value: value, half: inFull ? 0 : half, place: place.advanced(by: i))
    i = j
    return number
  }

  /// The same in a unit `factor` times smaller.
  func scaled(by factor: Double) -> PrintedNumber {
    PrintedNumber(value: value * factor, half: half * factor, place: place)
  }

  /// True when both may be roundings of the same value.
  func agrees(with other: PrintedNumber) -> Bool {
    Self.close(value, other.value, within: half + other.half)
  }

  /// True when `a` and `b` are no further apart than `tolerance`, floating-point noise aside.
  static func close(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
    abs(a - b) <= tolerance + 1e-12 * max(abs(a), abs(b))
  }
}

extension Scan {
  /// True when nothing but blanks is left.
  static func atEnd(_ text: Span<UInt8>, _ i: Int) -> Bool {
    var j = i
    blanks(text, &j)
    return j == text.count
  }

  /// Reads `KEY blanks ':' blanks`.
  static func key(_ text: Span<UInt8>, _ i: inout Int, _ key: StaticString) -> Bool {
    var j = i
    guard literal(text, &j, key) else { return false }
    blanks(text, &j)
    guard literal(text, &j, ":") else { return false }
    blanks(text, &j)
    i = j
    return true
  }
}
