import ArgumentParser
import CommandLineSupport
import Support

/// The root of the command line.
struct ModelGenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modelgen",
    abstract: "Generate, convert, quantize and inspect models for microcontrollers.",
    discussion: """
      Writes .tflite files that TFLM and LiteRT run, from nothing or from ONNX, Keras .h5, SavedModel \
      and .tflite; reads back and checks what it wrote. Python is not needed. \
      Files of the same name are replaced, never one that is read. Exit status: 0 all done, 1 a model \
      or file was refused, 2 wrong arguments.

      EXAMPLES
        modelgen cnn --layers 4             ONNX and .tflite, fp32 and int8
        modelgen sweep -o sweep             weights that cross the 16 KiB cache
        modelgen convert model.h5 --int8 --calibrate samples.npz
        modelgen tinyml ~/tiny -o models    the five MLPerf Tiny models
        modelgen tinyml --twins -o models   the same, nothing to download
        modelgen inspect model.tflite       operators, MACs, bytes, arena
        modelgen plan model.tflite          for the engine of the firmware
        modelgen image firmware.elf         does RP2350 start it? .uf2 to copy onto it
      """,
    version: "modelgen 0.1.0",
    subcommands: [
      CNNCommand.self, FCCommand.self, MLPCommand.self, SweepCommand.self, ConvertCommand.self,
      TinyMLCommand.self, InspectCommand.self, RunCommand.self, PlanCommand.self,
      ImageCommand.self, OracleCases.self, OutputChecksums.self,
    ])
}

/// The program as a function of its arguments and two streams.
enum ModelGen {
  /// Runs one command line; returns 0 when all was done, 1 when a model was refused or a file could
  /// not be written, 2 for wrong arguments.
  static func run(
    arguments: [String], out: inout some TextStream, err: inout some TextStream,
    environment: Environment
  ) -> Int32 {
    CommandRunner.run(
      ModelGenCommand.self, arguments: arguments, out: &out, err: &err, environment: environment)
  }
}
