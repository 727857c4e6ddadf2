import ArgumentParser
import Inspection
import ModelFormats
import Models
import Notebook
import ModelFormats
import Quantizer
import Support

/// Converts models.
struct ConvertCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert ONNX, Keras .h5, SavedModel or .tflite to .tflite and C++, fp32 and int8.",
    discussion: """
      int8 needs the ranges of all activations: give samples as the model will see them. Without \
      samples random numbers are used, and a warning says so. What was written is read back; a model \
      asked for as int8 that is not int8 is an error, not a file.

      EXAMPLES
        modelgen convert model.onnx --int8 --calibrate samples.npz --verify
        modelgen convert model.h5 --fp32 --cpp -o src
        modelgen convert kws_ref_model --int8 --ranges-from kws_ref_model.tflite
        modelgen convert model.tflite --int8 --calibrate data.npy --layout nchw
      """)

  @Argument(
    help: "Models: .onnx, .h5, .tflite (fp32), or folders of SavedModels.", completion: .file())
  var models: [String]

  @Flag(help: "Write ONNX too (fp32, opset 11).")
  var onnx = false

  @Flag(
    help:
      "Run fp32 and int8 side by side on samples that calibration has not seen, sample by sample.")
  var verify = false

  @OptionGroup(title: "Output") var writing: WritingOptions
  @OptionGroup(title: "Calibration") var calibration: CalibrationOptions

  mutating func validate() throws {
    guard !writing.dtypes.contains(.int8) else { return }
    if verify { throw ValidationError("--verify compares int8 with fp32; add --int8.") }
    if !calibration.isSilent {
      throw ValidationError("Ranges and samples are for int8; add --int8, or leave them out.")
    }
  }

  func run(on console: inout Console) throws -> Int32 {
    var written: [WrittenModel] = []
    var blocks: [Block] = []
    var status: Int32 = 0
    var names: Set<String> = []
    // All models: what is written of one must not replace another that is still to be read.
    let inputs = ProtectedFiles(
      models + [calibration.calibrate, calibration.rangesFrom].compactMap { $0 })
    for path in models {
      status = max(
        status,
        try GeneratedOutput.reporting(on: &console) { console in
          let opened = try ModelOpener.open(path)
          // Not all file systems tell upper from lower case.
          guard names.insert(FileName.stem(opened.name).lowercased()).inserted else {
            throw Diagnostic(
              "name",
              "is the second model named \(opened.name), upper and lower case taken as one; the first "
                + "could be written over",
              remedy: "Convert it by itself, with another folder behind -o.", file: path)
          }
          console.report(opened.remarks, of: path)
          let result = try convert(opened, beside: inputs, on: &console)
          written += result.written
          blocks += result.blocks
          return 0
        })
    }
    guard !written.isEmpty else { return status }
    let table = Block.table(WrittenModel.table(written, writing))
    let document = ExecutedNotebook(title: "Models written", blocks: blocks + [table])
    console.out += writing.format.text(document, environment: console.environment)
    return status
  }

  private func convert(
    _ opened: OpenedModel, beside inputs: ProtectedFiles, on console: inout Console
  ) throws -> (written: [WrittenModel], blocks: [Block]) {
    let writer = ModelWriter(options: writing, inputs: inputs)
    let graph = try widened(opened, on: &console)
    let stem = FileName.stem(opened.name)
    var result: (written: [WrittenModel], blocks: [Block]) = ([], [])
    guard graph.dtype == .fp32 || (graph.dtype == .int8 && writing.dtypes == [.int8]) else {
      throw Diagnostic(
        "dtype",
        "is \(graph.types); converting starts from fp32"
          + (graph.dtype == .int8 ? ", as weights cannot be made exact again" : ""),
        remedy: graph.dtype == .int8
          ? "Convert the fp32 model, or ask for --int8 alone to write it again."
          : "Export the model with float32 weights and activations.", file: opened.path)
    }
    if onnx {
      try writer.put(try ONNXWriter.write(graph), writer.path(stem + ".onnx"))
    }
    if writing.dtypes.contains(.fp32) {
      result.written.append(
        try writer.write(graph, model: opened.name, name: stem + "_fp32", dtype: .fp32))
    }
    guard writing.dtypes.contains(.int8) else { return result }
    let name = stem + "_int8"
    if graph.dtype == .int8 {
      console.report(graph.tflmWarnings, of: opened.path)
      result.written.append(
        try writer.write(graph, model: opened.name, name: name, dtype: .int8))
      return result
    }
    let work = QuantizationWork(options: calibration, environment: console.environment)
    let quantized = try work.quantize(graph, name: opened.name, measures: true)
    console.report(quantized.warnings, of: opened.path)
    result.written.append(
      try writer.write(
        quantized.model.graph, model: opened.name, name: name, dtype: .int8,
        signalToNoise: quantized.report?.outputs.first?.decibels,
        ranges: quantized.origin))
    if let report = quantized.report {
      result.blocks += QuantizationBlocks.blocks(report, opened.name)
    }
    if verify {
      let verification = try Verification.compare(
        graph, quantized.model.graph, on: quantized.heldOut)
      result.blocks += QuantizationBlocks.blocks(
        verification, opened.name, quantized.heldOut.source)
    }
    return result
  }

  /// The graph with float32 constants in place of float16 ones, as files for phones store them.
  private func widened(_ opened: OpenedModel, on console: inout Console) throws -> Graph {
    let count = opened.graph.tensors.count { $0.elementType == .float16 && $0.constant != nil }
    guard count > 0 else { return opened.graph }
    var draft = GraphDraft(opened.graph)
    _ = try ConstantFolding.apply(to: &draft)
    _ = try DeadCode.apply(to: &draft)
    console.report(
      Diagnostic(
        "float16",
        (count == 1 ? "a constant is float16" : "\(count) constants are float16")
          + ", for which TFLM has no kernels; the same numbers as float32 take their place",
        remedy: "Nothing need be done.", file: opened.path, severity: .note))
    return try draft.graph(remarks: opened.graph.remarks)
  }
}
