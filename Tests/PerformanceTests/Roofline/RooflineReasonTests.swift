import Ingest
import TestSupport
import Testing

@testable import Performance

/// Missing numbers of the roofline and why they are missing.
@Suite struct RooflineReasonTests {
  private func without(_ key: ConfigurationKey) throws -> Roofline {
    var configuration = onRP2350("ic", "int8", "flash")
    configuration[key] = nil
    return try roofline([makeRun(configuration, times: [0.3])])
  }

  @Test func withoutPlacementThereIsARateAndNoRoof() throws {
    let point = try #require(try without(.weights).points.first)
    #expect(isClose(point.macsPerCycle.value, 12_501_632 / 45e6))
    for reason in [point.intensity.reason, point.share.reason, point.bound.reason] {
      #expect(try #require(reason).contains("where the weights are"))
    }
  }

  @Test func withoutDtypeThereAreNoBytesAndNoRoof() throws {
    let point = try #require(try without(.dtype).points.first)
    #expect(try #require(point.intensity.reason).contains("bytes of its weights"))
    #expect(try #require(point.attainable.reason).contains("nothing says the dtype"))
    #expect(point.bound.value == nil)
  }

  @Test func withoutAKnownBoardThereIsNoMachine() throws {
    var configuration = onRP2350("ic", "int8", "flash")
    configuration[.board] = nil
    let made = try roofline([makeRun(configuration, times: [0.3])])
    #expect(made.machines.isEmpty && made.points.isEmpty)
    #expect(try #require(made.leftOut.first).reason.contains("nothing names the board"))
    configuration[.board] = "somebody_elses"
    let other = try roofline([makeRun(configuration, times: [0.3])])
    #expect(try #require(other.leftOut.first).reason.contains("'somebody_elses'"))
  }

  /// The board's description gives a clock where the log does not; a clock of 0 is none.
  @Test func theClockIsNeeded() throws {
    #expect(try without(.clock).points.count == 1)
    let stopped = try roofline([
      makeRun(onRP2350("ic", "int8", "flash", [.clock: "0"]), times: [0.3])
    ])
    #expect(stopped.points.isEmpty)
    #expect(stopped.leftOut.count == 1)
  }

  @Test func anEmulatorsCountIsNoRate() throws {
    let run = makeRun(
      [.board: "qemu_mps2_an505", .model: "ic", .dtype: "int8", .origin: "emulated"],
      times: [3e7], unit: .instructions)
    let made = try roofline([run])
    #expect(made.points.isEmpty && made.machines.isEmpty)
    #expect(
      made.leftOut.map(\.reason) == [
        "an emulator counted instructions: MAC per instruction is no rate in time, and every roof is one"
      ])
  }

  @Test func anotherFlashModeHasNoRoof() throws {
    let run = makeRun(
      onRP2350("ad", "int8", "flash", [.flashClock: "75000000"]), times: [0.0169])
    let point = try #require(try roofline([run]).points.first)
    #expect(isClose(point.intensity.value, 1))
    #expect(try #require(point.attainable.reason).contains("another flash mode"))
    #expect(point.bound.value == nil && point.excesses.isEmpty)
  }

  @Test func unknownCostsAreLeftOut() throws {
    let run = makeRun(
      onRP2350("gait", "int8"),
      operators: [makeOperator("CONV_2D", [0.001]), makeOperator("FULLY_CONNECTED", [0.001])])
    let made = try roofline([run])
    #expect(made.points.isEmpty)
    #expect(
      made.leftOut.map(\.reason) == [
        "the costs of this model are not known", "the costs of this operator are not known",
      ])
    #expect(made.leftOut.map(\.operators) == [nil, 2])
  }
}
