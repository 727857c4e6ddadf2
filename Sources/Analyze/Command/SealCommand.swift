import ArgumentParser
import Ingest
import Support

/// Makes a log of a hand-written draft.
struct SealCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Give a hand-written log its line numbers and checksums.",
    discussion: """
      The draft has one record per line, as docs/log-format.md describes them, blank lines and \
      '#' comments. This is how published figures become a log.

      EXAMPLES
        analyze seal draft.txt > logs/mine.txt
      """)
  @Argument(help: "The draft.", completion: .file())
  var draft: String

  func run(on console: inout Console) throws -> Int32 {
    let text = try TextFile.read(draft, as: "draft", remedy: "Check its name and permissions.")
    let sealed = BenchLogSeal.seal(draft: text, file: draft)
    console.out += sealed.text
    for diagnostic in DiagnosticList(sealed.diagnostics).all { console.report(diagnostic) }
    return sealed.diagnostics.isEmpty ? 0 : 1
  }
}
