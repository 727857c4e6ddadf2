import ArgumentParser
import Support

/// The whole report, which is a notebook that is compiled in.
struct ReportCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "The narrated report (the default).",
    discussion: """
      With -o a folder gets report.html, report.md, report.ipynb, tables/*.csv, plots/*.svg, \
      plots/*.png and analysis.json. What an earlier run wrote there and this one does not is removed; \
      other files stay.

      Terminals known to show images (kitty, Ghostty, iTerm2, WezTerm) get figures as such, others \
      in characters; PICO2_BENCHMARK_IMAGES=kitty|iterm2|none overrides what was found out.

      EXAMPLES
        analyze logs/*.txt
        analyze logs/*.txt -o report
        analyze report logs/*.txt --format markdown > REPORT.md
        analyze logs/*.txt --format json | jq '.speedups[] | {model, ratio}'
      """)
  @OptionGroup var arguments: CommonArguments

  func run(on console: inout Console) throws -> Int32 {
    try Self.run(arguments, of: .logs, on: &console)
  }

  /// The report of logs, or of parts of them.
  static func run(
    _ arguments: CommonArguments, of kind: LogReadings.Kind, on console: inout Console
  ) throws -> Int32 {
    let options = try arguments.analysis.options()
    if arguments.output.format == .csv {
      throw CommandFailure.usage(
        "the report is no single table, so it has no CSV form",
        remedy: "Write 'analyze speedup ... --format csv', or -o FOLDER for tables/*.csv.")
    }
    let delivery = try NotebookDelivery(arguments, name: "report", document: "analysis")
    return try delivery.deliver(options, of: kind, on: &console) { session, analysis in
      NotebookEngine(session: session, analysis: analysis, namesComparisons: false).run(
        source: defaultReport, name: "report")
    }
  }
}
