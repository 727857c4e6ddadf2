import Support

/// What the ticks of a run show beside times: counters that overflowed or stand still, events that never
/// ended, sums that hold earlier inferences.
struct TFLMOddTicks: Sendable {
  /// Something whose ticks overflowed, where first and how often.
  private struct Overflow: Sendable {
    var what: String
    var overflow: TFLMOverflow
    var place: TextPlace
    var unit: TFLMPrintedUnit
    var count = 1
  }

  /// Things that overflowed and are told one by one.
  private static let overflowLimit = 16

  private var overflows: [Overflow] = []
  private var stale: Observation?
  private var unfinished: (count: Int, line: Int)?
  /// Blocks whose operators all took 0 ticks.
  private var zero: (count: Int, line: Int)?

  /// The timer does not run, so its ticks have no length.
  var hasZeros: Bool { zero != nil }

  /// Notes what `check` found in `block`.
  mutating func note(_ block: TFLMBlock, _ check: TFLMBlockCheck, _ tags: TFLMTags) {
    let open = check.operators.filter { $0.count == .unfinished }
    if let first = open.first {
      unfinished = (open.count + (unfinished?.count ?? 0), unfinished?.line ?? first.place.line)
    }
    if check.isAllZero {
      zero = (1 + (zero?.count ?? 0), zero?.line ?? block.first.line)
    }
    for (i, event) in check.operators.enumerated() {
      guard let overflow = event.count.overflow else { continue }
      let kind = tags.names[event.tag]
      let what = block.isOfKinds ? "all \(kind)" : "\(i) \(kind)"
      note(overflow, of: what, at: event.place, unit: block.unit)
    }
    if let whole = block.overflowedWhole, let overflow = whole.count.overflow {
      note(overflow, of: "the whole", at: whole.place, unit: block.overflowedWholeUnit)
    }
    if let total = block.total, let overflow = total.count.overflow {
      note(overflow, of: "the total", at: total.place, unit: .ticks)
    }
    if stale == nil, let found = check.staleSum { stale = Self.observation(found, block, tags) }
  }

  private mutating func note(
    _ overflow: TFLMOverflow, of what: String, at place: TextPlace, unit: TFLMPrintedUnit
  ) {
    if let known = overflows.firstIndex(where: { $0.what == what }) {
      overflows[known].count += 1
    } else if overflows.count < Self.overflowLimit {
      overflows.append(Overflow(what: what, overflow: overflow, place: place, unit: unit))
    }
  }

  private static func observation(
    _ found: TFLMKindSums.Stale, _ block: TFLMBlock, _ tags: TFLMTags
  ) -> Observation {
    let tag = "The per-tag sum of \(tags.names[found.tag]) is \(found.printed.count.words)"
    let words: String
    if !block.isOfKinds {
      words = "\(tag), but its events add up to \(found.own ?? 0); the events were used."
    } else if let own = found.own {
      words =
        "\(tag), of which \(own) are this inference's; what the table before holds was taken off."
    } else {
      words =
        "The per-tag sums, as \(found.printed.count.words) of \(tags.names[found.tag]), add up to "
        + "more than the total of \(block.total?.count.words ?? ""); the total was used."
    }
    return Observation(.staleTagSums, words, line: found.printed.place.line)
  }

  /// One observation for each of them.
  func observations() -> [Observation] {
    var result = overflows.map { one in
      let fact = one.overflow.fact(of: one.what, unit: one.unit.words)
      let more = one.count > 1 ? " It is the first of \(one.count)." : ""
      return Observation(
        .tickOverflow, "\(fact); \(one.overflow.guess).\(more)", line: one.place.line)
    }
    if let stale { result.append(stale) }
    if let unfinished {
      result.append(
        Observation(
          .unfinishedEvent,
          "\(counted(unfinished.count, "event")) never ended; "
            + "they have no ticks.", line: unfinished.line))
    }
    if let zero {
      result.append(
        Observation(
          .zeroTicks,
          "Every operator took 0 ticks in \(counted(zero.count, "block")): "
            + "the platform's timer does not run.",
          line: zero.line))
    }
    return result
  }
}
