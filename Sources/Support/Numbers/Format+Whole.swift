extension Format {
  /// Rounded to a whole number in groups of three: "8,842,500".
  public static func whole(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 9e15 else { return significant(value, digits: 4) }
    return grouped(Int64(value.rounded()))
  }

  /// A whole number with commas between groups of three.
  public static func grouped(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// All digits of the type, as in logs: "000000ab".
  public static func hex<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: Value.bitWidth / 4 - digits.count) + digits
  }

  /// As data sheets write addresses: "0x10000000".
  public static func address(_ value: UInt32) -> String { "0x" + hex(value) }
}
