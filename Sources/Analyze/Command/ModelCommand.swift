import ArgumentParser
import CommandLineSupport
import Inspection
import ModelFormats
import Models
import Support

/// Says what a model is made of.
struct ModelCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Operators, shapes, MACs, bytes and arena of a model of any format.",
    discussion: """
      Reads .tflite, .onnx, Keras .h5 and SavedModel. What is not TFLite is shown as it would be \
      converted; `modelgen convert` does so.

      EXAMPLES
        analyze model model.tflite
        analyze model model.onnx --format csv -o operators.csv
        analyze model kws_ref_model --format json | jq .arena.minimum_bytes
      """)

  @Argument(
    help: "A .tflite, .onnx or .h5 file, or the folder of a SavedModel.", completion: .file())
  var model: String

  @Option(help: ArgumentHelp("Form of the result.", valueName: "form"))
  var format: OutputFormat?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to that file.", valueName: "path"),
    completion: .file())
  var output: String?

  func run(on console: inout Console) throws -> Int32 {
    let form = try Delivery.format(format, for: output)
    if let output { try Delivery.protect([model], from: [output]) }
    let text: String
    do throws(Diagnostic) {
      let environment = output == nil ? console.environment : console.environment.forFile
      text = try InspectionDocument.text(of: model, form, environment)
    } catch {
      console.err += MessageText.line("\(error.file): error: \(error.located)") + "\n"
      console.err += "  " + MessageText.line(error.remedy) + "\n"
      return 1
    }
    if let output {
      try Delivery.write(text, to: output)
    } else {
      console.out += text
    }
    return 0
  }
}

extension InspectionDocument {
  fileprivate static func text(
    of path: String, _ form: OutputFormat, _ environment: Environment
  ) throws(Diagnostic) -> String {
    let document = InspectionDocument(try ModelOpener.open(path))
    return form == .json ? document.json : form.text(document.notebook, environment: environment)
  }
}
