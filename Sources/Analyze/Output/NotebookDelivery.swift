import CommandLineSupport
import Notebook
import Performance
import Support

/// A whole notebook on its way out: to standard output in one form, and with -o to a folder in all.
struct NotebookDelivery {
  private let arguments: CommonArguments
  private let inputs: [String]
  private let target: ReportFolder?

  /// Refuses to write over what is read; call it before anything is.
  ///
  /// - Parameters:
  ///   - name: of the files for people, as in `report.html`.
  ///   - document: of the file for scripts, as in `analysis.json`.
  ///   - more: files that are read besides those of the arguments.
  init(
    _ arguments: CommonArguments, name: String, document: String, reading more: [String] = []
  ) throws {
    self.arguments = arguments
    inputs = more + arguments.input.files
    target = arguments.output.output.map {
      ReportFolder(folder: $0, name: name, document: document)
    }
    try target?.protect(inputs)
  }

  /// Reads the logs, delivers what `run` makes of them, and reports on standard error what was wrong with
  /// the input; returns the exit status.
  func deliver(
    _ options: AnalysisOptions, of kind: LogReadings.Kind = .logs, on console: inout Console,
    _ run: (Session, Analysis) -> ExecutedNotebook
  ) throws -> Int32 {
    let session = try Session(arguments.input, as: kind, console: &console)
    let analysis = session.analysis(options)
    let shortfall = Shortfall.of(analysis, in: session)
    if let shortfall, !shortfall.leavesResults {
      session.report(on: &console)
      console.report(shortfall)
      return 1
    }
    let notebook = run(session, analysis)
    let format = arguments.output.format ?? .text
    if format == .json {
      console.out += try AnalysisDocument(
        analysis, diagnostics: session.diagnostics, shortfall: shortfall
      ).json()
    } else {
      Delivery.show(notebook, format: format, on: &console)
    }
    let obstacle = shortfall ?? target.flatMap { Shortfall.ofReading(session, path: $0.folder) }
    if obstacle == nil {
      try target?.write(
        notebook, analysis: analysis, diagnostics: session.diagnostics, beside: inputs, on: &console
      )
    }
    session.report(on: &console)
    if let obstacle { console.report(obstacle) }
    for error in notebook.errors { console.report(error) }
    let isComplete = Delivery.reportFigures(of: notebook, on: &console)
    guard isComplete, obstacle == nil, notebook.errors.isEmpty else { return 1 }
    if format == .csv { try Delivery.expectTables(in: notebook, of: "the notebook") }
    return session.status(analysis, strict: arguments.output.strict)
  }
}
