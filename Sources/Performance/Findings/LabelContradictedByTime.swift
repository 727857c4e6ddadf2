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
        "\(modelWords(check.model)) took \(Format.seconds(seconds)), but int8 would take at most "
        + "\(Format.seconds(bound, digits: 3)): \(Format.grouped(check.bound.instructions)) instructions at "
        + "\(Format.number(check.bound.cyclesPerInstruction)) cycles, and "
        + "\(Format.grouped(Int(check.bound.reads.rounded()))) reads of 4 bytes, each a transfer of its own of "
        + "\(Format.number(check.bound.cyclesPerRead, digits: 3)) cycles, as with the cache off. "
        + fp32(check)
    }
    let sound = analysis.labelChecks.filter { !$0.isContradicted }
    if !sound.isEmpty {
      evidence.append(
        "The same test passes \(listed(sound.map { modelWords($0.model) }.uniqued())): "
          + "\(listed(sound.map { Format.seconds($0.cycles / $0.clockHz) }.uniqued())) "
          + "\(sound.count == 1 ? "is" : "are") within what int8 can take.")
    }
    evidence.append(
      "The counts are those of TFLM with CMSIS-NN at -O3; a build without optimisation takes several "
        + "times the instructions, so rule that out by the compiler flags.")
    let mislabelled = wrong.filter(\.isMislabelled)
    let verb = names.count == 1 ? "is" : "are"
    return [
      Finding(
        id: "int8-label-contradicted-by-time", severity: .warning,
        message: "\(listed(names)) \(verb) labelled int8, but no int8 model could be so slow"
          + (mislabelled.count == wrong.count
            ? ": the timings are those of float32."
            : mislabelled.isEmpty
              ? ", and float32 does not explain it either."
              : "; float32 explains \(listed(mislabelled.map { modelWords($0.model) }.uniqued()))."),
        evidence: evidence,
        action: mislabelled.isEmpty
          ? "Check the clock, the model and the compiler flags that the log states, and that nothing else ran."
          : "Set converter.optimizations = [tf.lite.Optimize.DEFAULT] beside the representative data set, "
            + "check that the .tflite file shrinks to about a quarter, and measure again.",
        runs: wrong.map(\.run))
    ]
  }

  /// Whether float32 explains the time, with the least and most that it can take.
  private static func fp32(_ check: LabelCheck) -> String {
    guard let range = check.fp32 else { return "What float32 would take is not known." }
    let least = Format.seconds(range.lowerBound / check.clockHz, digits: 3)
    let most = Format.seconds(range.upperBound / check.clockHz, digits: 3)
    return check.fitsFP32
      ? "float32 explains it: \(least) without any wait for flash, up to \(most)."
      : "It does not fit float32 either (\(least) to \(most)); check the clock and the model."
  }
}
