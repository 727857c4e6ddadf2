import Ingest
import Quantiles
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct QuantityTests {
  private func quantity(
    _ values: [Double], _ kind: LatencyKind, quantum: Double = 0, inferences: UInt64? = nil,
    spread: PrintedSpread? = nil
  ) throws -> Quantity {
    try #require(
      Latency(
        samples: Samples(values), unit: .seconds, kind: kind, quantum: quantum,
        inferences: inferences, spread: spread
      ).quantity(confidence: 0.95).value)
  }

  @Test func aPublishedFigureIsKnownToItsLastDigit() throws {
    let made = try quantity([58.95], .published, quantum: 0.01)
    let interval = try #require(made.interval.value)
    #expect(isClose(interval.low, 58.945))
    #expect(isClose(interval.high, 58.955))
    #expect(interval.kind == .rounding && interval.level == nil)
    #expect(made.method == "published figure")
    #expect(made.count == 1)
  }

  @Test func aDutyCycleSaysSo() throws {
    let made = try quantity([11.66], .dutyCycle, quantum: 0.01)
    #expect(made.method == "duty cycle x period")
    #expect(made.interval.value?.kind == .rounding)
  }

  /// Rounding and a timer's resolution are facts of the instrument: no level changes them.
  @Test(arguments: [0.5, 0.9, 0.95, 0.999]) func certainBoundsAreTheSameAtEveryLevel(level: Double)
  {
    func interval(_ values: [Double], _ kind: LatencyKind) -> Interval? {
      Samples(values).quantity(kind: kind, quantum: 0.01, confidence: level).value?.interval.value
    }
    let published = interval([58.95], .published)
    #expect(published?.kind == .rounding && published?.level == nil)
    #expect(isClose(published?.low, 58.945) && isClose(published?.high, 58.955))
    for count in [2, 6, 100] {
      let same = interval(Array(repeating: 7, count: count), .inference)
      #expect(same?.kind == .resolution && same?.level == nil)
      #expect(isClose(same?.low, 6.995) && isClose(same?.high, 7.005))
    }
  }

  @Test func windowsHaveAMedianWithItsInterval() throws {
    let made = try quantity([3, 1, 2, 5, 4, 6, 7, 8], .window)
    #expect(made.value == 4.5)
    #expect(made.method == "median of 8 windows")
    let interval = try #require(made.interval.value)
    // Ranks 1 and 8: the binomial tail of rank 2 is 9/256 a side, above 2.5 %.
    #expect((interval.low, interval.high) == (1, 8))
    #expect(interval.level == 0.95)
  }

  @Test func fewSamplesHaveNoIntervalButAReason() throws {
    let made = try quantity([3, 1, 2], .inference)
    #expect(made.value == 2)
    #expect(try #require(made.interval.reason).contains("6 samples; there are 3"))
    #expect(made.method == "median of 3 inferences")
    #expect(try quantity([1], .window).method == "median of 1 window")
    #expect(try quantity([1, 2], .operatorSum).method == "median of 2 sums of operators")
  }

  @Test func theQuantumIsAFloor() throws {
    let made = try quantity([10, 10, 10, 10, 10, 10], .inference, quantum: 1)
    let interval = try #require(made.interval.value)
    #expect((interval.low, interval.high) == (9.5, 10.5))
  }

  @Test func aPrintedMeanWithItsDeviation() throws {
    let spread = PrintedSpread(low: 67.782, high: 68.213, standardDeviation: 0.102)
    let made = try quantity([67.953], .mean, inferences: 10, spread: spread)
    let interval = try #require(made.interval.value)
    // Student's t at 9 degrees of freedom, 97.5 %: 2.262157.
    let reach = 2.262157 * 0.102 / 10.0.squareRoot()
    #expect(isClose(interval.low, 67.953 - reach, within: 1e-6))
    #expect(isClose(interval.high, 67.953 + reach, within: 1e-6))
    #expect(made.method == "mean that the tool printed over 10 inferences")
  }

  @Test func aPrintedDeviationOfZeroIsNoCertainty() throws {
    let spread = PrintedSpread(standardDeviation: 0)
    let made = try quantity([67.953], .mean, quantum: 0.001, inferences: 10, spread: spread)
    let interval = try #require(made.interval.value)
    #expect(isClose(interval.low, 67.9525))
    #expect(isClose(interval.high, 67.9535))
  }

  @Test func aPrintedMeanAloneHasAReason() throws {
    let made = try quantity([67.953], .mean, inferences: 10)
    #expect(try #require(made.interval.reason).contains("without a standard deviation"))
    let one = try quantity(
      [67.953], .mean, inferences: 1, spread: PrintedSpread(standardDeviation: 1))
    #expect(one.interval.value == nil)
  }

  @Test func severalMeansAreSamples() throws {
    let made = try quantity([5, 5, 5, 5, 5, 5, 6], .mean, quantum: 0.5)
    #expect(made.method == "median of 7 printed means")
    let interval = try #require(made.interval.value)
    #expect(interval.low == 4.75)
  }

  @Test func noSamplesNoQuantity() {
    let latency = Latency(samples: Samples(), unit: .seconds, kind: .inference, quantum: 0)
    #expect(latency.quantity(confidence: 0.95).reason == "there are no samples")
  }

  @Test func scalingKeepsAllButTheUnit() throws {
    let made = try quantity([2], .published, quantum: 1).scaled(by: 10)
    #expect(made.value == 20)
    #expect(made.interval.value?.low == 15)
    #expect(made.interval.value?.high == 25)
    #expect(made.method == "published figure")
  }
}
