import Support

/// A number that was read, and where its first digit stands.
struct TFLMReading: Sendable, Equatable {
  var value: UInt64
  var place: TextPlace
}

/// A number of ticks that was read, and where its first digit stands.
struct TFLMPrinted: Sendable, Equatable {
  var count: TFLMCount
  var place: TextPlace
}

/// One operator of one inference, or all of one kind.
struct TFLMEvent: Sendable, Equatable {
  /// Number of the tag in the run's `TFLMTags`.
  var tag: Int
  var count: TFLMCount
  var milliseconds: UInt64?
  var place: TextPlace

  /// The ticks; nil for an event that never ended and for a counter that overflowed.
  var ticks: UInt64? { count.ticks }
}

/// Everything that one inference printed, kept until it is known to be whole.
///
/// The same inference may be told several times: event lines, then a table of events, then sums
/// per tag with a total. What comes out of that order belongs to the next inference.
struct TFLMBlock: Sendable {
  /// Events kept; MicroProfiler itself holds no more than 4096.
  static let limit = 4096

  enum Section: Int, Comparable, Sendable {
    case head, log, rows, tags

    static func < (a: Section, b: Section) -> Bool { a.rawValue < b.rawValue }
  }

  /// The time of whole inferences that a benchmark prints.
  struct Whole: Sendable {
    var reading: TFLMReading
    var unit: TFLMPrintedUnit
    var iterations: UInt64
    var milliseconds: UInt64?
  }

  let first: TextPlace
  var last: TextPlace
  /// Lines that gave something; they are taken back when the block is dropped.
  var readLines = 0
  var section = Section.head
  var unit = TFLMPrintedUnit.ticks
  /// From event lines.
  var events: [TFLMEvent] = []
  /// From the table of events.
  var rows: [TFLMEvent] = []
  /// From the table of sums per tag.
  var sums: [TFLMEvent] = []
  var total: TFLMPrinted?
  /// Microseconds.
  var invokeTime: TFLMReading?
  /// The time of the whole, where its counter overflowed.
  var overflowedWhole: TFLMPrinted?
  var overflowedWholeUnit = TFLMPrintedUnit.ticks
  var invokeInstructions: TFLMReading?
  var operatorTotal: TFLMReading?
  var whole: Whole?
  var cycles: TFLMReading?
  /// First line inside that nobody understands: something may be missing.
  var doubt: TextPlace?
  /// A line that usually stands behind a block; if more follows, it stood inside.
  var paused: TextPlace?
  var isTooLong = false
  /// A heading, a fence or a boot stands between it and the block before.
  var isHeaded = false

  init(at place: TextPlace) {
    first = place
    last = place
  }

  /// The operators, from whichever listing there is.
  var operators: [TFLMEvent] {
    if !events.isEmpty { return events }
    return rows.isEmpty ? sums : rows
  }

  /// No operator is listed, only sums over all of a kind.
  var isOfKinds: Bool { events.isEmpty && rows.isEmpty && !sums.isEmpty }

  /// Something stands behind its operators, so that the log did not end among them.
  var isClosed: Bool {
    if isOfKinds { return total != nil }
    return paused != nil || cycles != nil || invokeInstructions != nil
      || section > (events.isEmpty ? .rows : .log)
  }

  /// The listing that repeats the operators was begun and has fewer of them.
  var hasCutRepetition: Bool {
    !events.isEmpty && rows.count < events.count && section == .rows
      || !isOfKinds && section == .tags && total == nil
  }

  /// Notes a line inside that is not understood.
  mutating func doubt(at place: TextPlace) { if doubt == nil { doubt = place } }

  private mutating func resume() {
    if let paused { doubt(at: paused) }
    paused = nil
  }

  /// Takes a profiler's line; false when it belongs to the next block.
  mutating func take(
    _ line: TFLMLine, _ text: Span<UInt8>, at place: TextPlace, tags: inout TFLMTags, guess: Int?
  ) -> Bool {
    switch line {
    case .took(let took):
      guard section <= .log else { return false }
      resume()
      if events.isEmpty { unit = took.unit } else if unit != took.unit { doubt(at: place) }
      section = .log
      let event = event(
        text, took.tag, took.count, place.advanced(by: took.offset), &tags, guess)
      if !Self.append(event, milliseconds: took.milliseconds, to: &events) { isTooLong = true }
    case .eventHeader:
      guard section < .rows else { return false }
      paused = nil
      section = .rows
    case .eventRow(let index, let tag, let count, let offset):
      guard section <= .rows, index > 0 || rows.isEmpty else { return false }
      resume()
      section = .rows
      if index != UInt64(rows.count) { doubt(at: place) }
      let likely = rows.count < events.count ? events[rows.count].tag : guess
      let event = event(text, tag, count, place.advanced(by: offset), &tags, likely)
      if !Self.append(event, milliseconds: nil, to: &rows) { isTooLong = true }
    case .tagHeader:
      guard section < .tags else { return false }
      paused = nil
      section = .tags
    case .tagRow(let tag, let sum, let offset):
      guard total == nil else { return false }
      resume()
      section = .tags
      guard let number = tags.number(text, tag, guess: nil), sums.count < Self.limit else {
        isTooLong = true
        break
      }
      sums.append(TFLMEvent(tag: number, count: sum, place: place.advanced(by: offset)))
    case .total(let sum, let offset):
      guard total == nil else { return false }
      resume()
      section = .tags
      total = TFLMPrinted(count: sum, place: place.advanced(by: offset))
    }
    readLines += 1
    last = place
    return true
  }

  private func event(
    _ text: Span<UInt8>, _ tag: Range<Int>, _ count: TFLMCount, _ place: TextPlace,
    _ tags: inout TFLMTags, _ guess: Int?
  ) -> TFLMEvent? {
    tags.number(text, tag, guess: guess).map { TFLMEvent(tag: $0, count: count, place: place) }
  }

  /// False when the block holds no more events, or the run no more tags.
  private static func append(
    _ event: TFLMEvent?, milliseconds: UInt64?, to list: inout [TFLMEvent]
  ) -> Bool {
    guard var event, list.count < limit else { return false }
    event.milliseconds = milliseconds
    list.append(event)
    return true
  }
}

extension [TFLMEvent] {
  /// All ticks; nil where one is unknown or they exceed 64 bits.
  var sum: UInt64? {
    var sum: UInt64 = 0
    for event in self {
      guard let ticks = event.ticks else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(ticks)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}
