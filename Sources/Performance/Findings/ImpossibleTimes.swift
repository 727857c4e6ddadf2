import Ingest
import Quantiles
import Support

/// Times of 0 and of 2^32 - 1 among those of a run: no inference takes them.
enum ImpossibleTimes: FindingRule {
  /// Runs named one by one.
  private static let mostNamed = 8
  /// -1 of a counter of 32 bits, printed without its sign.
  private static let minusOne = Double(UInt32.max)

  static func findings(in all: [AnalysedRun]) -> [Finding] {
    var evidence: [String] = []
    var runs: [String] = []
    for run in all {
      guard let found = words(run.run) else { continue }
      runs.append(run.id)
      evidence.append("\(run.id): \(found).")
    }
    guard !runs.isEmpty else { return [] }
    return [
      Finding(
        id: "impossible-times", severity: .warning,
        message:
          "In \(counted(runs.count, "run")) times of 0 or of 2^32 − 1 stand among the others; no inference takes "
          + "that long.",
        evidence: evidence.prefix(mostNamed)
          + (evidence.count > mostNamed ? ["\(evidence.count - mostNamed) more."] : []),
        action:
          "Look at how the timer is read: 0 is shorter than a tick or was not timed, and 2^32 − 1 is −1 of a "
          + "counter of 32 bits, a failed reading or one that ran backwards. They were counted as printed; leave "
          + "them out of the log before you quote a mean.",
        runs: runs)
    ]
  }

  /// "2 of 30 times are 0", "1 of 30 times of 0 CONV_2D is 4,294,967,295 ticks"; nil where there is none.
  private static func words(_ run: Run) -> String? {
    var found: [String] = []
    if let latency = run.latency, [.inference, .window].contains(latency.kind) {
      let zeros = count(latency.samples) { $0 == 0 }
      if zeros > 0 { found.append("\(share(zeros, latency.samples)) 0") }
      found += wrapped(latency.samples, latency.quantum, latency.unit)
    }
    for (i, one) in run.operators.enumerated() {
      found += wrapped(
        one.samples, one.quantum, run.operatorUnit, of: " of \(one.index ?? i) \(one.kind)")
    }
    guard let first = found.first else { return nil }
    return found.count > 4 ? "\(first), and \(found.count - 1) more of the kind" : listed(found)
  }

  private static func wrapped(
    _ samples: Samples, _ quantum: Double, _ unit: TimeUnit, of what: String = ""
  ) -> [String] {
    // In seconds the counter's number is that of units of the last digit.
    let step = unit == .seconds ? quantum : 1
    guard step > 0 else { return [] }
    let all = count(samples) { ($0 / step).rounded() == minusOne }
    guard all > 0 else { return [] }
    let of = unit == .seconds ? "units of the last digit" : unit.words
    return ["\(share(all, samples, what)) \(Format.whole(minusOne)) \(of)"]
  }

  private static func count(_ samples: Samples, _ isFound: (Double) -> Bool) -> UInt64 {
    // Of many different values only the ends are kept exactly, and either is an end.
    guard [samples.minimum, samples.maximum].contains(where: { $0.map(isFound) ?? false })
    else { return 0 }
    return max(samples.sorted.reduce(0) { $0 + (isFound($1.value) ? $1.count : 0) }, 1)
  }

  private static func share(_ count: UInt64, _ samples: Samples, _ what: String = "") -> String {
    "\(Format.grouped(count)) of \(Format.grouped(samples.count)) \(plural("time", samples.count))\(what) "
      + (count == 1 ? "is" : "are")
  }
}
