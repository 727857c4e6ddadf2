import BenchLog
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

private func document() throws -> [String] {
  try Checkout.text("docs/log-format.md")
    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// The lines of each block of code.
private func codeBlocks() throws -> [[String]] {
  var blocks: [[String]] = []
  var open: [String]?
  for line in try document() {
    if line.hasPrefix("```") {
      if let block = open { blocks.append(block) }
      open = open == nil ? [] : nil
    } else {
      open?.append(line)
    }
  }
  return blocks
}

/// The tables say what the schema says: every record, every key in its order, and nothing else.
@Test func documentHasTheSchema() throws {
  var expected: [String] = []
  for record in Record.allCases {
    expected.append("### `\(record.word)`")
    for rule in Schema.keys(of: record) {
      let required = rule.required ? "yes" : "no"
      expected.append(
        "| `\(rule.key)` | \(rule.form) | \(required) | \(rule.since) | \(rule.meaning) |")
    }
  }
  let found = try document().filter { $0.hasPrefix("### `") || $0.hasPrefix("| `") }
  #expect(found == expected)
}

@Test func documentHasTheVersionAndTheLimits() throws {
  let text = try document()
  #expect(text.first == "# The log format, version \(Schema.version)")
  #expect(text.contains { $0.contains("at most \(Schema.maximumLineLength) bytes") })
  let words = Record.allCases.map { "\"\($0.word)\"" }.joined(separator: " | ")
  #expect(text.contains("record      = \(words) ;"))
  let reach = "one of the last \(BenchLogSequence.echoReach) lines"
  #expect(text.contains { $0.contains(reach) })
}

/// Every example line is intact, and the examples together show every record.
@Test func examplesDecode() throws {
  var seen: Set<Record> = []
  var count = 0
  for line in try codeBlocks().joined() where line.hasPrefix("pb") {
    count += 1
    do throws(LineProblem) {
      seen.insert(try LineDecoder.decode(Array(line.utf8).span).record)
    } catch {
      Issue.record("\(line) is \(error)")
    }
  }
  #expect(count > 20 && seen == Set(Record.allCases))
}

/// The first example is a whole log, the same as the one of that name.
@Test func firstExampleIsARealLog() throws {
  let example = try #require(codeBlocks().first)
  let file = ingest(example.joined(separator: "\n") + "\n")
  #expect(file.diagnostics.isEmpty && file.runs.count == 3)
  #expect(try Checkout.text("logs/rp2350_sram.txt") == example.joined(separator: "\n") + "\n")
}
