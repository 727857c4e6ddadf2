import Ingest

/// A run is called int8, but takes longer than any int8 model could.
enum LabelContradictedByTime: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    let wrong = analysis.labelChecks.filter(\.isContradicted)
    guard !wrong.isEmpty else { return [] }
    let names = wrong.map { modelWords($0.model) }.uniqued()
    var evidence = wrong.map { check in
      let seconds = check.cycles / check.clockHz
      let bound = check.bound.cycles / check.clockHz
      return
        "\(modelWords(check.model)): \(Format.seconds(seconds)) measured, but int8 would take at most "
        + "\(Format.seconds(bound, digits: 3)): \(Format.grouped(check.bound.instructions)) instructions at "
        + "\(Format.number(check.bound.cyclesPerInstruction)) cycles, and "
        + "\(Format.grouped(check.bound.macs)) MACs each waiting for its weight byte at "
        + "\(Format.number(check.bound.cyclesPerByte)) cycles, as if the cache never hit. "
        + (check.fitsFP32
          ? "fp32 explains the time." : "The time does not fit fp32 either; check the clock.")
    }
    let sound = analysis.labelChecks.filter { !$0.isContradicted }
    if !sound.isEmpty {
      evidence.append(
        "The same test passes \(listed(sound.map { modelWords($0.model) }.uniqued())): "
          + "\(listed(sound.map { Format.seconds($0.cycles / $0.clockHz) }.uniqued())) "
          + "\(sound.count == 1 ? "is" : "are") within what int8 can take.")
    }
    return [
      Finding(
        id: "int8-label-contradicted-by-time", severity: .warning,
        message:
          "\(listed(names)) \(names.count == 1 ? "is" : "are") labelled int8, but no int8 model could "
          + "be so slow: the timings are those of float32.",
        evidence: evidence,
        action:
          "Set converter.optimizations = [tf.lite.Optimize.DEFAULT] beside the representative data set, "
          + "check that the .tflite file shrinks to about a quarter, and measure again.",
        runs: wrong.map(\.run))
    ]
  }
}
