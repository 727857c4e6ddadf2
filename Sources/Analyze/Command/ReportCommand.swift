import ArgumentParser
import Notebook
import Performance
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
    let options = try arguments.analysis.options()
    if arguments.output.format == .csv {
      throw UsageFailure(
        message: "the report is no single table, so it has no CSV form",
        remedy: "Write 'analyze speedup ... --format csv', or -o FOLDER for tables/*.csv.")
    }
    let target = arguments.output.output.map {
      ReportFolder(folder: $0, name: "report", document: "analysis")
    }
    try target?.protect(arguments.input.files)
    let session = try Session(arguments.input, console: &console)
    let result = session.analysis(options)
    let shortfall = Shortfall.of(result, in: session)
    if let shortfall, !shortfall.leavesResults {
      session.report(on: &console)
      shortfall.report(on: &console)
      return 1
    }
    let engine = NotebookEngine(session: session, analysis: result, namesComparisons: false)
    let notebook = engine.run(source: defaultReport, name: "report")
    if arguments.output.format == .json {
      console.out += try AnalysisDocument(
        result, diagnostics: session.diagnostics, shortfall: shortfall
      ).json()
    } else {
      Delivery.show(notebook, format: arguments.output.format ?? .text, on: &console)
    }
    let obstacle = shortfall ?? target.flatMap { Shortfall.ofReading(session, path: $0.folder) }
    if obstacle == nil {
      try target?.write(
        notebook, analysis: result, diagnostics: session.diagnostics,
        beside: arguments.input.files, on: &console)
    }
    session.report(on: &console)
    obstacle?.report(on: &console)
    let isComplete = Delivery.reportFigures(of: notebook, on: &console)
    guard isComplete, obstacle == nil else { return 1 }
    return session.status(result, strict: arguments.output.strict)
  }
}
