import Support

/// What one inference prints, byte by byte, with holes where its numbers stand.
///
/// Most logs are one inference again and again. Comparing the next lines with the shape of those before
/// takes far less time than reading each line anew, and finds the same.
struct TFLMShape: Sendable {
  enum Hole: Sendable {
    /// Ticks of an operator.
    case ticks
    /// The same in whole milliseconds.
    case milliseconds
    /// The whole inference.
    case time
    /// A number that says nothing: the LED handler's.
    case counter
  }

  /// Bytes that are the same every time, then perhaps a number.
  struct Part: Sendable {
    var literal: Range<Int>
    var hole: Hole?
  }

  private(set) var bytes: [UInt8] = []
  private(set) var parts: [Part] = []
  /// Tags of the operators, in their order.
  private(set) var names: [String] = []
  private(set) var unit = TFLMPrintedUnit.ticks
  /// It says how long the whole inference took.
  private(set) var hasTime = false
  /// Ticks stand beside milliseconds.
  private(set) var hasMilliseconds = false
  /// What becomes of its lines.
  private(set) var fates = LineAccount()
  /// Which of its lines is that of the last operator, from 0.
  private(set) var lastOperatorLine = 0
  /// Bytes that it and the first line behind it take at most, and as many as are loaded beyond them: numbers
  /// have a sign and eleven digits.
  private(set) var mostLength = 0
  private var literalStart = 0

  /// How many lines it has.
  var lineCount: Int { fates.total }

  /// The parts of its first line, with which another inference begins.
  private(set) var head: [Part] = []

  /// The shape of the inference that begins at `start`, up to the line that begins the next one; nil where
  /// it is not whole in `source`, or says more than its operators and its time.
  init?(_ source: Span<UInt8>, from start: Int, tags: TFLMTags, isApplication: Bool) {
    var i = start
    var isBehindOperators = false
    while true {
      guard let range = TFLMAhead.line(source, from: i), bytes.count < Self.mostBytes else {
        return nil
      }
      let line = source.extracting(range)
      let end =
        source[range.upperBound] == UInt8(ascii: "\n") ? range.upperBound : range.upperBound + 1
      if i > start {
        if isApplication, Scan.starts(line, "profile_count: ") { break }
        if !isApplication, isBehindOperators, !line.isEmpty { break }
      }
      let before = bytes.count
      for k in i...end { bytes.append(source[k]) }
      guard Self.isClean(line),
        let fate = take(line, at: before, isBehindOperators: &isBehindOperators, tags),
        isApplication || fate == .skipped(.blank) || !hasTime && fate == .read
      else { return nil }
      fates.enter(fate)
      i = end + 1
    }
    parts.append(Part(literal: literalStart..<bytes.count, hole: nil))
    guard !names.isEmpty, parts.count <= Self.mostParts else { return nil }
    let headEnd = (bytes.firstIndex(of: UInt8(ascii: "\n")) ?? 0) + 1
    for part in parts where part.literal.lowerBound < headEnd {
      head.append(
        Part(
          literal: part.literal.lowerBound..<min(part.literal.upperBound, headEnd),
          hole: part.literal.upperBound < headEnd ? part.hole : nil))
    }
    mostLength =
      (parts + head).reduce(Self.padding) { $0 + $1.literal.count + ($1.hole == nil ? 0 : 12) }
    bytes += [UInt8](repeating: 0, count: Self.padding)
  }

  private static let mostBytes = 1 << 15
  /// Bytes behind the last one, so that eight can be loaded wherever one of them stands.
  private static let padding = 8
  static let mostParts = 1 << 10

  /// The line is the same with and without what serial noise would be taken for.
  private static func isClean(_ line: Span<UInt8>) -> Bool {
    for i in 0..<line.count where line[i] < 0x20 || line[i] > 0x7E { return false }
    var cleaner = LineCleaner()
    let length = cleaner.clean(line, at: TextPlace(line: 2, column: 1)) { text, _ in text.count }
    return length == line.count
  }

  private mutating func take(
    _ line: Span<UInt8>, at offset: Int, isBehindOperators: inout Bool, _ tags: TFLMTags
  ) -> LineFate? {
    if line.isEmpty {
      isBehindOperators = !names.isEmpty
      return .skipped(.blank)
    }
    if case .took(let took) = TFLMLine.parse(line) {
      guard !isBehindOperators, took.iterations == nil, took.count.ticks != nil,
        names.isEmpty || unit == took.unit, let tag = tags.find(line, took.tag)
      else { return nil }
      names.append(tags.names[tag])
      unit = took.unit
      lastOperatorLine = fates.total
      var i = took.offset
      hole(.ticks, line, &i, at: offset)
      guard took.milliseconds != nil else {
        return names.count == 1 || !hasMilliseconds ? .read : nil
      }
      guard names.count == 1 || hasMilliseconds else { return nil }
      hasMilliseconds = true
      while line[i] != UInt8(ascii: "(") { i += 1 }
      i += 1
      guard Scan.isDigit(line[i]) else { return nil }
      hole(.milliseconds, line, &i, at: offset)
      return .read
    }
    switch TFLMApplicationLine.parse(line) {
    case .profileCount: return names.isEmpty ? .read : nil
    case .invokeTime(let time, var i):
      guard names.isEmpty, !hasTime, time.ticks != nil else { return nil }
      hasTime = true
      hole(.time, line, &i, at: offset)
      return .read
    case .number:
      isBehindOperators = !names.isEmpty
      var i = 0
      hole(.counter, line, &i, at: offset)
      return .skipped(.ledCounter)
    default: return nil
    }
  }

  /// The number at `i` of the line that begins at `offset`; moves `i` behind it.
  private mutating func hole(_ hole: Hole, _ line: Span<UInt8>, _ i: inout Int, at offset: Int) {
    parts.append(Part(literal: literalStart..<offset + i, hole: hole))
    if hole == .counter, line[i] == UInt8(ascii: "-") { i += 1 }
    while i < line.count, Scan.isDigit(line[i]) { i += 1 }
    literalStart = offset + i
  }
}
