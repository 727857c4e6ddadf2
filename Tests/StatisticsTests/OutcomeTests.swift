import Support
import TestSupport
import Testing

@testable import Statistics

@Test func outcomeGivesValueOrReason() {
  let known = Outcome.known(3)
  let missing = Outcome<Int>.missing(reason: "there are none")
  #expect(known.value == 3 && known.reason == nil)
  #expect(missing.value == nil && missing.reason == "there are none")
  #expect(known.map { $0 * 2 } == .known(6))
  #expect(missing.map { $0 * 2 } == .missing(reason: "there are none"))
}

@Test func intervalOrdersItsEndsAndScales() {
  let interval = Interval(low: 2, high: 1, kind: .confidence, level: 0.95, method: "test")
  #expect(interval.low == 1 && interval.high == 2)
  #expect(interval.contains(1) && interval.contains(2) && !interval.contains(2.0.nextUp))
  let scaled = Estimate(value: 1.5, interval: .known(interval)).scaled(by: -2)
  #expect(scaled.value == -3)
  #expect(scaled.interval.value?.low == -4 && scaled.interval.value?.high == -2)
}

/// Many threads at once: the error handler is switched off exactly once, and errors do not abort.
@Test func gslIsSafeFromSeveralTasks() async {
  await withTaskGroup(of: Double.self) { group in
    for _ in 0..<16 {
      group.addTask { GSL.studentT(level: 0.95, degreesOfFreedom: 4) }
    }
    for await t in group { #expect(isClose(t, 2.776445, within: 1e-6)) }
  }
  // A probability of 2 is a domain error; with GSL's own handler it would end the process.
  #expect(GSL.binomialCDF(1, probability: 2, trials: 3).isNaN)
}
