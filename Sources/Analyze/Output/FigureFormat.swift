import CommandLineSupport
import Notebook
import Support

/// The forms a drawing can take as a file.
enum FigureFormat: String, CaseIterable {
  case svg, png, pdf

  /// The drawing for a light page.
  var form: FigureForm {
    switch self {
    case .svg: .svg(.light, .wide)
    case .png: .png(.light)
    case .pdf: .pdf
    }
  }
}

extension Delivery {
  /// The form that the extension of a file asks for; nil when it names no drawing.
  static func figureFormat(_ path: String) -> FigureFormat? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    return FigureFormat(rawValue: name[name.index(after: dot)...].lowercased())
  }

  /// The form of the drawings that `path` asks for; nil when text belongs there.
  ///
  /// - Throws: when `--format` asks for something else.
  static func figureFormat(
    _ path: String?, beside format: OutputFormat?
  ) throws(CommandFailure) -> FigureFormat? {
    guard let path, let drawing = figureFormat(path) else { return nil }
    guard let format else { return drawing }
    throw CommandFailure.usage(
      "'\(path)' asks for a drawing, but --format \(format.rawValue) for something else",
      remedy: "Leave --format out, or let the name end differently.")
  }

  /// Files for `count` drawings: `a.svg`, `a-2.svg`, ...
  static func figurePaths(_ path: String, count: Int) -> [String] {
    guard let dot = path.lastIndex(of: ".") else { return [] }
    return (0..<count).map { $0 == 0 ? path : "\(path[..<dot])-\($0 + 1)\(path[dot...])" }
  }

  /// Writes the drawings of a section: the first to `path`, the others beside it with a number.
  /// Several are named on standard error.
  ///
  /// - Parameters:
  ///   - notebook: what the section gave.
  ///   - what: the section, for messages.
  ///   - inputs: files that must not be written over.
  static func writeFigures(
    of notebook: ExecutedNotebook, what: String, as format: FigureFormat, to path: String,
    inputs: [String], on console: inout Console
  ) throws {
    let figures = notebook.figures
    guard !figures.isEmpty else {
      throw CommandFailure.usage(
        "\(what) draws no figure for these logs, so '\(path)' would have nothing in it",
        remedy: "Write text with another name, as in -o result.txt, or take another section.")
    }
    let paths = figurePaths(path, count: figures.count)
    try protect(inputs, from: paths)
    for path in paths { try refuseLog(path) }
    // Everything is drawn before anything is written.
    let drawings = try figures.map { try drawing($0, as: format) }
    for (path, bytes) in zip(paths, drawings) { try write(bytes, to: path) }
    guard figures.count > 1 else { return }
    let words = zip(paths, figures).map { "\($0) (\($1.name))" }
    console.err += "wrote \(words.map(MessageText.line).joined(separator: ", "))\n"
  }

  private static func drawing(_ figure: Figure, as format: FigureFormat) throws -> [UInt8] {
    let bytes: [UInt8]?
    do throws(Diagnostic) {
      bytes = try figure.drawing(format.form)
    } catch {
      throw CommandFailure.output(
        "figure '\(figure.name)' could not be drawn: \(MessageText.line(error.message))",
        remedy: "Its numbers are in the tables, where the section gives them.")
    }
    guard let bytes else {
      throw CommandFailure.output(
        "figure '\(figure.name)' has no \(format.rawValue.uppercased()) form",
        remedy: "Let the name behind -o end in .svg.")
    }
    return bytes
  }

  /// Names on standard error every figure whose drawing failed; call it after rendering.
  ///
  /// - Returns: true when none did.
  static func reportFigures(of notebook: ExecutedNotebook, on console: inout Console) -> Bool {
    var isComplete = true
    for figure in notebook.figures {
      for failure in figure.failures {
        isComplete = false
        console.err +=
          "error: figure '\(figure.name)' could not be drawn: \(MessageText.line(failure.message))\n"
          + "  Its numbers are in the tables, where the section gives them.\n"
      }
    }
    return isComplete
  }
}
