import ArgumentParser
import Models
import Support

/// Generates a stand-in for the proprietary model.
struct MLPCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "mlp",
    abstract: "Generate FULLY_CONNECTED, TANH, RELU and MINIMUM, each an operator of its own.",
    discussion: """
      A stand-in for the proprietary model of the published table, whose sizes are not known: \
      those by default follow from its published times.

      EXAMPLES
        modelgen mlp
        modelgen mlp --sizes 24,96,48,4 --limit 0.5 --int8
      """)

  @OptionGroup(title: "Model") var shape: MLPShape

  @Flag(inversion: .prefixedNo, help: "Write ONNX too (opset 11).")
  var onnx = true

  @OptionGroup(title: "Output") var writing: WritingOptions
  @OptionGroup(title: "Calibration") var calibration: CalibrationOptions

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      let model = GeneratedMLP(
        sizes: shape.sizes.values, limit: shape.limit, seed: calibration.seed)
      let output = GeneratedOutput(writing: writing, calibration: calibration, onnx: onnx)
      let written = try output.write(try model.graph(), name: model.name, on: &console)
      output.show(written, on: &console)
      return 0
    }
  }
}

/// Numbers separated by commas.
struct SizeList: ExpressibleByArgument, CustomStringConvertible {
  var values: [Int]

  init(values: [Int]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    values = parts.compactMap { Int($0) }
    guard values.count == parts.count else { return nil }
  }

  var description: String { values.map(String.init).joined(separator: ",") }
  var defaultValueDescription: String { description }
}

/// Sizes of a generated stand-in.
struct MLPShape: ParsableArguments {
  @Option(
    help: ArgumentHelp("Elements from input to output, as in 16,64,32,8.", valueName: "list"))
  var sizes: SizeList = SizeList(values: GeneratedMLP().sizes)

  @Option(help: ArgumentHelp("What MINIMUM compares with.", valueName: "number"))
  var limit: Float = 1
}
