import ArgumentParser
import Core
import Models
import Notebook
import ModelFormats
import Support

/// Writes generated models: ONNX, fp32, int8.
struct GeneratedOutput {
  let writing: WritingOptions
  let calibration: CalibrationOptions
  let onnx: Bool

  /// Writes all forms of one model; `original` names them as the original does.
  func write(
    _ graph: Graph, name: String, original: String? = nil, on console: inout Console
  ) throws -> [WrittenModel] {
    let writer = ModelWriter(
      options: writing,
      inputs: ProtectedFiles([calibration.calibrate, calibration.rangesFrom].compactMap { $0 }))
    let base = FileName.stem(original ?? name)
    var result: [WrittenModel] = []
    if onnx {
      try writer.put(try ONNXWriter.write(graph), writer.path(base + ".onnx"))
    }
    for dtype in writing.dtypes {
      let ending = original == nil ? "_\(dtype)" : dtype == .int8 ? "\(dtype)" : ""
      let file = base + ending
      guard dtype == .int8 else {
        result.append(try writer.write(graph, model: name, name: file, dtype: dtype))
        continue
      }
      let work = QuantizationWork(options: calibration, environment: console.environment)
      let quantized = try work.quantize(graph, name: name, measures: true)
      result.append(
        try writer.write(
          quantized.model.graph, model: name, name: file, dtype: dtype,
          signalToNoise: quantized.report?.outputs.first?.decibels,
          ranges: quantized.origin))
    }
    return result
  }

  /// Prints the table of what was written.
  func show(_ written: [WrittenModel], on console: inout Console) {
    let document = ExecutedNotebook(
      title: "Models written", blocks: [.table(WrittenModel.table(written, writing))])
    console.out += writing.format.text(document, environment: console.environment)
  }

  /// Runs `work`; what is wrong with a model is reported, and makes the exit status 1.
  static func reporting(
    on console: inout Console, _ work: (inout Console) throws -> Int32
  ) throws -> Int32 {
    do {
      return try work(&console)
    } catch let failure as Diagnostic {
      console.report(failure)
      return 1
    }
  }
}
