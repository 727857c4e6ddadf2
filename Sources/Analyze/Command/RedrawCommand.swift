import ArgumentParser
import CommandLineSupport
import Ingest
import Notebook
import Plots
import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Draws a figure again from what its SVG holds, or prints that.
struct RedrawCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "redraw",
    abstract: "Draw a figure again from the numbers stored in its SVG, or print them.",
    discussion: """
      Every SVG that analyze writes holds the numbers it shows, in its <metadata>. Drawn again it is \
      the same, byte for byte, without the logs. Colours are those of a light page unless --dark is \
      given; the layout is the stored one unless --compact is.

      EXAMPLES
        analyze redraw report/plots/roofline-rp2350.svg -o paper.pdf
        analyze redraw roofline.svg -o slide.png --dark
        analyze redraw roofline.svg -o phone.svg --compact
        analyze redraw roofline.svg --format json | jq '.chart.points[] | {label, throughput}'
        analyze redraw roofline.svg --format csv -o roofline.csv
      """)

  /// Longest file that is read, in bytes; our figures have some hundred thousand.
  static let limit = 1 << 24

  @Argument(
    help:
      "An SVG that analyze wrote; '-' is standard input, '.gz', '.xz', '.bz2', '.zst' and '.zip' are read, too.",
    completion: .file(extensions: ["svg"]))
  var figure: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write there; the name ends in .svg, .png or .pdf unless --format is given.",
      valueName: "path"), completion: .file())
  var output: String?

  @Flag(help: "Colours for a dark page.")
  var dark = false

  @Flag(help: "Layout for a phone.")
  var compact = false

  @Option(
    help: ArgumentHelp(
      "Print the stored numbers instead: json with everything as it is stored, or csv with a row "
        + "for each value.", valueName: "json|csv"), completion: .list(["json", "csv"]))
  var format: OutputFormat?

  func run(on console: inout Console) throws -> Int32 {
    let drawing = try checkedForm()
    if let output {
      try Delivery.protect([figure], from: [output])
      try Delivery.refuseLog(output)
    }
    let chart: any Chart
    do {
      chart = try Figures.chart(fromSVG: try text())
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      console.report((error as? Diagnostic ?? .notAFigure("\(error)")).of(figure))
      return 1
    }
    let bytes = try drawing.map { try draw(chart, $0) } ?? Array(try numbers(of: chart).utf8)
    if let output {
      try Delivery.write(bytes, to: output)
    } else {
      console.out += String(decoding: bytes, as: UTF8.self)
    }
    return 0
  }

  /// The form of the drawing; nil when numbers are asked for.
  private func checkedForm() throws(CommandFailure) -> FigureFormat? {
    if let format {
      _ = try Delivery.figureFormat(output, beside: format)
      guard format == .json || format == .csv else {
        throw CommandFailure.usage(
          "stored numbers have no \(format.rawValue) form",
          remedy: "Write --format json or --format csv.")
      }
      guard !dark, !compact else {
        throw CommandFailure.usage(
          "--format prints numbers, which are neither dark nor compact",
          remedy: "Leave out --format to draw, or --dark and --compact to print.")
      }
      return nil
    }
    guard let output else {
      throw CommandFailure.usage(
        "neither -o nor --format is given",
        remedy: "Write -o FIGURE.svg (or .png, .pdf) to draw, --format json to see the numbers.")
    }
    guard let drawing = Delivery.figureFormat(output) else {
      throw CommandFailure.usage(
        "'\(output)' names no kind of drawing",
        remedy: "Let the name behind -o end in .svg, .png or .pdf, or add --format json.")
    }
    return drawing
  }

  private func draw(_ chart: some Chart, _ form: FigureFormat) throws(CommandFailure) -> [UInt8] {
    let chart = compact ? chart.laidOut(.compact) : chart
    let theme: Theme = dark ? .dark : .light
    do {
      return switch form {
      case .svg: Array(try Figures.svg(chart, theme: theme).utf8)
      case .png: try Figures.png(chart, theme: theme)
      case .pdf: try Figures.pdf(chart, theme: theme)
      }
    } catch {
      throw CommandFailure.output(
        "'\(figure)' could not be drawn: "
          + ((error as? Diagnostic)?.message ?? "\(error)"),
        remedy: "Its numbers can be read with --format json.")
    }
  }

  private func numbers<C: Chart>(of chart: C) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // As in the SVG: JSON knows no infinity.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let json = try encoder.encode(StoredNumbers(kind: C.kind, chart: chart))
    guard format == .csv else {
      return JSONText.escaped(String(decoding: json, as: UTF8.self)) + "\n"
    }
    let rows = try JSONDecoder().decode(StoredValue.self, from: json).leaves()
    return CSVRenderer().render(Table(columns: [.init(["path"]), .init(["value"])], rows: rows))
  }

  /// The text of the file, whose length is checked while it is read: it may be a device or a bomb.
  private func text() throws -> String {
    guard !OutputFiles.isFolder(figure) else {
      throw CommandFailure.usage(
        "'\(figure)' is a folder", remedy: "Name one figure in it, as in plots/NAME.svg.")
    }
    var bytes: [UInt8] = []
    do throws(Diagnostic) {
      let source = try LogSource.only(path: figure).bytes
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while bytes.count <= Self.limit {
        let count = try source.read(into: &buffer, at: bytes.count)
        guard count > 0 else { break }
        bytes += buffer.prefix(count)
      }
    } catch {
      throw CommandFailure.usage("'\(figure)' \(error.message)", remedy: error.remedy)
    }
    guard bytes.count <= Self.limit else {
      throw Diagnostic.notAFigure("it is longer than \(Self.limit) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw Diagnostic.notAFigure("it is not UTF-8 text")
    }
    return text
  }
}

/// The document that `--format json` prints.
private struct StoredNumbers<C: Chart>: Encodable {
  var kind: String
  var chart: C
}

/// Any JSON, to list its values by their paths.
private enum StoredValue: Decodable {
  case none
  case word(String)
  case number(Double)
  case list([StoredValue])
  case fields([String: StoredValue])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .none
    } else if let flag = try? value.decode(Bool.self) {
      self = .word("\(flag)")
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let word = try? value.decode(String.self) {
      self = .word(word)
    } else if let list = try? value.decode([StoredValue].self) {
      self = .list(list)
    } else {
      self = .fields(try value.decode([String: StoredValue].self))
    }
  }

  /// "chart.points[3].throughput" and its value, in the order of the document.
  func leaves(_ path: String = "") -> [Table.Row] {
    switch self {
    case .none: []
    case .word(let word): [.init([.text(path), .text(word)])]
    case .number(let number): [.init([.text(path), .number("\(number)", sortValue: number)])]
    case .list(let list): list.enumerated().flatMap { $1.leaves("\(path)[\($0)]") }
    case .fields(let fields):
      fields.sorted { $0.key < $1.key }.flatMap {
        $0.value.leaves(path.isEmpty ? $0.key : "\(path).\($0.key)")
      }
    }
  }
}
