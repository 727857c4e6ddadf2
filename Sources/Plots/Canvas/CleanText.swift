/// One line of text that is safe to draw and to write into XML: no control characters, no
/// direction overrides (which could make "25 MB/s" read as something else), bounded in length.
struct CleanText: Sendable, Hashable {
  let string: String

  /// The longest text that is kept, in characters; more ends in an ellipsis.
  static let limit = 2_000

  init(_ text: String) {
    string = Self.clean(text, limit: Self.limit)
  }

  /// Nothing that needs cleaning is in most texts: look at the bytes first.
  private static func clean(_ text: String, limit: Int) -> String {
    let utf8 = text.utf8
    if utf8.count <= limit && utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
    var scalars = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        scalars.append("…")
        break
      }
      switch scalar.value {
      case 0x09, 0x0a, 0x0d: scalars.append(" ")
      case 0..<0x20, 0x7f..<0xa0: continue
      case 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff: continue
      case 0xfff0...0xffff, 0xe0000...0xe007f: continue
      default: scalars.append(scalar)
      }
      count += 1
    }
    return String(scalars)
  }
}
