import ArgumentParser
import Inspection
import ModelFormats
import Models
import Notebook
import Support

/// Converts the five MLPerf Tiny models.
struct TinyMLCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "tinyml",
    abstract: "Convert the five MLPerf Tiny models to fp32 and int8, or make their twins.",
    discussion: """
      The models are found by file name anywhere in the folder, a checkout of mlcommons/tiny. Ranges \
      for int8 come from samples that lie there (SWW), else from MLPerf's own int8 file of the model, \
      else from random samples, with a warning. Twins have the same operators, shapes, MACs and arena \
      with seeded random weights: they cost the same and compute nothing of use.

      EXAMPLES
        modelgen tinyml ~/tiny -o models
        modelgen tinyml ~/tiny --synthetic uniform -o models
        modelgen tinyml --twins -o models
      """)

  @Argument(
    help: "Folder with the models; $TINYML_DIR where it is not named.", completion: .directory)
  var folder: String?

  @Flag(help: "Make the same architectures with seeded random weights.")
  var twins = false

  @OptionGroup(title: "Output") var writing: WritingOptions
  @OptionGroup(title: "Calibration") var calibration: CalibrationOptions

  mutating func validate() throws {
    if calibration.calibrate != nil || calibration.rangesFrom != nil {
      throw ValidationError(
        "--calibrate and --ranges-from are for one model; convert it with 'modelgen convert'.")
    }
    if twins, let folder {
      throw ValidationError("--twins needs no folder; leave out '\(folder)'.")
    }
  }

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      twins ? try makeTwins(on: &console) : try convert(on: &console)
    }
  }

  private func makeTwins(on console: inout Console) throws -> Int32 {
    let output = GeneratedOutput(writing: writing, calibration: calibration, onnx: false)
    let writer = ModelWriter(options: writing, inputs: ProtectedFiles([]))
    var written: [WrittenModel] = []
    for twin in TinyMLTwin.allCases {
      let graph = try twin.graph(seed: calibration.seed)
      for dtype in writing.dtypes {
        var form = graph
        var ranges: String?
        if dtype == .int8 {
          let work = QuantizationWork(options: calibration, environment: console.environment)
          let quantized = try work.quantize(graph, name: twin.rawValue, measures: false)
          form = quantized.model.graph
          ranges = quantized.origin
        }
        let name = "\(twin.rawValue)_twin_\(dtype)"
        written.append(
          try writer.write(
            form, model: twin.rawValue, name: name, dtype: dtype, ranges: ranges))
      }
    }
    output.show(written, on: &console)
    return 0
  }

  private func convert(on console: inout Console) throws -> Int32 {
    guard let folder = folder ?? console.environment.tinyMLFolder, !folder.isEmpty else {
      throw CommandFailure.usage(
        "no folder is named, and TINYML_DIR is not set",
        remedy: "Name a checkout of github.com/mlcommons/tiny, or use --twins, which needs none.")
    }
    let found = try TinyMLFiles(in: folder)
    let output = GeneratedOutput(writing: writing, calibration: calibration, onnx: false)
    var written: [WrittenModel] = []
    var status: Int32 = 0
    for twin in TinyMLTwin.allCases {
      guard let path = found.models[twin] else {
        let name = TinyMLFiles.names[twin]?.model ?? twin.rawValue
        console.err +=
          "\(MessageText.line(folder)): error: there is no \(name) (\(twin.rawValue))\n"
        console.err += "  Name a complete checkout of github.com/mlcommons/tiny.\n"
        status = 1
        continue
      }
      status = max(
        status,
        try GeneratedOutput.reporting(on: &console) { console in
          written += try convert(twin, path, found, on: &console)
          return 0
        })
    }
    if !written.isEmpty { output.show(written, on: &console) }
    return status
  }

  private func convert(
    _ twin: TinyMLTwin, _ path: String, _ found: TinyMLFiles, on console: inout Console
  ) throws -> [WrittenModel] {
    let opened = try ModelOpener.open(path)
    console.report(opened.remarks, of: path)
    let writer = ModelWriter(
      options: writing,
      inputs: ProtectedFiles(
        [path, found.samples[twin], found.quantized[twin]].compactMap { $0 }))
    var result: [WrittenModel] = []
    for dtype in writing.dtypes {
      var form = opened.graph
      var ranges: String?
      if dtype == .int8 {
        let work = QuantizationWork(options: calibration, environment: console.environment)
        let quantized = try work.quantize(
          opened.graph, name: twin.rawValue, samplesFile: found.samples[twin],
          rangesFile: found.samples[twin] == nil ? found.quantized[twin] : nil, measures: false)
        console.report(quantized.warnings, of: path)
        form = quantized.model.graph
        ranges = quantized.origin
      }
      result.append(
        try writer.write(
          form, model: twin.rawValue, name: "\(twin.rawValue)_\(dtype)", dtype: dtype,
          ranges: ranges))
    }
    return result
  }
}
