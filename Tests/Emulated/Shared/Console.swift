#if hasFeature(Embedded)
import Board
#elseif canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Text and numbers, character by character: on the board there is no more.
enum Console {
  static func write(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { _ = putchar(Int32(byte)) } }
  }

  static func write(_ number: Int32) {
    if number < 0 { _ = putchar(45) }
    var divisor: UInt32 = 1
    while number.magnitude / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      _ = putchar(48 + Int32(number.magnitude / divisor % 10))
      divisor /= 10
    }
  }

  /// Eight hexadecimal digits.
  static func write(hexadecimal word: UInt32) {
    for place in 0..<8 {
      let digit = Int32(word >> UInt32(28 - 4 * place) & 15)
      _ = putchar(digit < 10 ? 48 + digit : 87 + digit)
    }
  }
}
