import Foundation
import Models
import TestSupport
import Testing

@testable import modelgen

/// What is refused: the fact, what to do, and the exit status; nothing is written.
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let status: Int32
    /// Of the message and of the remedy.
    let words: [String]
    var testDescription: String { line }
  }

  static let cases = [
    // Wrong arguments.
    Case(line: "cnn", status: 2, words: ["--layers", "Usage:"]),
    Case(line: "cnn --layers x", status: 2, words: ["'x'", "Number of CONV_2D"]),
    Case(line: "cnn --layers 1 --format json", status: 2, words: ["'json' is invalid", "csv"]),
    Case(line: "cnn --layers 1 --format yaml", status: 2, words: ["'yaml'", "markdown"]),
    Case(line: "cnn --layers 1 --samples 0", status: 2, words: ["--samples is 0", "1 to 1000000"]),
    Case(line: "cnn --layers 1 --scale-samples 0", status: 2, words: ["--scale-samples", "not 0"]),
    Case(
      line: "cnn --layers 1 --synthetic normal:1", status: 2, words: ["'normal:1'", "uniform["]),
    Case(line: "cnn --layers 1 --synthetic uniform:2:1", status: 2, words: ["'uniform:2:1'"]),
    Case(line: "cnn --layers 1 --synthetic normal:0:0", status: 2, words: ["'normal:0:0'"]),
    Case(line: "cnn --layers 1 --synthetic uniform:0:inf", status: 2, words: ["'uniform:0:inf'"]),
    Case(
      line: "cnn --layers 1 --calibrate a --synthetic normal", status: 2,
      words: ["one of --calibrate, --ranges-from and --synthetic"]),
    Case(line: "mlp --sizes 1,,2", status: 2, words: ["'1,,2'", "16,64,32,8"]),
    Case(line: "sweep --kind rnn", status: 2, words: ["'rnn'", "cnn"]),
    Case(line: "convert", status: 2, words: ["<models>"]),
    Case(line: "inspect", status: 2, words: ["<model>"]),
    Case(line: "run m.tflite -o x", status: 2, words: ["--input"]),
    Case(line: "nonsense", status: 2, words: ["nonsense", "--help"]),
    Case(line: "tinyml", status: 2, words: ["TINYML_DIR is not set", "--twins"]),
    Case(line: "tinyml NOWHERE", status: 2, words: ["no folder that can be read", "--twins"]),
    Case(line: "tinyml --twins HERE", status: 2, words: ["needs no folder", "leave out"]),
    Case(line: "tinyml --calibrate x HERE", status: 2, words: ["modelgen convert"]),
    // Models that cannot be.
    Case(line: "cnn --layers 0", status: 1, words: ["layers is 0", "--layers"]),
    Case(line: "cnn --layers 9223372036854775807", status: 1, words: ["1 to 1024", "--layers"]),
    Case(
      line: "cnn --layers 1 --kernel 4", status: 1, words: ["kernel of 4", "Use an odd kernel"]),
    Case(line: "cnn --layers 1 --padding 1", status: 1, words: ["padding 1", "Use padding 2"]),
    Case(line: "cnn --layers 1 --stride 2", status: 1, words: ["stride 2", "Use stride 1"]),
    Case(line: "cnn --layers 1 --channels 0", status: 1, words: ["channels is 0", "--channels"]),
    Case(line: "cnn --layers 1 --height 0", status: 1, words: ["height is 0", "--height"]),
    Case(line: "cnn --layers 1024 --channels 99999", status: 1, words: ["error: "]),
    Case(line: "fc --layers 1 --width 0", status: 1, words: ["width is 0", "--width"]),
    Case(line: "fc --layers 1 --inputs 0", status: 1, words: ["inputs is 0", "--inputs"]),
    Case(line: "mlp --sizes 4", status: 1, words: ["2 to 64", "--sizes"]),
    Case(line: "mlp --limit nan", status: 1, words: ["nan", "--limit 1"]),
    Case(line: "sweep --layers 0", status: 1, words: ["layers is 0", "--layers"]),
    // Files.
    Case(line: "convert NOWHERE", status: 1, words: ["cannot be opened", "Check the name"]),
    Case(line: "inspect NOWHERE", status: 1, words: ["cannot be opened", "Check the name"]),
    Case(line: "inspect HERE", status: 1, words: ["without saved_model.pb", "Name a model file"]),
    Case(line: "inspect EMPTY", status: 1, words: ["the file is empty", "Copy"]),
    Case(line: "inspect TEXT", status: 1, words: ["error: "]),
    Case(
      line: "cnn --layers 1 --calibrate NOWHERE", status: 1,
      words: ["cannot be opened", "Check the name"]),
    Case(line: "cnn --layers 1 --ranges-from TEXT", status: 1, words: ["error: "]),
    Case(line: "cnn --layers 1 --calibrate TEXT", status: 1, words: ["error: "]),
    Case(line: "run NOWHERE -i TEXT -o HERE/x", status: 1, words: ["cannot be opened"]),
    Case(line: "cnn --layers 1 -o TEXT", status: 1, words: ["is a file, not a folder", "-o"]),
    Case(line: "cnn --layers 1 -o TEXT/x", status: 1, words: ["is a file, not a folder", "-o"]),
    Case(line: "tinyml HERE", status: 1, words: ["there is no ad01.h5 (ad)", "complete checkout"]),
  ]

  @Test(arguments: cases) func refused(_ one: Case) throws {
    try withFolder { folder in
      let places = [
        "NOWHERE": folder + "/nowhere", "HERE": folder + "/here", "EMPTY": folder + "/empty.tflite",
        "TEXT": folder + "/text.txt",
      ]
      try FileManager.default.createDirectory(
        atPath: folder + "/here", withIntermediateDirectories: true)
      try Files.write([], folder + "/empty.tflite")
      try Files.write(Array("a file that is no model\n".utf8), folder + "/text.txt")
      var arguments = one.line.split(separator: " ").map { word in
        places.reduce(String(word)) { $0.replacing($1.key, with: $1.value) }
      }
      let writes = ["cnn", "fc", "mlp", "sweep", "convert", "tinyml"].contains(arguments[0])
      if writes, !arguments.contains("-o") { arguments += ["-o", folder + "/here/out"] }
      let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      let result = Harness.modelgen(arguments)
      #expect(result.status == one.status, "\(result.err)")
      #expect(result.out.isEmpty)
      for word in one.words { #expect(result.err.contains(word), "\(result.err)") }
      // The fact, and below it what to do.
      let lines = result.err.split(separator: "\n")
      #expect(lines.count >= 2 && lines.allSatisfy { $0.count < 300 }, "\(result.err)")
      if one.status == 1 {
        #expect(lines[0].contains("error: ") && lines[1].hasPrefix("  "), "\(result.err)")
      }
      // A generator may have written fp32 before samples for int8 proved useless.
      if !one.line.contains("--calibrate"), !one.line.contains("--ranges-from") {
        let after = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        #expect(after == before)
      }
    }
  }

  @Test func controlCharactersOfNamesDoNotReachTheTerminal() throws {
    let name = "a\u{1B}[31m\u{7}\nb"
    for command in ["inspect", "convert"] {
      let result = Harness.modelgen([command, name])
      #expect(result.status == 1)
      #expect(result.err.split(separator: "\n").count == 2)
      #expect(!result.err.contains("\u{1B}") && !result.err.contains("\u{7}"))
    }
    let usage = Harness.modelgen(["tinyml", name])
    #expect(!usage.err.contains("\u{1B}"), "\(usage.err)")
  }

  /// Every help text shows examples, which fit the terminal and are understood.
  @Test(arguments: ["", "cnn", "fc", "mlp", "sweep", "convert", "tinyml", "inspect", "run"])
  func helpHasExamples(command: String) throws {
    let result = Harness.modelgen(command.isEmpty ? ["--help"] : [command, "--help"])
    #expect(result.status == 0 && result.err.isEmpty)
    let lines = result.out.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "EXAMPLES"))
    let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(!examples.isEmpty)
    for line in examples {
      // A line that was too long has its rest on the next one.
      #expect(line.hasPrefix("  modelgen \(command)"), "\(line)")
      let words = line.dropFirst("  modelgen ".count).split(separator: "  ")[0]
        .split(separator: " ").map(String.init)
      var parsed = words
      if let pipe = parsed.firstIndex(of: ">") { parsed.removeSubrange(pipe...) }
      #expect(throws: Never.self) { try ModelGenCommand.parseAsRoot(parsed) }
    }
    #expect(lines.allSatisfy { $0.count <= 80 })
  }
}
