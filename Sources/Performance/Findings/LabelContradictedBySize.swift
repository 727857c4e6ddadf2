import Core
import Ingest
import MachineModel
import Reference
import Support

/// The model file of a run called int8 is as large as float32, or larger than either dtype explains.
enum LabelContradictedBySize: FindingRule {
  static func findings(
    in subject: (runs: [AnalysedRun], machine: MachineModel?, reference: ReferenceData)
  ) -> [Finding] {
    var (proven, remade, open) = (Group(), Group(), Group())
    for run in subject.runs {
      switch evidence(run, by: subject.machine, subject.reference) {
      case .float32(let line):
        if run.configuration.number(.modelBytes) == nil {
          remade.add(run, line)
        } else {
          proven.add(run, line)
        }
      case .tooLarge(let line): open.add(run, line)
      case nil: break
      }
    }
    return [
      proven.finding(
        id: "int8-label-contradicted-by-size",
        "hold four bytes for every weight: float32, not int8.",
        action:
          "Compare the size of the .tflite file with the number of weights before measuring; int8 needs "
          + "one byte each."),
      remade.finding(
        id: "int8-label-contradicted-by-size",
        "hold four bytes for every weight where the published script makes them again: float32, not int8.",
        evidence: "The author's own files were not seen.",
        action:
          "Compare the size of the .tflite file with the number of weights before measuring; int8 needs "
          + "one byte each."),
      open.finding(
        id: "int8-file-too-large", "are larger than int8 needs, and the size does not say why.",
        action: "Check that model_bytes is the size of the .tflite file that was measured."),
    ].compactMap(\.self)
  }

  /// Runs of which the same is said.
  private struct Group {
    var runs: [String] = []
    var models: [String] = []
    var evidence: [String] = []

    mutating func add(_ run: AnalysedRun, _ line: String) {
      runs.append(run.id)
      models.append(ModelName.words(run.model ?? ""))
      evidence.append(line)
    }

    func finding(
      id: String, _ words: String, evidence more: String? = nil, action: String
    ) -> Finding? {
      runs.isEmpty
        ? nil
        : Finding(
          id: id, severity: .warning,
          message: "The model files behind \(listed(models.uniqued())) \(words)",
          evidence: evidence.uniqued() + [more].compactMap(\.self), action: action, runs: runs)
    }
  }

  /// What a file shows that int8 does not need, with the sizes.
  private enum Evidence {
    /// It has the size of float32.
    case float32(String)
    /// It is too large for int8, but something speaks against float32.
    case tooLarge(String)
  }

  /// Whether the size of the file, weighed or logged, shows that the run computed in float32.
  static func isFloat32(
    _ run: AnalysedRun, by machine: MachineModel?, _ data: ReferenceData
  ) -> Bool {
    if case .float32 = evidence(run, by: machine, data) { true } else { false }
  }

  /// The same of a size that the log gives.
  static func isFloat32File(
    _ run: AnalysedRun, by machine: MachineModel?, _ data: ReferenceData
  ) -> Bool {
    run.configuration.number(.modelBytes) != nil && isFloat32(run, by: machine, data)
  }

  /// What the size of a file that is too large for int8 shows; nil when it is not, or unknown.
  private static func evidence(
    _ run: AnalysedRun, by machine: MachineModel?, _ data: ReferenceData
  ) -> Evidence? {
    guard run.label == .int8, let model = run.model,
      let int8 = data.cost(model: model, dtype: .int8)?.weightBytes,
      let cost = data.cost(model: model, dtype: .fp32)
    else { return nil }
    let fp32 = cost.weightBytes
    if let bytes = run.configuration.number(.modelBytes) {
      guard bytes >= Double(fp32) else { return nil }
      let sizes =
        "\(ModelName.words(model)): the log gives \(Format.whole(bytes)) bytes; "
        + "\(Format.grouped(int8)) weights need \(Format.grouped(fp32)) bytes as float32 and "
        + "\(Format.grouped(int8)) as int8."
      if bytes > mostBytes(fp32) {
        return .tooLarge(sizes + " Float32 does not need so many either.")
      }
      if let seconds = run.seconds.value?.value, let least = leastSeconds(run, cost, by: machine),
        seconds < least
      {
        return .tooLarge(
          sizes + " It took \(Format.seconds(seconds)); float32 is predicted to take "
            + "\(Format.seconds(least, digits: 3)) at least.")
      }
      return .float32(sizes)
    }
    // The script behind these published runs was run again, and its files weighed.
    guard run.origin == .published, run.mcu == "rp2350",
      run.configuration.text(.citation) == "original-readme",
      let file = data.modelFiles.first(where: {
        $0.model == model && $0.source == "original-conversion"
      }), file.dtype == .fp32, file.fileBytes >= fp32
    else { return nil }
    let reference = data.modelFiles.first { $0.model == model && $0.dtype == .int8 }
    return .float32(
      "\(ModelName.words(model)): the conversion script writes \(Format.grouped(file.fileBytes)) bytes for "
        + "\(Format.grouped(int8)) weights, \(Format.number(Double(file.fileBytes) / Double(int8), digits: 3)) "
        + "bytes each"
        + (reference.map { "; the int8 file of MLPerf Tiny has \(Format.grouped($0.fileBytes))." }
          ?? "."))
  }

  /// A file of float32 holds its graph and some text beside the weights; one above this holds more.
  private static func mostBytes(_ weights: UInt64) -> Double { 1.5 * Double(weights) + 65536 }

  /// The least that float32 can take in TFLM on the run's board, s; nil where nothing predicts it.
  private static func leastSeconds(
    _ run: AnalysedRun, _ cost: ModelCost, by machine: MachineModel?
  ) -> Double? {
    guard let machine, run.mcu == machine.machine.mcu,
      run.platformObjection(machine.machine) == nil, run.runtime == nil || run.runtime == "tflm",
      let clock = run.clockHz
    else { return nil }
    let cores = Int(run.configuration.number(.cores) ?? 1)
    // Flash that is read otherwise may be faster than predicted; SRAM never waits.
    let places =
      run.hasDefaultFlash ? run.weights.map { [$0] } ?? [.sram, .flash] : [WeightsPlace.sram]
    return places.compactMap { place in
      machine.predict(
        cost, Scenario(dtype: .fp32, weights: place, clockHz: clock, cores: cores)
      ).value.map { $0.interval.value?.low ?? $0.seconds }
    }.min()
  }
}
