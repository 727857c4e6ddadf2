import ArgumentParser
import CommandLineSupport
import Core
import Engine
import Inspection
import ModelFormats
import Models
import Notebook
import PlanWriter
import Support

/// Writes what the engine of the firmware runs.
struct PlanCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Write plans: models as the firmware's own engine runs them.",
    discussion: """
      NAME.plan holds the operators of NAME.tflite with all parameters prepared, places in memory for \
      one core and for two, and the constants; docs/models.md says how. Of models of other formats \
      it is the plan of the .tflite file that `convert` writes.

      EXAMPLES
        modelgen plan kws_int8.tflite
        modelgen plan models/*_int8.tflite -o plans
        modelgen plan kws_ref_model_int8.tflite --model-id kws --weights-source real
      """)

  @Argument(
    help: "Files .tflite, .onnx or .h5, or folders of SavedModels.", completion: .file())
  var models: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the plans; made where it is missing.", valueName: "folder"),
    completion: .directory)
  var output = "."

  @Option(
    name: .customLong("model-id"),
    help: ArgumentHelp(
      "What logs call the model; else what it is a twin of, or the file's name without the dtype.",
      valueName: "id"))
  var modelID: String?

  @Option(
    help: ArgumentHelp("Whether weights are trained; else what the file says.", valueName: "kind"))
  var weightsSource: WeightsSource?

  @Option(help: ArgumentHelp("Form of the table on standard output.", valueName: "form"))
  var format: TableFormat = .text

  mutating func validate() throws {
    if output.isEmpty {
      throw ValidationError("The folder behind -o is empty; name one, or '.' for this one.")
    }
    if modelID != nil, models.count > 1 {
      throw ValidationError("--model-id names one model; there are \(models.count).")
    }
    var seen: Set<String> = []
    // Not all file systems tell upper from lower case.
    for model in models
    where !seen.insert(FileName.stem(ModelFileName(model).base).lowercased()).inserted {
      throw ValidationError(
        "Two models would have the plan '\(ModelFileName(model).base).plan', upper and lower case taken as one; "
          + "write them to two folders.")
    }
  }

  func run(on console: inout Console) throws -> Int32 {
    var written: [WrittenPlan] = []
    let inputs = ProtectedFiles(models)
    var status: Int32 = 0
    for model in models {
      status = max(
        status,
        try GeneratedOutput.reporting(on: &console) { console in
          written.append(try write(model, beside: inputs, on: &console))
          return 0
        })
    }
    if !written.isEmpty {
      let document = ExecutedNotebook(
        title: "Plans written",
        blocks: [
          .table(WrittenPlan.table(written, folder: output, hasCaption: format != .csv))
        ])
      console.out += format.text(document, environment: console.environment)
    }
    return status
  }

  private func write(
    _ model: String, beside inputs: ProtectedFiles, on console: inout Console
  ) throws -> WrittenPlan {
    do {
      let opened = try ModelOpener.open(model)
      console.report(opened.remarks, of: model)
      console.report(opened.graph.tflmWarnings, of: model)
      var graph = opened.graph
      if graph.bytes.isEmpty {
        // The identity of a plan is that of a .tflite file.
        graph = try TFLiteReader.read(bytes: try TFLiteWriter.bytes(of: graph))
      }
      let name = ModelFileName(model)
      let id = modelID ?? TinyMLTwin.original(of: graph)?.rawValue ?? name.stem
      let bytes = try PlanWriter.plan(
        of: graph, modelID: id, weightsSource: weightsSource)
      let file = FileName.stem(name.base) + ".plan"
      let path = output == "." ? file : output + (output.hasSuffix("/") ? "" : "/") + file
      try inputs.refuse([path])
      try Results.write(bytes, to: path)
      return try WrittenPlan(path: path, id: id, bytes: bytes)
    } catch let failure as Diagnostic {
      throw failure.within(file: model)
    }
  }
}

extension WeightsSource: ExpressibleByArgument {
  /// The source of that name.
  public init?(argument: String) { self.init(argument) }
  /// The names, as help lists them.
  public static var allValueStrings: [String] { allCases.map(\.description).sorted(by: >) }
}
