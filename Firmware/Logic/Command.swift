import BenchLog

/// What the host can ask for.
public enum Command {
  case help, list, status, start, stop
  /// `start`, so many times.
  case repeating(UInt32)
  case plan(NamedPlan)
  case set(Setting)

  /// The most repetitions.
  static let repeatLimit: UInt32 = 1000
}

/// Why a line is no command; the ranges are those of the word in the line.
public enum CommandProblem: Error {
  case unknownCommand(Range<Int>)
  case unknownPlan(Range<Int>)
  case unknownKey(Range<Int>)
  case wrongValue(SettingKey)
  case wrongRepeat
  case tooManyWords(Range<Int>)
}

extension Command {
  /// Reads a line of printable ASCII.
  static func parse(_ line: Span<UInt8>) throws(CommandProblem) -> Command {
    var words = Words()
    let verb = words.next(line)
    let command: Command
    if line.isWord(verb, "help") {
      command = .help
    } else if line.isWord(verb, "list") {
      command = .list
    } else if line.isWord(verb, "status") {
      command = .status
    } else if line.isWord(verb, "start") {
      command = .start
    } else if line.isWord(verb, "stop") {
      command = .stop
    } else if line.isWord(verb, "repeat") {
      guard let n = line.number(words.next(line)), n >= 1, n <= repeatLimit else {
        throw .wrongRepeat
      }
      command = .repeating(n)
    } else if line.isWord(verb, "plan") {
      command = .plan(try namedPlan(line, words.next(line)))
    } else if line.isWord(verb, "set") {
      command = .set(try Setting.parse(line, &words))
    } else {
      throw .unknownCommand(verb)
    }
    let rest = words.next(line)
    guard rest.isEmpty else { throw .tooManyWords(rest) }
    return command
  }

  private static func namedPlan(
    _ line: Span<UInt8>, _ word: Range<Int>
  ) throws(CommandProblem) -> NamedPlan {
    for raw in 0..<NamedPlan.count {
      if let plan = NamedPlan(rawValue: raw), line.isWord(word, plan.word) { return plan }
    }
    throw .unknownPlan(word)
  }
}

/// Walks over the words of a line, which blanks divide.
struct Words {
  private var position = 0

  /// The next word; empty behind the last.
  mutating func next(_ line: Span<UInt8>) -> Range<Int> {
    while position < line.count, line[position] == UInt8(ascii: " ") { position += 1 }
    let start = position
    while position < line.count, line[position] != UInt8(ascii: " ") { position += 1 }
    return start..<position
  }
}

extension Span<UInt8> {
  /// True when the bytes in `range`, which lies within, are those of `word`.
  func isWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
    Text(word).equals(extracting(range))
  }

  /// The number that the digits in `range` write; nil for anything else.
  func number(_ range: Range<Int>) -> UInt32? {
    guard !range.isEmpty else { return nil }
    var value: UInt32 = 0
    for i in range {
      let digit = self[i] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (scaled, over1) = value.multipliedReportingOverflow(by: 10)
      let (next, over2) = scaled.addingReportingOverflow(UInt32(digit))
      if over1 || over2 { return nil }
      value = next
    }
    return value
  }
}
