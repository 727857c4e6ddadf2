import Support

/// Whether the log ends, or goes on elsewhere, before an inference is whole.
extension TFLMRunBuilder {
  /// Where `block` was cut off; nil when it may be whole.
  ///
  /// What speaks for a whole one: readings that confirm each other or fit the time of the whole, another
  /// block with the same operators, or a line behind the operators.
  func cutOff(
    _ block: TFLMBlock, _ check: TFLMBlockCheck, _ ending: Ending
  ) -> TextPlace? {
    guard !check.isConfirmed, !isWhole(block), !block.operators.isEmpty else { return nil }
    if ending != .marked, let doubt = block.doubt, doubt.line > block.last.line { return doubt }
    guard !block.isClosed else { return nil }
    if block.isOfKinds { return block.last }
    switch check.agreement {
    case .agrees: return nil
    case .contradicts(_, let factor):
      return factor < 1 && (ending != .marked || closesBlocks) ? block.last : nil
    case .unknown:
      // Ticks that say nothing leave nothing to compare.
      let isOdd = check.operators.contains { $0.ticks == nil } || block.overflowedWhole != nil
      return closesBlocks && !isOdd ? block.last : nil
    }
  }

  func reportCutTable(_ block: TFLMBlock, _ ending: Ending, into sink: inout Sink) {
    sink.report(
      .warning, at: block.last, rule: "log-ends-in-block",
      ending.inside(block: "a table that repeats the operators above it") + "; these count",
      remedy: "Let the capture run until the block is whole.")
  }
}
