import Ingest
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct RatioTests {
  private let maker = RatioMaker(confidence: 0.95, seed: 1)

  private func side(
    _ values: [Double], _ kind: LatencyKind = .inference, quantum: Double = 0
  ) throws -> RatioSide {
    let run = try analysed(
      makeRun(onRP2350("m", "int8"), times: values, kind: kind, quantum: quantum))
    return try #require(run.side(.time).value)
  }

  @Test func samplesAreResampled() throws {
    let ratio = try #require(
      maker.ratio(try side(scattered(2)), try side(scattered(1)), basis: .time))
    let interval = try #require(ratio.interval.value)
    #expect(interval.method.contains("bootstrap"))
    #expect(interval.contains(ratio.value))
    #expect(interval.kind == .confidence && interval.level == 0.95)
    #expect(isClose(ratio.value, 2))
  }

  @Test func publishedFiguresHaveCertainBounds() throws {
    let ratio = try #require(
      maker.ratio(
        try side([4], .published, quantum: 2), try side([2], .published, quantum: 1), basis: .time))
    let interval = try #require(ratio.interval.value)
    #expect(interval.kind == .rounding && interval.level == nil)
    #expect(isClose(interval.low, 3 / 2.5))
    #expect(isClose(interval.high, 5 / 1.5))
  }

  @Test func samplesAgainstAFigureDivideTheEnds() throws {
    let samples = try side([1, 2, 3, 4, 5, 6])
    let ratio = try #require(
      maker.ratio(samples, try side([2], .published, quantum: 1), basis: .time))
    let interval = try #require(ratio.interval.value)
    #expect(interval.kind == .confidence && interval.level == 0.95)
    #expect(interval.method.contains("confidence by rounding"))
    #expect(isClose(interval.low, 1 / 2.5))
    #expect(isClose(interval.high, 6 / 1.5))
  }

  @Test func aNullHasNoDirection() {
    func ratio(_ low: Double, _ high: Double, _ basis: RatioBasis = .time) -> Ratio {
      Ratio(
        value: 1.004,
        interval: .known(
          Interval(low: low, high: high, kind: .confidence, level: 0.95, method: "m")), basis: basis
      )
    }
    #expect(ratio(0.99, 1.02).nullWords(p: 0.95) == "ratio 1.00 [0.99, 1.02], p 0.95")
    #expect(ratio(1, 1.02).nullWords() != nil)
    #expect(ratio(1.001, 1.02).nullWords(p: 0.01) == nil)
    let alone = Ratio(value: 1.004, interval: .missing(reason: "few"), basis: .time)
    #expect(alone.nullWords() == nil && alone.differsFromOne == nil)
    let count = Ratio(
      value: 1, interval: .missing(reason: RatioBasis.countsAreExact), basis: .instructions)
    #expect(count.differsFromOne == false)
  }

  @Test func identicalSamplesCompareByTheirTimers() throws {
    let ratio = try #require(
      maker.ratio(try side([3, 3], quantum: 1), try side([1, 1, 1], quantum: 1), basis: .time))
    let interval = try #require(ratio.interval.value)
    #expect(interval.kind == .resolution && interval.level == nil)
    #expect(isClose(interval.low, 2.5 / 1.5) && isClose(interval.high, 3.5 / 0.5))
  }

  @Test func aSideWithoutAnIntervalSaysWhy() throws {
    let ratio = try #require(maker.ratio(try side([1, 2]), try side([3]), basis: .time))
    #expect(ratio.value == 0.5)
    #expect(try #require(ratio.interval.reason).contains("subject samples"))
  }

  @Test func nothingIsDividedByZero() throws {
    let zero = try side([0, 0, 0])
    let one = try side([1, 1, 1])
    #expect(maker.ratio(one, zero, basis: .time) == nil)
    #expect(maker.ratio(zero, one, basis: .time) == nil)
    #expect(maker.ratio(zero, zero, basis: .time) == nil)
  }

  @Test func exchangedSidesGiveTheReciprocal() throws {
    let a = try side([4], .published, quantum: 0.25)
    let b = try side([3], .published, quantum: 0.5)
    let there = try #require(maker.ratio(a, b, basis: .time))
    let back = try #require(maker.ratio(b, a, basis: .time))
    #expect(isClose(there.value * back.value, 1))
    let (x, y) = (try #require(there.interval.value), try #require(back.interval.value))
    #expect(isClose(x.low * y.high, 1))
    #expect(isClose(x.high * y.low, 1))
  }

  /// Both resampled intervals estimate the same tails, so they agree to the resampling's noise.
  @Test func exchangedSamplesGiveAboutTheReciprocal() throws {
    let a = try side((0..<40).map { 10 + Double($0 * 17 % 40) / 10 })
    let b = try side((0..<40).map { 5 + Double($0 * 11 % 40) / 10 })
    let there = try #require(maker.ratio(a, b, basis: .time)?.interval.value)
    let back = try #require(maker.ratio(b, a, basis: .time)?.interval.value)
    #expect(abs(there.low * back.high - 1) < 0.03)
    #expect(abs(there.high * back.low - 1) < 0.03)
  }

  @Test func unitsDoNotMatter() throws {
    let ticks = makeRun(
      onRP2350("m", "int8", "sram", [.tick: "1us"]), times: scattered(5000), unit: .ticks,
      quantum: 1)
    let cycles = makeRun(
      onRP2350("m", "int8"), times: scattered(150_000), unit: .cycles, quantum: 1)
    let a = try #require(try analysed(ticks).side(.time).value)
    let b = try #require(try analysed(cycles).side(.time).value)
    let ratio = try #require(maker.ratio(a, b, basis: .time))
    #expect(isClose(ratio.value, 5))
    #expect(ratio.interval.value?.contains(5) == true)
  }

  @Test func instructionsAreComparedWithInstructions() throws {
    let run = try analysed(
      makeRun([.model: "m", .origin: "emulated"], times: [7], unit: .instructions))
    #expect(run.side(.instructions).value?.quantity.value == 7)
    #expect(try #require(run.side(.time).reason).contains("no time"))
    let none = try analysed(makeRun([.model: "m"], times: nil))
    #expect(try #require(none.side(.time).reason).contains("no time of a whole inference"))
  }

  @Test func scalingScalesTheInterval() {
    let ratio = Ratio(
      value: 2,
      interval: .known(Interval(low: 1, high: 3, kind: .confidence, level: 0.9, method: "m")),
      basis: .time)
    #expect(ratio.scaled(by: 2).value == 4)
    #expect(ratio.scaled(by: 2).interval.value?.high == 6)
  }
}
