import Support

/// Why a line with times of a run is left out.
enum BenchLogRefusal: Error {
  case undeclaredOperator(UInt64, isSummed: Bool)
  case twoOperatorTimes(UInt64)
  case impossibleCounters(UInt64)
  case twoLatencies

  /// The same as it is reported.
  var diagnostic: Diagnostic {
    switch self {
    case .undeclaredOperator(let index, let isSummed):
      Diagnostic(
        "undeclared-operator",
        "the line \(isSummed ? "sums up" : "times") operator \(index), whose own line is missing",
        remedy: "The line is left out; record the log again to have the operator.")
    case .twoOperatorTimes(let index):
      Diagnostic(
        "two-operator-times",
        "operator \(index) has a time in its own line and others in its inferences",
        remedy: "Keep one of them; the time in its own line counts.")
    case .impossibleCounters(let index):
      Diagnostic(
        "impossible-counters",
        "operator \(index) missed the cache more often than it read, or than can be counted",
        remedy: "The line is left out; this is a mistake of the program that wrote it.")
    case .twoLatencies:
      Diagnostic(
        "two-latencies", "the run has a published latency and inferences of its own",
        remedy: "Keep one of them; the published latency counts.")
    }
  }
}
