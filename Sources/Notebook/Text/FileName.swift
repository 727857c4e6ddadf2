import Support

/// Names of files that are made of texts, short enough for every file system.
///
/// Names that Windows reserves (`con`, `aux`) cannot come up: each begins with the word of a section or a
/// figure, or is the name of a file that exists.
public enum FileName {
  /// Bytes of the longest stem. What stands behind it (`-dark.svg`, `-12.csv`, `_int8_costs.json`) fits
  /// beside it into the 143 bytes that an encrypted folder takes (eCryptfs); most take 255.
  public static let longest = 120
  private static let digits = 8

  /// The stem itself, or its beginning, cut between two characters, and eight digits of a hash of all of
  /// it. Only what was cut is `longest` bytes long, so that it meets no stem that was short enough.
  public static func stem(_ text: String) -> String {
    guard text.utf8.count >= longest else { return text }
    var start = ""
    var room = longest - digits - 1
    for character in text {
      room -= character.utf8.count
      guard room >= 0 else {
        room += character.utf8.count
        break
      }
      start.append(character)
    }
    return start + String(repeating: "-", count: room + 1) + hash(text.utf8)
  }

  /// FNV-1a (Fowler, Noll, Vo), 32 bits, as eight hexadecimal digits.
  static func hash(_ bytes: some Sequence<UInt8>) -> String {
    Format.hex(bytes.reduce(0x811c_9dc5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 })
  }
}
