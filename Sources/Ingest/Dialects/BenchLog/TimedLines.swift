import BenchLog

/// Lines with times that follow each other, each whole, its checksum right; what is before them need not be known.
struct TimedLines: Sendable {
  private(set) var all: [TimedLine] = []

  /// Fewer are read as quickly when it is their turn.
  private static let few = 64
  /// Stretches of a block, behind which the rest is not looked at: a log so full of other lines gains nothing.
  private static let most = 1024

  /// Those that begin at `start`.
  private init(_ bytes: Span<UInt8>, from start: Int) {
    var end = start
    while let line = TimedLine(bytes, at: end) {
      all.append(line)
      end += line.length
    }
  }

  /// All in a block that begins anywhere.
  static func survey(_ bytes: Span<UInt8>) -> [Surveyed.Part] {
    var parts: [Surveyed.Part] = []
    var tried = 0
    var i = 0
    while i < bytes.count, tried < most {
      i += 1
      guard bytes[i - 1] == UInt8(ascii: "\n") else { continue }
      let lines = TimedLines(bytes, from: i)
      if lines.all.count >= few { parts.append(Surveyed.Part(start: i, content: lines)) }
      i += lines.all.reduce(0) { $0 + $1.length }
      tried += 1
    }
    return parts
  }
}
