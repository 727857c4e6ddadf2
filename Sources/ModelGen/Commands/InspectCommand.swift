import ArgumentParser
import CommandLineSupport
import Inspection
import ModelFormats
import Models
import Support

/// Says what a model is made of.
struct InspectCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Operators, shapes, MACs, bytes and arena of a model of any format.",
    discussion: """
      `analyze model` is the same.

      EXAMPLES
        modelgen inspect model.tflite
        modelgen inspect model.h5 --format csv > operators.csv
        modelgen inspect kws_ref_model --format json
      """)

  @Argument(
    help: "A .tflite, .onnx or .h5 file, or the folder of a SavedModel.", completion: .file())
  var model: String

  @Option(help: ArgumentHelp("Form of the result.", valueName: "form"))
  var format: OutputFormat = .text

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      let document = InspectionDocument(try ModelOpener.open(model))
      console.out +=
        format == .json
        ? document.json : format.text(document.notebook, environment: console.environment)
      return 0
    }
  }
}
