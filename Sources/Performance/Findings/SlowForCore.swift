import Ingest
import Support

/// A run takes many times the cycles that its core needs, on any board.
enum SlowForCore: FindingRule {
  private static let mostNamed = 6

  static func findings(
    in subject: (slow: [[CoreCheck]], selection: Selection)
  ) -> [Finding] {
    subject.slow.map { checks in
      var evidence = checks.prefix(mostNamed).map { check in
        "\(check.name) takes \(Format.whole(check.cycles)) cycles for \(Format.grouped(check.macs)) MAC."
      }
      if checks.count > mostNamed { evidence.append("\(checks.count - mostNamed) more.") }
      evidence += published(checks, subject.selection)
      for check in checks.prefix(mostNamed) { evidence += check.causes.map { $0.line(check.name) } }
      return Finding(
        id: "slow-for-core", severity: .warning, message: CoreCheck.headline(checks),
        evidence: evidence.uniqued(), action: action(checks, subject.selection),
        runs: checks.map(\.run))
    }
  }

  /// What somebody published for the same model on the same chip.
  private static func published(_ checks: [CoreCheck], _ selection: Selection) -> [String] {
    let runs = selection.runs.filter { run in checks.contains { $0.run == run.id } }
    return selection.references.compactMap { reference in
      guard reference.origin == .published, let cycles = reference.cycles.value?.value,
        let macs = reference.macs, macs > 0,
        runs.contains(where: {
          $0.model == reference.model && $0.mcu == reference.mcu && $0.label == reference.dtype
        })
      else { return nil }
      return "Published for \(ModelName.words(reference.model ?? "")) in \(reference.words): "
        + "\(Format.significant(cycles / Double(macs), digits: 3)) cycles per MAC."
    }
  }

  private static func action(_ checks: [CoreCheck], _ selection: Selection) -> String {
    let ids = Set(checks.map(\.run))
    let runs = selection.runs.filter { ids.contains($0.id) }
    func isUnknown(_ key: ConfigurationKey) -> Bool {
      runs.contains { $0.configuration.text(key) == nil }
    }
    var facts: [String] = []
    if isUnknown(.flags) { facts.append("the compiler flags (--set flags=-O3)") }
    if isUnknown(.kernels) { facts.append("the kernels linked in (--set kernels=cmsis-nn)") }
    if isUnknown(.modelBytes), checks.contains(where: { $0.dtype == .int8 }) {
      facts.append(
        "the size of the model file (--set model_bytes=...): about one byte for each weight in int8, four in "
          + "float32")
    }
    if isUnknown(.weights) {
      facts.append("where the weights are (--set weights=flash), in external flash or internal")
    }
    if isUnknown(.xipCache) {
      facts.append("whether the cache is on, ICACHE on an STM32 (--set xip_cache=on)")
    }
    if runs.contains(where: { $0.operators.isEmpty }) {
      facts.append("a log of the operators, which shows where the time goes")
    }
    return
      "Find out which: \(facts.isEmpty ? "what was stated may be wrong" : facts.joined(separator: "; ")). "
      + "Check the clock and the length of a tick too."
  }
}
