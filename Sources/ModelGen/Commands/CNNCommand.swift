import ArgumentParser
import Models
import Support

/// Generates a CNN.
struct CNNCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "cnn",
    abstract: "Generate a stack of CONV_2D with ReLU.",
    discussion: """
      Output and input have the same shape, so that operators stack. The name says layers, channels, \
      window and true MACs: cnn_l4_c8_k5_m4915200. Weights are pseudo-random; the seed is stored in \
      the file, which can be made again bit for bit.

      EXAMPLES
        modelgen cnn --layers 4                     cnn_l4_c8_k5_m4915200
        modelgen cnn --layers 2 --channels 26       each operator fills the cache
        modelgen cnn --layers 4 --original-names    cnn4224000, as the original
      """)

  @OptionGroup(title: "Model") var shape: CNNShape

  @Flag(help: "Name files as the original does, with its miscounted MACs.")
  var originalNames = false

  @Flag(inversion: .prefixedNo, help: "Write ONNX too (opset 11, [N, C, H, W]).")
  var onnx = true

  @OptionGroup(title: "Output") var writing: WritingOptions
  @OptionGroup(title: "Calibration") var calibration: CalibrationOptions

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      let model = GeneratedCNN(
        layers: shape.layers, channels: shape.channels, kernel: shape.kernel, height: shape.height,
        width: shape.width, stride: shape.stride, padding: shape.padding, seed: calibration.seed)
      let output = GeneratedOutput(writing: writing, calibration: calibration, onnx: onnx)
      let written = try output.write(
        try model.graph(), name: model.name,
        original: originalNames ? model.originalName : nil, on: &console)
      output.show(written, on: &console)
      return 0
    }
  }
}

/// Sizes of a generated CNN.
struct CNNShape: ParsableArguments {
  @Option(help: ArgumentHelp("Number of CONV_2D.", valueName: "number"))
  var layers: Int

  @Option(help: ArgumentHelp("Channels in and out.", valueName: "number"))
  var channels = 8

  @Option(help: ArgumentHelp("Side of the window, odd.", valueName: "number"))
  var kernel = 5

  @Option(help: ArgumentHelp("Height of the image.", valueName: "number"))
  var height = 24

  @Option(help: ArgumentHelp("Width of the image.", valueName: "number"))
  var width = 32

  @Option(
    help: ArgumentHelp("Distance of neighbouring positions; only 1 stacks.", valueName: "number"))
  var stride = 1

  @Option(
    help: ArgumentHelp("Zeros on each side; only (kernel - 1) / 2 stacks.", valueName: "number"))
  var padding: Int?
}
