import Foundation
import TestSupport
import Testing

@testable import analyze

/// What README shows is what the program prints.
@Suite(.serialized) struct ReadmeTests {
  private static let file = Checkout.root.appendingPathComponent("README.md")

  /// Blocks between `<!-- analyze ... -->` and `<!-- end -->` are Markdown results.
  @Test func embeddedResultsAreCurrent() throws {
    try check { lines in
      var result: [String] = []
      var i = 0
      var blocks = 0
      while i < lines.count {
        result.append(lines[i])
        if let command = Self.command(in: lines[i], from: "<!-- analyze ", to: " -->") {
          let output = Harness.analyze(Self.expand(command) + ["--format", "markdown"]).out
          var body = output.components(separatedBy: "\n")
          // The section's own title would stand twice.
          if body.first?.hasPrefix("# ") == true { body.removeFirst() }
          result.append(contentsOf: [""] + Self.trimmed(body) + [""])
          while i + 1 < lines.count, lines[i + 1] != "<!-- end -->" { i += 1 }
          blocks += 1
        }
        i += 1
      }
      #expect(blocks > 0)
      return result
    }
  }

  /// In `console` blocks, `$ analyze ...` is followed by what it prints.
  @Test func consoleBlocksAreCurrent() throws {
    try check { lines in
      var result: [String] = []
      var i = 0
      var blocks = 0
      while i < lines.count {
        result.append(lines[i])
        // Blocks of the other program are left alone.
        if lines[i] == "```console", lines.dropFirst(i + 1).first?.hasPrefix("$ analyze ") == true {
          i += 1
          while i < lines.count, lines[i] != "```" {
            if let command = Self.command(in: lines[i], from: "$ analyze ", to: "") {
              result.append(lines[i])
              let output = Harness.analyze(Self.expand(command)).out
              result.append(
                contentsOf: Self.trimmed(
                  output.replacingOccurrences(of: "\r\n", with: "\n").components(
                    separatedBy: "\n")))
              blocks += 1
            }
            i += 1
          }
          result.append("```")
        }
        i += 1
      }
      #expect(blocks > 0)
      return result
    }
  }

  /// Every `analyze` subcommand and long option that README mentions exists.
  @Test func mentionedOptionsExist() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let help = [
      "report", "speedup", "notebook", "explain", "crossover", "redraw", "capture", "instructions",
    ].map {
      Harness.analyze($0, "--help").out
    }.joined()
    let ours = text.split(separator: "\n").filter { !$0.contains("modelgen") }
      .joined(separator: "\n")
    for match in ours.matches(of: /--[a-z][a-z-]+/) {
      let option = String(match.output)
      guard !["--help", "--format"].contains(option) else { continue }
      #expect(help.contains(option), "README mentions \(option)")
    }
    for match in text.matches(of: /`analyze ([a-z]+)/) {
      let word = String(match.output.1)
      #expect(Harness.analyze(word, "--help").status == 0, "README mentions analyze \(word)")
    }
  }

  private func check(_ renew: ([String]) -> [String]) throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let renewed = renew(text.components(separatedBy: "\n")).joined(separator: "\n")
    if Golden.isRenewed {
      try Data(renewed.utf8).write(to: Self.file)
    } else {
      #expect(renewed == text, "README.md is not current; renew it with Scripts/renew-goldens")
    }
  }

  private static func command(in line: String, from start: String, to end: String) -> String? {
    guard line.hasPrefix(start), line.hasSuffix(end) else { return nil }
    return String(line.dropFirst(start.count).dropLast(end.count))
  }

  private static func expand(_ command: String) -> [String] {
    command.split(separator: " ").flatMap { $0 == "logs/*.txt" ? Harness.logs : [String($0)] }
  }

  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines[...]
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return Array(lines)
  }
}
