import ArgumentParser
import Models
import Support

/// Generates a stack of fully connected operators.
struct FCCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "fc",
    abstract: "Generate pairs of FULLY_CONNECTED with ReLU: inputs to width and back.",
    discussion: """
      EXAMPLES
        modelgen fc --layers 2 --width 64              fc_l2_w64_m4096
        modelgen fc --layers 1 --width 1024 --int8     16 KiB in each operator
        modelgen fc --layers 2 --original-names        fc1024, as the original
      """)

  @OptionGroup(title: "Model") var shape: FCShape

  @Flag(help: "Name files as the original does.")
  var originalNames = false

  @Flag(inversion: .prefixedNo, help: "Write ONNX too (opset 11).")
  var onnx = true

  @OptionGroup(title: "Output") var writing: WritingOptions
  @OptionGroup(title: "Calibration") var calibration: CalibrationOptions

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      let model = GeneratedFC(
        layers: shape.layers, width: shape.width, inputs: shape.inputs, seed: calibration.seed)
      let output = GeneratedOutput(writing: writing, calibration: calibration, onnx: onnx)
      let written = try output.write(
        try model.graph(), name: model.name,
        original: originalNames ? model.originalName : nil, on: &console)
      output.show(written, on: &console)
      return 0
    }
  }
}

/// Sizes of a generated stack of FULLY_CONNECTED.
struct FCShape: ParsableArguments {
  @Option(help: ArgumentHelp("Number of pairs.", valueName: "number"))
  var layers: Int

  @Option(help: ArgumentHelp("Elements between the two of a pair.", valueName: "number"))
  var width = 16

  @Option(help: ArgumentHelp("Elements before and behind a pair.", valueName: "number"))
  var inputs = 16
}
