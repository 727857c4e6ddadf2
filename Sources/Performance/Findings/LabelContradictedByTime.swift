import Ingest
import Support

/// A run is called int8, but takes longer than int8 with CMSIS-NN at -O3 can.
enum LabelContradictedByTime: FindingRule {
  static func findings(
    in subject: (selection: Selection, machine: MachineView, checks: [LabelCheck])
  ) -> [Finding] {
    let (selection, machine, checks) = subject
    let sound = checks.filter { !$0.isContradicted }
    return LabelVerdict.all(checks).enumerated().map { i, verdict in
      var evidence = verdict.checks.map(time)
      evidence += causes(verdict)
      if verdict.standing == .float32(.remade) {
        evidence += PublishedArgument(verdict.checks, among: checks, selection, machine).lines
      }
      if i == 0, !sound.isEmpty {
        evidence.append(
          "The same test passes \(listed(sound.map { ModelName.words($0.model) }.uniqued())): "
            + "\(listed(sound.map { Format.seconds($0.cycles / $0.clockHz) }.uniqued())) "
            + "\(sound.count == 1 ? "is" : "are") within what int8 can take.")
      }
      return Finding(
        id: "int8-label-contradicted-by-time", severity: .warning, message: verdict.headline,
        evidence: evidence, action: action(verdict, selection), runs: verdict.checks.map(\.run))
    }
  }

  /// The time against what int8 can take, with the arithmetic.
  private static func time(_ check: LabelCheck) -> String {
    let bound = check.bound
    let most = Format.seconds(bound.cycles / check.clockHz, digits: 3)
    return
      "\(ModelName.words(check.model)) took \(Format.seconds(check.cycles / check.clockHz)). With the cache off, where "
      + "every read of 4 bytes waits for flash, int8 with CMSIS-NN at -O3 would take "
      + bound.arithmetic(clockHz: check.clockHz)
      + ", and at most \(most)"
      + (bound.level.map { ", the upper end of the \(Format.number($0 * 100)) % interval" }
        ?? " by any account that fits the published times") + "."
  }

  private static func causes(_ verdict: LabelVerdict) -> [String] {
    switch verdict.standing {
    case .float32(let evidence):
      var lines = verdict.checks.compactMap { check in
        check.causes.first { $0.kind == .float32 }.flatMap { float32($0, of: check) }
      }
      if case .stated(let reason?) = evidence { lines.append("The log's reason: \(reason).") }
      if evidence == nil { lines += verdict.checks.flatMap { self.lines($0, false) } }
      return lines
    case .open: return verdict.checks.flatMap { lines($0, true) + lines($0, false) }
    }
  }

  /// Whether float32 alone explains the time of a run that is known to be float32.
  private static func float32(_ cause: SlowCause, of check: LabelCheck) -> String? {
    switch cause.verdict {
    case .fits(let times): "\(ModelName.words(check.model)) in float32: \(times); the time fits."
    case .excluded(let times):
      "\(ModelName.words(check.model)) in float32: \(times); this alone does not fit."
    case .open: nil
    }
  }

  private static func lines(_ check: LabelCheck, _ possible: Bool) -> [String] {
    check.causes.filter { $0.isPossible == possible }.map {
      $0.line(ModelName.words(check.model))
    }
  }

  /// What to change where the cause is known, otherwise which facts tell the causes apart.
  private static func action(_ verdict: LabelVerdict, _ selection: Selection) -> String {
    switch verdict.standing {
    case .float32:
      return
        "Set converter.optimizations = [tf.lite.Optimize.DEFAULT] beside the representative data set, "
        + "check that the .tflite file shrinks to about a quarter, and measure again."
    case .open([]):
      return "Check the clock and the model that the log states, and that nothing else ran."
    case .open: return "Find out which: \(facts(verdict, selection)). Check the clock too."
    }
  }

  /// The facts that tell the causes apart and are not known yet.
  private static func facts(_ verdict: LabelVerdict, _ selection: Selection) -> String {
    let ids = Set(verdict.checks.map(\.run))
    let runs = selection.all.filter { ids.contains($0.id) }
    func isUnknown(_ key: ConfigurationKey) -> Bool {
      runs.contains { $0.configuration.text(key) == nil }
    }
    var facts: [String] = []
    if isUnknown(.kernels) { facts.append("the kernels linked in (--set kernels=cmsis-nn)") }
    if isUnknown(.flags) { facts.append("the compiler flags (--set flags=-O3)") }
    if isUnknown(.modelBytes) {
      facts.append(
        "the size of the .tflite file (--set model_bytes=...): about one byte for each weight in int8, four "
          + "in float32")
    }
    if runs.contains(where: { $0.operators.isEmpty }) {
      facts.append("a log of the operators, where QUANTIZE or DEQUANTIZE mean int8")
    }
    switch (isUnknown(.flash), isUnknown(.xipCache)) {
    case (true, true):
      facts.append("the flash mode and the cache (--set flash=quad/3 --set xip_cache=on)")
    case (true, false): facts.append("the flash mode (--set flash=quad/3)")
    case (false, true): facts.append("the cache (--set xip_cache=on)")
    case (false, false): break
    }
    return facts.isEmpty ? "what was logged may be wrong" : facts.joined(separator: "; ")
  }
}
