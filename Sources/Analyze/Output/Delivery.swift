import CommandLineSupport
import Ingest
import Notebook
import Performance
import Support

/// Turns blocks and notebooks into text, and puts it where it was asked for.
enum Delivery {
  /// Writes a notebook in `format` to standard output.
  static func show(
    _ notebook: ExecutedNotebook, format: OutputFormat, on console: inout Console
  ) {
    console.out += text(notebook, format: format, environment: console.environment)
  }

  /// The notebook as text of that form.
  static func text(
    _ notebook: ExecutedNotebook, format: OutputFormat, environment: Environment
  ) -> String {
    format.text(notebook, environment: environment)
  }

  /// The form that was asked for, else the one that the file's ending names, else text.
  static func format(
    _ given: OutputFormat?, for path: String?
  ) throws(CommandFailure) -> OutputFormat {
    if let given { return given }
    let ending = path.flatMap { $0.split(separator: ".").last.map { $0.lowercased() } }
    switch ending {
    case "csv": return .csv
    case "json": return .json
    case "md", "markdown": return .markdown
    case "html", "htm": return .html
    case "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "eps", "ps":
      throw CommandFailure.usage(
        "'\(path ?? "")' after -o: there is no form '.\(ending ?? "")'",
        remedy: "Figures are written as .svg, .png or .pdf.")
    default: return .text
    }
  }

  /// An empty CSV would pass for a result.
  static func expectTables(in notebook: ExecutedNotebook, of what: String) throws(CommandFailure) {
    guard notebook.tables.isEmpty else { return }
    throw CommandFailure.output(
      "\(what) has no table for these logs, so there is no CSV",
      remedy: "See why with --format text, or take --format json.")
  }

  /// Refuses to write over a log: in `analyze speedup -o logs/*.txt` the shell makes the first log
  /// the output.
  static func refuseLog(_ path: String) throws {
    // Nothing is lost in a pipe or a device, and who writes there must not wait for something to read.
    guard path != "-", OutputFiles.kind(of: path) == .file,
      let source = try? LogSource.only(path: path).bytes
    else { return }
    var head = [UInt8](repeating: 0, count: 1 << 16)
    guard let count = try? source.read(into: &head, at: 0), count > 0 else { return }
    let bytes = Array(head.prefix(count))
    let dialect = Ingestor().ingest(bytes: bytes, path: path).recognition.dialect
    // Text that this program wrote speaks of times, too; its headings are underlined so.
    let isOwnText =
      dialect == .timesInWords && String(decoding: bytes, as: UTF8.self).contains("═══")
    guard dialect == .unknown || isOwnText else {
      throw CommandFailure.usage(
        "'\(path)' after -o is a log (\(dialect.rawValue)), which would be lost",
        remedy: "Name another file with -o, and write it behind the logs.")
    }
  }

  /// Writes `text` to a file; folders on the way are made.
  static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes to a file; folders on the way are made.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try Results.write(bytes, to: path)
  }

  /// Makes sure that `path` is a folder or can become one.
  static func folder(_ path: String) throws { try Results.folder(path) }

  /// Refuses to write over what was read.
  ///
  /// - Parameters:
  ///   - paths: what would be written or removed.
  ///   - inputs: files that the command reads.
  static func protect(_ inputs: [String], from paths: [String]) throws(CommandFailure) {
    try Results.protect(inputs, from: paths)
  }
}
