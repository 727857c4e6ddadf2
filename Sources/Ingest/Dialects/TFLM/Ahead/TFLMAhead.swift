import Support

/// Reads inferences at once as long as they look like those before and say nothing odd; the first that
/// does is left to the readers of single lines, so that the result is theirs in every case.
struct TFLMAhead: Sendable {
  private var shape: TFLMShape?
  private var numbers: [UInt32] = []
  /// Inferences to pass by before the next try, and how many after the next failure.
  private var rest = 0
  private var nextRest = Self.leastRest

  private static let leastRest = 4
  private static let mostRest = 1024

  /// Takes in what goes on at `start` as the inferences before did; nil where it does not. `place` is that of
  /// the line which begins there.
  mutating func read(
    _ bytes: Span<UInt8>, from start: Int, at place: TextPlace, isApplication: Bool,
    builder: inout TFLMRunBuilder, series: inout TFLMSeries
  ) -> LinesAhead? {
    guard rest == 0 else {
      rest -= 1
      return nil
    }
    guard !series.isHeaded, let level = series.settledLevel else { return nil }
    if shape.map({ !builder.goesOn(as: $0) }) ?? true {
      shape = TFLMShape(
        bytes, from: start, tags: builder.tags, isApplication: isApplication)
      numbers = [UInt32](repeating: 0, count: TFLMShape.mostParts)
    }
    guard let shape, builder.goesOn(as: shape) else {
      giveUp()
      return nil
    }
    let taken = builder.take(
      shape, bytes, from: start, firstLine: place.line, level: level, numbers: &numbers)
    guard taken.times > 0 else {
      if !taken.isUnfinished { giveUp() }
      return nil
    }
    nextRest = Self.leastRest
    series.stay(at: taken.level, taken.times)
    return LinesAhead(bytes: taken.end - start, times: taken.times, fates: shape.fates)
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
