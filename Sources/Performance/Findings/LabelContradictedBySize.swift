import Ingest
import Reference

/// The model file that the run's own conversion makes is as large as float32, not int8.
enum LabelContradictedBySize: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    var runs: [String] = []
    var models: [String] = []
    var evidence: [String] = []
    for run in analysis.runs {
      guard let model = run.model, let line = sentence(run, analysis.reference) else { continue }
      runs.append(run.id)
      models.append(modelWords(model))
      evidence.append(line)
    }
    guard !runs.isEmpty else { return [] }
    return [
      Finding(
        id: "int8-label-contradicted-by-size", severity: .warning,
        message:
          "The model files behind \(listed(models.uniqued())) hold four bytes for every weight: float32, not int8.",
        evidence: evidence.uniqued(),
        action:
          "Compare the size of the .tflite file with the number of weights before measuring; int8 needs "
          + "one byte each.",
        runs: runs)
    ]
  }

  /// True when the log gives a file size that has room for four bytes per weight.
  static func isTooLarge(_ run: AnalysedRun, _ data: ReferenceData) -> Bool {
    guard run.label == "int8", let model = run.model,
      let bytes = run.configuration.number(.modelBytes),
      let fp32 = data.cost(model: model, dtype: "fp32")?.weightBytes
    else { return false }
    return bytes >= Double(fp32)
  }

  /// The sentence for a run whose file is too large for int8; nil when it is not, or unknown.
  static func sentence(_ run: AnalysedRun, _ data: ReferenceData) -> String? {
    guard run.label == "int8", let model = run.model,
      let int8 = data.cost(model: model, dtype: "int8")?.weightBytes,
      let fp32 = data.cost(model: model, dtype: "fp32")?.weightBytes
    else { return nil }
    if let bytes = run.configuration.number(.modelBytes) {
      guard isTooLarge(run, data) else { return nil }
      return
        "\(modelWords(model)): the log gives \(Format.whole(bytes)) bytes; "
        + "\(Format.grouped(int8)) weights need \(Format.grouped(fp32)) bytes as float32 and "
        + "\(Format.grouped(int8)) as int8."
    }
    // The script behind these published runs was run again, and its files weighed.
    guard run.origin == "published", run.mcu == "rp2350",
      run.configuration.text(.citation) == "original-readme",
      let file = data.modelFiles.first(where: {
        $0.model == model && $0.source == "original-conversion"
      }), file.dtype == "fp32", file.fileBytes >= fp32
    else { return nil }
    let reference = data.modelFiles.first { $0.model == model && $0.dtype == "int8" }
    return
      "\(modelWords(model)): the conversion script writes \(Format.grouped(file.fileBytes)) bytes for "
      + "\(Format.grouped(int8)) weights, \(Format.number(Double(file.fileBytes) / Double(int8), digits: 3)) "
      + "bytes each"
      + (reference.map { "; the int8 file of MLPerf Tiny has \(Format.grouped($0.fileBytes))." }
        ?? ".")
  }
}
