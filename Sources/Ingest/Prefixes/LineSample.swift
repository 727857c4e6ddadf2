import Support

/// Clean lines from the beginning of a log, by which its prefix is looked for.
struct LineSample: Sendable {
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>] = []
  /// Lines whose numbers are a multiple of this are kept, and those that a dialect claims.
  private var step = 1
  private var count = 0

  /// As many lines are looked at, and as much of each.
  static let mostLines = 2048
  static let mostBytes = 512

  /// No lines.
  init() {}

  /// The lines of a text.
  init(_ text: String) {
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = Array(line)
      add(line.span, isClaimed: false)
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { ranges.isEmpty }
  /// The number of them.
  var indices: Range<Int> { ranges.indices }

  /// Calls `body` with a line.
  func withLine<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(bytes.span.extracting(ranges[index]))
  }

  /// Whether all lines are indented, or most of the first begin with what is hardly anything but a prefix.
  var looksPrefixed: Bool {
    let first = indices.prefix(256)
    let likely = first.filter { withLine($0) { KnownPrefixes.isLikely($0) } }
    return 2 * likely.count > first.count || indent(behind: .stamps) != nil
  }

  /// The blanks that stand in front of each line behind the prefix; nil where there are none.
  func indent(behind prefix: LinePrefix) -> PrefixForm? {
    var least = PrefixShape.mostBytes
    for index in indices {
      withLine(index) { line in
        let start = prefix.length(of: line).bytes
        var i = start
        while i < min(line.count, start + least), line[i] == UInt8(ascii: " ") { i += 1 }
        if i < line.count { least = i - start }
      }
      if least == 0 { return nil }
    }
    return PrefixForm(
      .mark, "an indent", parts: [PrefixPart](repeating: .byte(UInt8(ascii: " ")), count: least))
  }

  /// Adds a line that is not blank.
  mutating func add(_ line: Span<UInt8>, isClaimed: Bool) {
    guard !line.isEmpty else { return }
    defer { count += 1 }
    guard count % step == 0 || isClaimed && ranges.count < 2 * Self.mostLines else { return }
    if ranges.count == Self.mostLines { step *= 8 }
    let start = bytes.count
    for i in 0..<min(line.count, Self.mostBytes) { bytes.append(line[i]) }
    ranges.append(start..<bytes.count)
  }
}
