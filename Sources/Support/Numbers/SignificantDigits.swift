/// Rounds away the digits that binary arithmetic leaves behind: 0.1 + 0.2 becomes 0.3.
public enum SignificantDigits {
  /// A double holds every decimal of 15 digits (DBL_DIG of C).
  private static let kept = 15

  /// The double nearest to the first 15 digits of the shortest decimal that reads back as `value`.
  public static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let parts = "\(value.magnitude)".split(separator: "e", maxSplits: 1)
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let written = Array(mantissa.joined().utf8)
    let digits = Array(written.drop { $0 == UInt8(ascii: "0") })
    guard digits.count > kept else { return value }
    // value = 0.digits × 10^exponent
    var exponent = mantissa[0].utf8.count - (written.count - digits.count)
    if parts.count > 1 { exponent += Int(parts[1]) ?? 0 }
    var head = Array(digits[..<kept])
    if digits[kept] >= UInt8(ascii: "5"), carry(into: &head) { exponent += 1 }
    let text = "0.\(String(decoding: head, as: UTF8.self))e\(exponent)"
    // The largest doubles would round to infinity.
    guard let result = Double(text), result.isFinite else { return value }
    return value < 0 ? -result : result
  }

  /// Adds one to the last digit; true when all were nines and the number became ten times larger.
  private static func carry(into digits: inout [UInt8]) -> Bool {
    for index in digits.indices.reversed() {
      guard digits[index] == UInt8(ascii: "9") else {
        digits[index] += 1
        return false
      }
      digits[index] = UInt8(ascii: "0")
    }
    digits[0] = UInt8(ascii: "1")
    return true
  }
}
