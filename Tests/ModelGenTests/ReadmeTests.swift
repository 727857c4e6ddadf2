import Foundation
import TestSupport
import Testing

@testable import modelgen

/// What README says of modelgen: every command works in a fresh clone, in the order in which it
/// stands there, and prints what README shows.
@Suite(.serialized) struct ReadmeTests {
  private static let file = Checkout.root.appendingPathComponent("README.md")

  /// The program beside the tests.
  private static let program: String? = {
    let folders =
      [Bundle.main.executableURL?.deletingLastPathComponent()]
      + CommandLine.arguments.prefix(1).map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
      + [root.appendingPathComponent(".build/debug")]
    return folders.compactMap { $0?.appendingPathComponent("modelgen").path }.first {
      access($0, X_OK) == 0
    }
  }()
  private static let root = Checkout.root

  /// Runs the program itself in a folder, as a user does.
  private static func run(_ words: [String], in folder: String) throws -> CommandOutcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program))
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["COLUMNS": "80"]
    let streams = ["out", "err"].map { folder + "/." + $0 }
    for path in streams { try Files.write([], path) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: streams[0]))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: streams[1]))
    try process.run()
    process.waitUntilExit()
    return CommandOutcome(
      status: process.terminationStatus, out: try Files.text(streams[0]),
      err: try Files.text(streams[1]))
  }

  /// Lines of fenced blocks of a language that start so, without a comment at their end.
  private static func commands(_ language: String, _ start: String) throws -> [[String]] {
    var isInside = false
    var result: [[String]] = []
    for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```" + language
      } else if isInside, line.hasPrefix(start) {
        let code = line.components(separatedBy: " #")[0]
        result.append(code.dropFirst(start.count).split(separator: " ").map(String.init))
      }
    }
    return result
  }

  @Test func commandsWorkInAFreshClone() throws {
    try withFolder { folder in
      let all = try Self.commands("sh", "modelgen ")
      // Those need files that no clone has; their options are checked all the same.
      let others = all.filter { $0.contains("~/tiny") || $0.contains("model.h5") }
      #expect(all.count >= 8 && others.count == 2)
      for words in all {
        #expect(throws: Never.self) { try ModelGenCommand.parseAsRoot(words) }
        guard !others.contains(words) else { continue }
        // Fewer samples, for time.
        let isCalibrated = words[0] != "inspect"
        let result = try Self.run(words + (isCalibrated ? ["--samples", "5"] : []), in: folder)
        #expect(result.status == 0, "\(words): \(result.err)")
        #expect(!result.out.isEmpty)
      }
      try #expect(Files.names(folder + "/models").contains("fc_l2_w64_m4096_int8.cc"))
      try #expect(
        Files.names(folder + "/converted").contains("cnn_l4_c8_k5_m4915200_int8.tflite"))
    }
  }

  /// In `console` blocks, `$ modelgen ...` is followed by what it prints.
  @Test func consoleBlocksAreCurrent() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    var lines = text.components(separatedBy: "\n")
    let start = "$ modelgen "
    var blocks = 0
    try withFolder { folder in
      var i = 0
      while i < lines.count {
        if lines[i].hasPrefix(start) {
          let words = lines[i].dropFirst(start.count).split(separator: " ").map(String.init)
          let result = try Self.run(words, in: folder)
          #expect(result.status == 0 && result.err.isEmpty, "\(result.err)")
          var shown = result.out.components(separatedBy: "\n")
          while shown.last?.isEmpty == true { shown.removeLast() }
          let end = try #require(lines[(i + 1)...].firstIndex { $0 == "```" || $0.hasPrefix("$ ") })
          lines.replaceSubrange(i + 1..<end, with: shown)
          blocks += 1
        }
        i += 1
      }
    }
    #expect(blocks > 0)
    let renewed = lines.joined(separator: "\n")
    if Golden.isRenewed {
      try Data(renewed.utf8).write(to: Self.file)
    } else {
      #expect(renewed == text, "README.md is not current; renew it with Scripts/renew-goldens")
    }
  }
}
