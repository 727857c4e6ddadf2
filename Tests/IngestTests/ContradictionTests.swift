import Testing

@testable import Ingest

/// Sources that say different things of a run.
struct ContradictionTests {
  private let log = """
    RP2350 CPU Clock Frequency: 150000000 Hz
    RP2350 ticks per second: 1000000
    profile_count: 0
    invoke_time: 1010 (usec)
    CONV_2D took 400 ticks (0 ms).
    FULLY_CONNECTED took 600 ticks (0 ms).

    """

  @Test func clockOfTheNameThatTheLogDenies() throws {
    let run = try #require(ingest(log, path: "kws_125MHz.txt").runs.first)
    #expect(run.configuration.text(.clock) == "150000000")
    let seen = try #require(run.observations.first { $0.kind == .clockContradiction })
    #expect(seen.message.contains("125000000") && seen.message.contains("150000000"))
  }

  @Test func clockOfTheNameThatTheLogConfirms() throws {
    let run = try #require(ingest(log, path: "kws_150MHz.txt").runs.first)
    #expect(!run.observations.contains { $0.kind == .clockContradiction })
  }

  /// Of two equally strong sources the first stays, and the second is told so.
  @Test func amongEqualsTheFirstStays() {
    var configuration = Configuration()
    #expect(configuration.offer(.model, "kws", .option) == nil)
    #expect(configuration.offer(.model, "ad", .option)?.text == "kws")
    #expect(configuration.text(.model) == "kws")
  }

  @Test func secondSetOfOneKeyIsAWarning() throws {
    let file = ingest(
      log, settings: [(key: .model, text: "kws"), (key: .model, text: "ad")])
    #expect(file.runs.first?.configuration.text(.model) == "kws")
    let told = try #require(
      file.diagnostics.first { $0.rule == "contradicting-configuration" })
    #expect(told.message.contains("ad") && told.message.contains("kws"))
  }
}
