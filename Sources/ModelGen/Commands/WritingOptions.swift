import ArgumentParser
import CommandLineSupport
import Core
import Models
import Notebook
import Support

/// What is written, and where.
struct WritingOptions: ParsableArguments {
  @Flag(help: "Write NAME_int8.tflite; without --int8 and --fp32 both are written.")
  var int8 = false

  @Flag(help: "Write NAME_fp32.tflite.")
  var fp32 = false

  @Flag(help: "Write C++ too: NAME_int8.h and .cc with the model, its CRC-32, arena and operators.")
  var cpp = false

  @Flag(help: "Write the cost of each operator too: NAME_int8_costs.csv and .json.")
  var costs = false

  @Flag(help: "Keep the names of all tensors; files get 10 to 25 % larger.")
  var names = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the files; made where it is missing.", valueName: "folder"),
    completion: .directory)
  var output = "."

  @Option(help: ArgumentHelp("Form of the table on standard output.", valueName: "form"))
  var format: TableFormat = .text

  /// The dtypes to write, fp32 first.
  var dtypes: [Dtype] {
    let asked: [Dtype] = (fp32 ? [.fp32] : []) + (int8 ? [.int8] : [])
    return asked.isEmpty ? [.fp32, .int8] : asked
  }

  mutating func validate() throws {
    if output.isEmpty {
      throw ValidationError("The folder behind -o is empty; name one, or '.' for this one.")
    }
  }
}

/// The forms of a table.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, html, csv

  /// A document as text of this form.
  func text(_ document: ExecutedNotebook, environment: Environment) -> String {
    let format: OutputFormat =
      switch self {
      case .text: .text
      case .markdown: .markdown
      case .html: .html
      case .csv: .csv
      }
    return format.text(document, environment: environment)
  }
}
