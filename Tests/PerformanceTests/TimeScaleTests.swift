import Ingest
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct TimeScaleTests {
  private func scale(clock: String? = nil, tick: String? = nil) -> TimeScale {
    var configuration = Configuration()
    if let clock { configuration.offer(.clock, clock, .log) }
    if let tick { configuration.offer(.tick, tick, .log) }
    return TimeScale(configuration)
  }

  @Test func secondsAndCyclesOfEveryUnit() {
    let at150 = scale(clock: "150000000")
    #expect(at150.seconds(from: .seconds) == .known(1))
    #expect(at150.cycles(from: .seconds) == .known(150e6))
    #expect(at150.seconds(from: .cycles) == .known(1 / 150e6))
    #expect(at150.cycles(from: .cycles) == .known(1))
    #expect(at150.instructions(from: .instructions) == .known(1))
  }

  struct Tick: Sendable {
    var text: String
    var seconds: Double
  }

  static let ticks = [
    Tick(text: "1us", seconds: 1e-6), Tick(text: "2.5ms", seconds: 2.5e-3),
    Tick(text: "25MHz", seconds: 4e-8), Tick(text: "cycles", seconds: 1 / 150e6),
    Tick(text: "1024cycles", seconds: 1024 / 150e6), Tick(text: "1ns", seconds: 1e-9),
  ]

  @Test(arguments: ticks) func ticksHaveTheLengthThatWasSaid(tick: Tick) {
    let scale = scale(clock: "150000000", tick: tick.text)
    #expect(isClose(scale.seconds(from: .ticks).value, tick.seconds))
    #expect(isClose(scale.cycles(from: .ticks).value, tick.seconds * 150e6))
    #expect(scale.instructions(from: .ticks).value == nil)
  }

  @Test func withoutAClockThereAreNoCycles() throws {
    let none = scale(tick: "1us")
    #expect(isClose(none.seconds(from: .ticks).value, 1e-6))
    for outcome in [
      none.cycles(from: .ticks), none.cycles(from: .seconds), none.seconds(from: .cycles),
      scale(tick: "cycles").seconds(from: .ticks),
    ] {
      #expect(try #require(outcome.reason).contains("--set clock="))
    }
    #expect(scale(tick: "1024cycles").cycles(from: .ticks) == .known(1024))
    // A clock of nothing is no clock.
    #expect(scale(clock: "0").seconds(from: .cycles).value == nil)
  }

  @Test func withoutATickThereIsNoTime() throws {
    let none = scale(clock: "150000000")
    for outcome in [none.seconds(from: .ticks), none.cycles(from: .ticks)] {
      #expect(try #require(outcome.reason).contains("--set tick="))
    }
  }

  @Test func instructionsAreNoTime() {
    let counted = scale(clock: "150000000", tick: "instructions")
    #expect(counted.instructions(from: .ticks) == .known(1))
    for unit in [TimeUnit.ticks, .instructions] {
      #expect(counted.seconds(from: unit).value == nil)
      #expect(counted.cycles(from: unit).value == nil)
    }
    #expect(counted.instructions(from: .seconds).value == nil)
    #expect(counted.instructions(from: .cycles).value == nil)
  }
}
