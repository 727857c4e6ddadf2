import Ingest
import Quantiles
import Support

/// What must hold for everything that came out of a file.
enum RunCheck {
  static func check(_ file: IngestedFile, lines: Int) {
    let account = file.account
    require(
      account.total == lines
        && account.read + account.skippedTotal + account.diagnosed == account.total,
      "\(account) of \(lines) lines")
    require(
      account.read >= 0 && account.diagnosed >= 0 && account.skipped.values.allSatisfy { $0 > 0 },
      "\(account) has a negative count")
    for diagnostic in file.diagnostics { check(diagnostic, lines: lines) }
    for run in file.runs { check(run, lines: lines) }
  }

  static func check(_ diagnostic: Diagnostic, lines: Int) {
    require(
      !diagnostic.message.isEmpty && !diagnostic.remedy.isEmpty, "\(diagnostic) says too little")
    require(
      (0...max(lines, 0)).contains(diagnostic.line) && diagnostic.column >= 0,
      "\(diagnostic) stands outside the file of \(lines) lines")
    require(
      !diagnostic.rule.isEmpty
        && diagnostic.rule.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D },
      "\(diagnostic.rule) is no kebab-case name")
  }

  private static func check(_ run: Run, lines: Int) {
    let source = run.source
    require(
      source.firstLine >= 1 && source.lastLine >= source.firstLine && source.lastLine <= lines,
      "\(source) of \(lines) lines")
    if let latency = run.latency {
      check(latency.samples, "latency")
      require(sound(latency.quantum), "the latency's quantum is \(latency.quantum)")
      for value in [
        latency.spread?.low, latency.spread?.high, latency.spread?.standardDeviation,
      ].compactMap({ $0 }) {
        require(sound(value), "the spread is \(latency.spread.debugDescription)")
      }
    }
    for one in run.operators {
      check(one.samples, one.kind)
      require(sound(one.quantum), "the quantum of \(one.kind) is \(one.quantum)")
      require(one.index.map { $0 >= 0 } ?? true, "\(one.kind) has a negative index")
      require(!one.kind.isEmpty, "an operator has no kind")
    }
    check(run.energy, "energy")
    for (key, entry) in run.configuration.all {
      require(!entry.text.isEmpty, "\(key.rawValue) is empty")
    }
    for observation in run.observations {
      require(observation.message.hasSuffix("."), "\(observation.message) is no sentence")
      require(
        observation.line.map { (1...max(1, lines)).contains($0) } ?? true,
        "\(observation) stands outside the file of \(lines) lines")
    }
  }

  private static func check(_ samples: Samples, _ what: String) {
    var count: UInt64 = 0
    for (value, times) in samples.sorted {
      require(sound(value), "a sample of \(what) is \(value)")
      let (sum, overflow) = count.addingReportingOverflow(times)
      require(!overflow, "the samples of \(what) are more than can be counted")
      count = sum
    }
    require(count == samples.count, "\(what) has \(count) samples, says \(samples.count)")
    require(samples.median.map(sound) ?? samples.isEmpty, "\(what) has no sound median")
  }

  private static func sound(_ value: Double) -> Bool { value.isFinite && value >= 0 }
}
