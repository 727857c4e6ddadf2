import Support

/// Pieces that all of ST's logs and reports share.
enum STText {
  /// Lines of ST's tools with their blanks taken out.
  private static let collapsed: [StaticString] = [
    "ON-DEVICESTM32", "<Stm32comid=", "Resultsfor", "Inspectorreport(", "Clayeriddesc",
    "Exec/reportsummary", "ST.AIProfilingresults", "Inferencetimeper", "CPUcycles:",
    "Runningwithinputs", "RunningPerfTest", "AIsystemperformance", "nbsample(s)",
  ]

  /// True for a line whose blanks were lost, so that its columns run together.
  static func isCollapsed(_ text: Span<UInt8>) -> Bool {
    var i = 0
    Scan.blanks(text, &i)
    return collapsed.contains { word in
      var j = i
      return Scan.literal(text, &j, word)
    }
  }

  /// True for a rule of dashes or of table corners.
  static func isRule(_ text: Span<UInt8>, from start: Int) -> Bool {
    var dashes = 0
    for i in start..<text.count {
      if text[i] == UInt8(ascii: "-") {
        dashes += 1
      } else if text[i] != UInt8(ascii: " ") {
        return false
      }
    }
    return dashes >= 3
  }

  /// Reads a name in double quotes.
  static func quoted(_ text: Span<UInt8>, _ i: inout Int) -> String? {
    var j = i
    guard Scan.literal(text, &j, "\"") else { return nil }
    let first = j
    while j < text.count, text[j] != UInt8(ascii: "\"") { j += 1 }
    guard j < text.count, j > first, j - first <= 200 else { return nil }
    i = j + 1
    return Scan.string(text, first..<j)
  }

  /// Reads a run of bytes that are not blank.
  static func token(_ text: Span<UInt8>, _ i: inout Int) -> Range<Int>? {
    let first = i
    while i < text.count, text[i] != UInt8(ascii: " "), text[i] != UInt8(ascii: "\t") { i += 1 }
    return i > first ? first..<i : nil
  }

  /// What the tool complains of: the text behind `TOOL ERROR:`; nil where there is none.
  static func toolError(_ text: Span<UInt8>) -> String? {
    let mark: StaticString = "TOOL ERROR:"
    guard let found = Scan.find(text, mark) else { return nil }
    let first = found + mark.utf8CodeUnitCount
    let end = min(text.count, first + 300)
    var words = MessageText.line(Scan.string(text, first..<end).trimmingBlanks)
    while words.hasSuffix(".") { words.removeLast() }
    return words.isEmpty ? nil : words
  }

  /// That a run failed, in the tool's own words where it has any.
  static func failedRun(_ words: String?, line: Int?) -> Observation {
    let complaint = words.map { ": \($0)" } ?? ""
    return Observation(
      .failedRun, "The tool says that this run failed\(complaint).", line: line)
  }

  /// The name of a network as a model id; nil for the name that ST's tools give by default.
  static func model(_ name: String) -> String? {
    name == "network" ? nil : try? ConfigurationKey.model.canonical(name)
  }
}

extension Sink {
  /// Notes that a title stands without its table.
  mutating func reportMissingTable(at title: TextPlace) {
    report(
      .warning, at: title, rule: "incomplete-table",
      "a table of operators is announced, but its header is missing; it is not used",
      remedy: "Copy the log again from its source.")
  }

  /// Refuses a report whose blanks were lost.
  mutating func reportCollapsed(at place: TextPlace) {
    report(
      .error, at: place, rule: "collapsed-whitespace",
      "the blanks between the columns were lost, so the columns cannot be told apart; "
        + "nothing of this file is used",
      remedy: "Export the report again as plain text, not from a web page.")
  }
}
