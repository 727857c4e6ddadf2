import BenchLog
import Support

/// The `done` line of a run.
struct BenchLogDone {
  let place: TextPlace
  let inferences: UInt64
  let printed: UInt64?
  let consoleTime: UInt64?
  let consoleBytes: UInt64?

  init(_ values: BenchLogValues, at place: TextPlace) {
    self.place = place
    inferences = values.whole("inferences") ?? 0
    printed = values.whole("printed")
    consoleTime = values.whole("console")
    consoleBytes = values.whole("console_bytes")
  }

  /// Reports counts that are not those of what came.
  func check(run id: UInt64, summed: UInt64?, printed came: UInt64, into sink: inout Sink) {
    func report(_ rule: String, _ message: String) {
      sink.report(
        .error, at: place, rule: rule, message,
        remedy: "What came counts; record the log again if all of it is needed.")
    }
    if let summed, summed != inferences {
      report(
        "wrong-count", "run \(id) ended after \(inferences) inferences; its sum is of \(summed)")
    }
    if let printed, came < printed {
      report(
        "missing-inferences",
        "\(printed - came) of the \(printed) printed inferences of run \(id) are missing")
    } else if came > printed ?? inferences {
      report(
        "wrong-count",
        "run \(id) ended with \(printed ?? inferences) inferences printed; \(came) came")
    }
  }
}
