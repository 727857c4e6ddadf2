import ArgumentParser
import Inspection
import Models
import Support

extension GeneratedSweep.Kind: ExpressibleByArgument {}

/// Generates a sweep.
struct SweepCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Generate models whose weights per operator cross the 16 KiB cache from both sides.",
    discussion: """
      Writes .tflite files, int8 and fp32, and sweep.csv, which lists them for scripts. Give \
      `analyze crossover` the folder behind --models.

      EXAMPLES
        modelgen sweep -o sweep                        CNN and FC
        modelgen sweep --kind cnn --kernel 3 --int8 -o sweep
      """)

  @OptionGroup(title: "Model") var shape: SweepShape

  @Flag(help: "Write ONNX too.")
  var onnx = false

  @OptionGroup(title: "Output") var writing: WritingOptions
  @OptionGroup(title: "Calibration") var calibration: CalibrationOptions

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      let output = GeneratedOutput(writing: writing, calibration: calibration, onnx: onnx)
      var all: [WrittenModel] = []
      var rows = [
        "model,kind,dtype,file,layers,weights_per_operator,weight_bytes_per_operator,macs,"
          + "arena_bytes,crc32"
      ]
      for kind in shape.kind.map({ [$0] }) ?? GeneratedSweep.Kind.allCases {
        let sweep = GeneratedSweep(
          kind, layers: shape.layers, kernel: shape.kernel, seed: calibration.seed)
        for member in sweep.members {
          let written = try output.write(try member.graph(), name: member.name, on: &console)
          for each in written {
            let bytes = member.weightsPerLayer * (each.dtype == .int8 ? 1 : 4)
            rows.append(
              "\(each.model),\(kind == .cnn ? "CONV_2D" : "FULLY_CONNECTED"),\(each.dtype),"
                + "\(each.file),\(shape.layers),\(member.weightsPerLayer),\(bytes),\(each.graph.macs),"
                + "\(each.arenaBytes),\(Format.hex(each.graph.crc32))")
          }
          all += written
        }
      }
      let writer = ModelWriter(options: writing, inputs: ProtectedFiles([]))
      let manifest = writer.path("sweep.csv")
      try writer.put(Array((rows.joined(separator: "\r\n") + "\r\n").utf8), manifest)
      output.show(all, on: &console)
      console.err += "\(all.count) models, listed in \(manifest)\n"
      return 0
    }
  }
}

/// What is swept.
struct SweepShape: ParsableArguments {
  @Option(help: ArgumentHelp("Operators to sweep; both unless named.", valueName: "cnn|fc"))
  var kind: GeneratedSweep.Kind?

  @Option(
    help: ArgumentHelp("CONV_2D, or pairs of FULLY_CONNECTED, in each model.", valueName: "number"))
  var layers = 2

  @Option(help: ArgumentHelp("Side of the window of CONV_2D, odd.", valueName: "number"))
  var kernel = 5
}
