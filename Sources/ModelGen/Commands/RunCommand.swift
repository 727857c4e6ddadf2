import ArgumentParser
import CommandLineSupport
import Inspection
import ModelFormats
import Interpreter
import Models
import Quantizer
import Support

/// Runs a model on samples.
struct RunCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a model with the kernels of the firmware: raw samples in, raw results out.",
    discussion: """
      Files hold the tensor's own type, little-endian, one sample after the other, without a header: \
      int8 for an int8 model. Of a model with one input and one output.

      EXAMPLES
        modelgen run model_int8.tflite --input samples.bin -o results.bin
      """)

  @Argument(
    help: "A .tflite, .onnx or .h5 file, or the folder of a SavedModel.", completion: .file())
  var model: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Samples, as raw numbers.", valueName: "file"),
    completion: .file())
  var input: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Results, as raw numbers.", valueName: "file"),
    completion: .file())
  var output: String

  func run(on console: inout Console) throws -> Int32 {
    try Results.protect([model, input], from: [output])
    return try GeneratedOutput.reporting(on: &console) { console in
      let graph = try ModelOpener.open(model).graph
      guard graph.inputs.count == 1, graph.outputs.count == 1,
        let size = graph.tensors[graph.inputs[0]].byteCount, size > 0
      else {
        throw Diagnostic(
          "inputs",
          "has \(graph.inputs.count) inputs and \(graph.outputs.count) outputs; one each is needed",
          remedy: "Use a model with one input and one output.", file: model)
      }
      let samples = try SampleFile.bytes(path: input)
      guard !samples.isEmpty, samples.count % size == 0 else {
        throw Diagnostic(
          "sample-size", "has \(samples.count) bytes; a sample has \(size)",
          remedy: "Write whole samples of \(graph.tensors[graph.inputs[0]].elementType.name).",
          file: input)
      }
      let interpreter = try Interpreter(graph)
      console.report(graph.tflmWarnings, of: model)
      let progress = Progress(enabled: console.environment.progress)
      defer { progress.clear() }
      var results: [UInt8] = []
      let count = samples.count / size
      for index in 0..<count {
        let sample = Array(samples[index * size..<(index + 1) * size])
        results += try interpreter.run([sample]).flatMap { $0 }
        progress.show("running", index + 1, of: count)
      }
      try Results.write(results, to: output)
      console.out += "\(count) samples, \(results.count) bytes in \(output)\n"
      return 0
    }
  }
}
