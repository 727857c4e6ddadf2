import Ingest
import OrderedCollections
import Support

/// A run takes many times the cycles that its core needs, on any board.
enum SlowForCore: FindingRule {
  private static let mostNamed = 6

  static func findings(in analysis: Analysis) -> [Finding] {
    analysis.slowForCore.map { checks in
      var evidence = checks.prefix(mostNamed).map { check in
        "\(check.name) takes \(Format.whole(check.cycles)) cycles for \(Format.grouped(check.macs)) MAC."
      }
      if checks.count > mostNamed { evidence.append("\(checks.count - mostNamed) more.") }
      evidence += published(checks, analysis)
      for check in checks.prefix(mostNamed) { evidence += check.causes.map { $0.line(check.name) } }
      return Finding(
        id: "slow-for-core", severity: .warning, message: CoreCheck.headline(checks),
        evidence: evidence.uniqued(), action: action(checks, analysis), runs: checks.map(\.run))
    }
  }

  /// What somebody published for the same model on the same chip.
  private static func published(_ checks: [CoreCheck], _ analysis: Analysis) -> [String] {
    let runs = analysis.runs.filter { run in checks.contains { $0.run == run.id } }
    return analysis.references.compactMap { reference in
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

  private static func action(_ checks: [CoreCheck], _ analysis: Analysis) -> String {
    let ids = Set(checks.map(\.run))
    let runs = analysis.runs.filter { ids.contains($0.id) }
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

extension Analysis {
  /// Runs that are slow for their core and of which nothing nearer is said, by board and dtype.
  var slowForCore: [[CoreCheck]] {
    let explained = Set(labelChecks.filter(\.isContradicted).map(\.run))
    let checks = runs.filter { !explained.contains($0.id) }.compactMap {
      CoreCheck($0, reference: reference)
    }
    return Array(OrderedDictionary(grouping: checks) { [$0.boardWords, "\($0.dtype)"] }.values)
  }

  /// One sentence for each board and dtype whose runs are slow for the core.
  public var slowForCoreWords: [String] { slowForCore.map(CoreCheck.headline) }
}
