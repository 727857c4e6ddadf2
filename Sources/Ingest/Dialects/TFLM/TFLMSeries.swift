import Support

/// The blocks between two boots or headers on their way to a run: where headings stand between them, and
/// which of them are too far apart for one run.
struct TFLMSeries: Sendable {
  /// A block and how it came to its end.
  struct Closed: Sendable {
    var block: TFLMBlock
    var ending: TFLMRunBuilder.Ending
  }

  typealias Step = LevelChange<Closed>.Step

  /// A heading, a fence, a boot or a header of the program stands behind the last block.
  var isHeaded = false
  private var headings = Headings()
  private var levels = LevelChange<Closed>()

  /// What the line sets apart, if anything; the next block stands below it.
  mutating func takeHeading(_ text: Span<UInt8>) -> Headings.Mark? {
    let mark = headings.take(text)
    if mark != nil { isHeaded = true }
    return mark
  }

  /// A block that begins at `place`.
  mutating func begin(at place: TextPlace) -> TFLMBlock {
    var block = TFLMBlock(at: place)
    block.isHeaded = isHeaded
    isHeaded = false
    return block
  }

  /// What to do now that `block` is read, which took `amount`.
  mutating func take(
    _ block: TFLMBlock, _ ending: TFLMRunBuilder.Ending, amount: Double?
  ) -> [Step] {
    levels.take(Closed(block: block, ending: ending), amount, isHeaded: block.isHeaded)
  }

  /// What the last block took, where nothing waits for the next one.
  var settledLevel: Double? { levels.settledLevel }

  /// So many blocks without a heading came, each near the one before; the last took `amount`.
  mutating func stay(at amount: Double, _ count: Int) { levels.stay(at: amount, count) }

  /// What to do before a run ends for another reason.
  mutating func finish() -> [Step] {
    let steps = levels.finish()
    levels = LevelChange()
    return steps
  }
}
