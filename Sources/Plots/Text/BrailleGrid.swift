/// A grid of dots, two by four to a character (Unicode braille patterns, U+2800), with characters
/// on top. In ASCII a cell with dots becomes '.', ':' or '-' by where its dots are.
struct BrailleGrid {
  let columns: Int
  let rows: Int
  private var dots: [UInt8]
  private var marks: [Character?]

  /// Sizes within 1...500 characters.
  init(columns: Int, rows: Int) {
    self.columns = min(max(1, columns), 500)
    self.rows = min(max(1, rows), 500)
    dots = Array(repeating: 0, count: self.columns * self.rows)
    marks = Array(repeating: nil, count: self.columns * self.rows)
  }

  /// Dots across and down.
  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// Bit of a dot in its cell: the left column is dots 1, 2, 3, 7, the right one 4, 5, 6, 8.
  private static let bits: [[UInt8]] = [
    [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
  ]

  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    dots[(y / 4) * columns + x / 2] |= Self.bits[y % 4][x % 2]
  }

  /// A line between two dots; every n-th dot only if `every` is above one.
  mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double), every: Int = 1) {
    let steps = Int(max(abs(to.x - from.x), abs(to.y - from.y)).rounded(.up))
    guard steps >= 0, steps < 10_000 else { return }
    for step in 0...steps where step % every == 0 {
      let share = steps == 0 ? 0 : Double(step) / Double(steps)
      set(
        Int((from.x + share * (to.x - from.x)).rounded(.down)),
        Int((from.y + share * (to.y - from.y)).rounded(.down)))
    }
  }

  /// Puts a character on the cell, or, if that is taken, on the nearest free one to the right or
  /// left within two cells; false if there is none.
  mutating func mark(_ character: Character, atDot x: Int, _ y: Int) -> Bool {
    let row = min(max(0, y / 4), rows - 1)
    let column = min(max(0, x / 2), columns - 1)
    for shift in [0, 1, -1, 2, -2] {
      let place = column + shift
      guard place >= 0, place < columns, marks[row * columns + place] == nil else { continue }
      marks[row * columns + place] = character
      return true
    }
    return false
  }

  func line(row: Int, ascii: Bool) -> String {
    guard row >= 0, row < rows else { return "" }
    var text = ""
    for index in (row * columns)..<((row + 1) * columns) {
      if let mark = marks[index] {
        text.append(mark)
      } else if dots[index] == 0 {
        text.append(" ")
      } else {
        text.append(ascii ? Self.ascii(dots[index]) : Self.braille(dots[index]))
      }
    }
    return text
  }

  private static func braille(_ dots: UInt8) -> Character {
    Unicode.Scalar(0x2800 + UInt32(dots)).map(Character.init) ?? "."
  }

  private static func ascii(_ dots: UInt8) -> Character {
    // Upper two rows of dots, lower two rows.
    let (upper, lower) = (dots & 0x1b != 0, dots & 0xe4 != 0)
    return upper && lower ? ":" : upper ? "'" : "."
  }
}
