/// The form of a prefix that a log shows itself: its numbers may be any, all else is as it stands.
enum PrefixShape {
  /// A longer one is not looked for.
  static let mostBytes = 160
  /// As many places in a line are tried.
  static let mostPlaces = 40

  /// The parts of the first `end` bytes of a line.
  static func parts(_ text: Span<UInt8>, upTo end: Int) -> [PrefixPart] {
    var parts: [PrefixPart] = []
    let prefix = text.extracting(0..<end)
    var i = 0
    while i < end {
      // Blanks in front of a number pad it.
      var digit = i
      Scan.blanks(prefix, &digit)
      let numberEnd = PrefixPart.numberEnd(prefix, digit)
      let isInWord = digit == i && i > 0 && Scan.isWord(prefix[i - 1]) && !Scan.isDigit(prefix[i])
      if numberEnd > digit, !isInWord {
        parts.append(.number)
        i = numberEnd
      } else {
        parts.append(.byte(prefix[i]))
        i += 1
      }
    }
    if parts.count > 1, let last = parts.last,
      [.byte(UInt8(ascii: " ")), .byte(UInt8(ascii: "\t"))].contains(last)
    {
      parts[parts.count - 1] = .lastBlank
    }
    return parts
  }

  /// Calls `body` with each place at which the line itself may begin: behind the first byte, where no word goes on, and
  /// not at the blank that ends a prefix.
  static func forEachPlace(_ text: Span<UInt8>, _ body: (Int) -> Void) {
    var places = 0
    var i = 1
    while i < min(text.count, mostBytes), places < mostPlaces {
      let isBlank = text[i] == UInt8(ascii: " ") || text[i] == UInt8(ascii: "\t")
      let isBehindBlank = text[i - 1] == UInt8(ascii: " ") || text[i - 1] == UInt8(ascii: "\t")
      if !Scan.isWord(text[i - 1]) && (!isBlank || isBehindBlank) {
        places += 1
        body(i)
      }
      i += 1
    }
  }
}
