// The command `analyze`: options, sections, figures of an analysis, the default report. Numbers
// are made below; here they are chosen and shown.

import CommandLineSupport

/// The process.
@main
enum Main {
  static func main() { CommandRunner.main(AnalyzeCommand.self) }
}
