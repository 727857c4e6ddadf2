import Support

/// Reads inferences at once as long as they look like those before and say nothing odd; the first that
/// does is left to the readers of single lines, so that the result is theirs in every case.
struct TFLMAhead: Sendable {
  private var shape: TFLMShape?
  /// Inferences to pass by before the next try, and how many after the next failure.
  private var rest = 0
  private var nextRest = Self.leastRest

  private static let leastRest = 4
  private static let mostRest = 1024
  /// Inferences that are left out of a survey where something odd may stand before them. The first behind it
  /// are read line by line, and those up to a stretch at once; more than this are not worth a stretch.
  private static let margin = 32
  /// Stretches that were too short, after which the rest of a block is not surveyed.
  private static let mostFailures = 16

  /// Takes in what goes on at `start` as the inferences before did; nil where it does not. `place` is that of
  /// the line which begins there.
  mutating func read(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    isApplication: Bool, builder: inout TFLMRunBuilder, series: inout TFLMSeries
  ) -> LinesAhead? {
    guard !series.isHeaded else { return nil }
    var taken = LinesAhead()
    while let level = series.settledLevel {
      let (at, line) = (start + taken.bytes, place.line + taken.lines)
      var next = surveyed.content(at: at) as? TFLMStretch
      let isFound = next.map { builder.append($0, firstLine: line, level: level) } ?? false
      let limit = surveyed.start(after: at)
      if !isFound {
        next = take(
          bytes, from: at, line: line, level: level, upTo: limit, isApplication, &builder)
      }
      guard let next, let amount = next.amounts?.last else { break }
      series.stay(at: amount, next.times)
      taken.add(bytes: next.end - next.start, times: next.times, of: next.shape.fates)
      // What was found goes on with what is read here, and that with what was found, up to the last of it.
      guard let limit, isFound || start + taken.bytes == limit else { break }
    }
    return taken.bytes > 0 ? taken : nil
  }

  /// Takes in what goes on at `start`, unless it did not of late.
  private mutating func take(
    _ bytes: Span<UInt8>, from start: Int, line: Int, level: Double, upTo limit: Int?,
    _ isApplication: Bool, _ builder: inout TFLMRunBuilder
  ) -> TFLMStretch? {
    guard rest == 0 else {
      rest -= 1
      return nil
    }
    if shape.map({ !builder.goesOn(as: $0) }) ?? true {
      shape = TFLMShape(
        bytes, from: start, tags: builder.tags, isApplication: isApplication)
    }
    guard let shape, builder.goesOn(as: shape),
      let stretch = builder.take(
        shape, bytes, from: start, firstLine: line, level: level, upTo: limit)
    else {
      giveUp()
      return nil
    }
    if stretch.times > 0 { nextRest = Self.leastRest } else if !stretch.isUnfinished { giveUp() }
    return stretch
  }

  /// The inferences in a block that are like those before, wherever they belong.
  func survey(_ bytes: Span<UInt8>, of builder: TFLMRunBuilder) -> [Surveyed.Part] {
    guard let shape, builder.goesOn(as: shape) else { return [] }
    var parts: [Surveyed.Part] = []
    var failures = 0
    var scout = TFLMScout(shape)
    // A block begins anywhere; what stands in front of it is most likely the same again.
    while failures < Self.mostFailures,
      let start = scout.next(bytes, behind: parts.isEmpty && failures == 0 ? 0 : Self.margin),
      var stretch = builder.stretch(shape, at: start)
    {
      stretch.read(bytes)
      if stretch.times >= Self.margin {
        parts.append(Surveyed.Part(start: start, content: stretch))
      } else {
        failures += 1
      }
      scout.position = stretch.end
    }
    return parts
  }

  /// The line that begins at `start`, without its end; nil where that has not come.
  static func line(_ bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    guard end < bytes.count else { return nil }
    return start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
  }

  private mutating func giveUp() {
    shape = nil
    rest = nextRest
    nextRest = min(2 * nextRest, Self.mostRest)
  }
}
