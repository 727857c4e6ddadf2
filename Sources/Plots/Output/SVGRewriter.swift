/// Copies Cairo's SVG in one pass, with ids renumbered and numbers rounded.
///
/// - Cairo 1.16 takes ids from a counter of the process, so the same figure differs each time it is
///   drawn, and figures that stand in one HTML page share ids. Here ids are numbered in the order in
///   which they appear, after the figure's own prefix.
/// - Cairo prints six decimals. Two (1/100 pt) are finer than its own 1/256 pt grid lets anybody see.
///   Matrices keep all, since a factor is not a length.
///
/// - Cairo writes colours as percentages and every default of a style; here they are #rrggbb and left
///   out, and paths have no space that the grammar can do without. This halves the file.
///
/// Text is drawn as outlines, so nothing from outside is in these bytes: every `id="`, `"#`, `(#`
/// and every number is Cairo's own.
struct SVGRewriter {
  private let prefix: [UInt8]
  private var numbers: [[UInt8]: Int] = [:]
  private var isInPath = false

  init(prefix: String) {
    self.prefix = Array(prefix.utf8)
  }

  mutating func rewrite(_ input: ArraySlice<UInt8>, into out: inout [UInt8]) {
    input.withUnsafeBufferPointer { rewrite($0, into: &out) }
  }

  /// The buffer's own bounds checks hold in debug builds only; every index below is compared with
  /// `input.count` first.
  private mutating func rewrite(_ input: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    var index = 0
    var previous = UInt8(ascii: ">")
    while index < input.count {
      let byte = input[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where isInPath || !Self.isName(previous):
        index = Self.number(input, at: index, into: &out)
      case UInt8(ascii: "#") where previous == UInt8(ascii: "\"") || previous == UInt8(ascii: "("):
        out.append(byte)
        index = identifier(input, at: index + 1, into: &out)
      case UInt8(ascii: "i")
      where previous == UInt8(ascii: " ") && Self.matches(input, index, "id=\""):
        out += Array("id=\"".utf8)
        index = identifier(input, at: index + 4, into: &out)
      case UInt8(ascii: " ") where isInPath:
        let next = index + 1 < input.count ? input[index + 1] : UInt8(ascii: "\"")
        if Self.isDigit(previous) && Self.isDigit(next) { out.append(byte) }
        index += 1
      case UInt8(ascii: "d")
      where previous == UInt8(ascii: " ") && Self.matches(input, index, "d=\""):
        out += Array("d=\"".utf8)
        index += 3
        isInPath = true
      case UInt8(ascii: "\""):
        out.append(byte)
        index += 1
        isInPath = false
      case UInt8(ascii: "r") where Self.matches(input, index, "rgb("):
        index = Self.colour(input, at: index, into: &out)
      case UInt8(ascii: "s") where previous == UInt8(ascii: ";"),
        UInt8(ascii: "f") where previous == UInt8(ascii: ";"):
        if let length = Self.defaultLength(input, at: index) {
          index += length
        } else {
          out.append(byte)
          index += 1
        }
      case UInt8(ascii: "m") where Self.matches(input, index, "matrix("):
        while index < input.count && input[index] != UInt8(ascii: ")") {
          out.append(input[index])
          index += 1
        }
      default:
        out.append(byte)
        index += 1
      }
      previous = out.last ?? byte
    }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// What SVG takes for granted. (Its miter limit is 4, which no corner of a figure reaches.)
  private static let defaults: [StaticString] = [
    "stroke-linecap:butt;", "stroke-linejoin:miter;", "stroke-miterlimit:10;",
    "stroke-opacity:1;", "fill-opacity:1;", "fill-rule:nonzero;",
  ]

  private static func defaultLength(
    _ input: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Int? {
    defaults.first { matches(input, index, $0) }?.utf8CodeUnitCount
  }

  /// Writes rgb(11.37%,12.94%,14.5%) as #1d2125; returns where it ended.
  private static func colour(
    _ input: UnsafeBufferPointer<UInt8>, at start: Int, into out: inout [UInt8]
  ) -> Int {
    var index = start + 4
    var hex: [UInt8] = [UInt8(ascii: "#")]
    let digits = Array("0123456789abcdef".utf8)
    for last in [",", ",", ")"] as [Unicode.Scalar] {
      var percent: [UInt8] = []
      index = number(input, at: index, into: &percent)
      guard index + 1 < input.count, input[index] == UInt8(ascii: "%"),
        input[index + 1] == UInt8(ascii: last),
        let value = Double(String(decoding: percent, as: UTF8.self))
      else {
        // Not as Cairo 1.16 writes it: copied as it is.
        out.append(input[start])
        return start + 1
      }
      let byte = Int(min(255, (value * 2.55).rounded()))
      hex += [digits[byte / 16], digits[byte % 16]]
      index += 2
    }
    out += hex
    return index
  }

  private static func matches(
    _ input: UnsafeBufferPointer<UInt8>, _ index: Int, _ word: StaticString
  ) -> Bool {
    guard index + word.utf8CodeUnitCount <= input.count else { return false }
    // Within the static string: offset < utf8CodeUnitCount.
    return (0..<word.utf8CodeUnitCount).allSatisfy { input[index + $0] == word.utf8Start[$0] }
  }

  /// Copies an id up to the quote or bracket under its new name; returns where it ended.
  private mutating func identifier(
    _ input: UnsafeBufferPointer<UInt8>, at start: Int, into out: inout [UInt8]
  ) -> Int {
    var end = start
    while end < input.count, input[end] != UInt8(ascii: "\""), input[end] != UInt8(ascii: ")") {
      end += 1
    }
    let old = Array(input[start..<end])
    let number = numbers[old] ?? numbers.count
    numbers[old] = number
    out += prefix
    Self.append(whole: number, to: &out)
    return end
  }

  /// Copies a number with at most two decimals; returns where it ended.
  private static func number(
    _ input: UnsafeBufferPointer<UInt8>, at start: Int, into out: inout [UInt8]
  ) -> Int {
    func digit(_ index: Int) -> Int? {
      guard index < input.count else { return nil }
      let value = Int(input[index]) - 48
      return (0...9).contains(value) ? value : nil
    }
    var index = start
    var whole = 0
    while let next = digit(index) {
      whole = min(whole &* 10 &+ next, 1_000_000_000_000)
      index += 1
    }
    let wholeEnd = index
    guard index < input.count, input[index] == UInt8(ascii: "."), digit(index + 1) != nil,
      whole < 1_000_000_000_000
    else {
      out += input[start..<wholeEnd]
      return wholeEnd
    }
    index += 1
    var hundredths = whole * 100 + (digit(index) ?? 0) * 10
    if let second = digit(index + 1) {
      hundredths += second
      if let third = digit(index + 2), third >= 5 { hundredths += 1 }
    }
    while digit(index) != nil { index += 1 }
    append(hundredths, to: &out)
    return index
  }

  private static func append(whole: Int, to out: inout [UInt8]) {
    if whole >= 10 { append(whole: whole / 10, to: &out) }
    out.append(UInt8(48 + whole % 10))
  }

  private static func append(_ hundredths: Int, to out: inout [UInt8]) {
    append(whole: hundredths / 100, to: &out)
    let rest = hundredths % 100
    guard rest > 0 else { return }
    out.append(UInt8(ascii: "."))
    out.append(UInt8(48 + rest / 10))
    if rest % 10 > 0 { out.append(UInt8(48 + rest % 10)) }
  }
}
