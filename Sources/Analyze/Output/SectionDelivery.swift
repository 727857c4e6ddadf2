import CommandLineSupport
import Notebook
import Performance
import Support

/// A section on its way out: to a terminal or a file, as text, as numbers or as figures.
struct SectionDelivery {
  /// "'roofline'", for messages.
  let what: String
  let format: OutputFormat
  /// The form of figures that the file's ending asks for.
  let drawing: FigureFormat?
  /// Where to; nil for standard output.
  let path: String?
  /// What must not be written over.
  let inputs: [String]

  /// Refuses arguments that make no sense together; call it before anything is read.
  init(_ name: String, _ arguments: CommonArguments) throws {
    what = "'\(name)'"
    path = arguments.output.output
    format = try Delivery.format(arguments.output.format, for: path)
    drawing = try Delivery.figureFormat(path, beside: arguments.output.format)
    inputs = arguments.input.files
    if let path {
      try Delivery.protect(inputs, from: [path])
      try Delivery.refuseLog(path)
    }
  }

  /// Delivers, reports on standard error what was wrong with the input, and returns the exit status:
  /// `status`, or 1 where a figure could not be drawn or something came to nothing.
  func deliver(
    _ notebook: ExecutedNotebook, status: Int32, session: Session, shortfall: Diagnostic?,
    document: () throws -> String, on console: inout Console
  ) throws -> Int32 {
    let obstacle = shortfall ?? path.flatMap { Shortfall.ofReading(session, path: $0) }
    if let obstacle, path != nil || format == .csv || !obstacle.leavesResults {
      session.report(on: &console)
      console.report(obstacle)
      return 1
    }
    if format == .csv, notebook.tables.isEmpty {
      session.report(on: &console)
      try Delivery.expectTables(in: notebook, of: what)
    }
    if let path, let drawing {
      session.report(on: &console)
      try Delivery.writeFigures(
        of: notebook, what: what, as: drawing, to: path, inputs: inputs, on: &console)
      return status
    }
    let environment = path == nil ? console.environment : console.environment.forFile
    let text =
      format == .json
      ? try document() : Delivery.text(notebook, format: format, environment: environment)
    if let path {
      try Delivery.write(text, to: path)
    } else {
      console.out += text
    }
    session.report(on: &console)
    if let shortfall { console.report(shortfall) }
    let isComplete = Delivery.reportFigures(of: notebook, on: &console)
    return isComplete && shortfall == nil ? status : 1
  }
}
