import Foundation
import TestSupport
import Testing

@testable import Plots

@Suite struct ScaleTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func `positions and values are inverse and monotonic`(seed: UInt64) throws {
    var random = SplitMix(seed)
    let kind = random.pick([Scale.Kind.linear, .log])
    let a = kind == .log ? pow(10, random.double(-9...9)) : random.double(-1e6...1e6)
    let b = kind == .log ? a * pow(10, random.double(0.01...6)) : a + random.double(0.001...1e6)
    let scale = Scale(
      kind, from: a, to: b, start: random.double(0...100), end: random.double(200...900))
    let place = random.double(min(scale.start, scale.end)...max(scale.start, scale.end))
    let back = try #require(scale.position(scale.value(at: place)))
    #expect(abs(back - place) < 1e-6)
    #expect(scale.place(scale.low) == scale.start)
    #expect(abs(scale.place(scale.high) - scale.end) < 1e-9)
    let (p, q) = (scale.value(at: place), scale.value(at: place + 1))
    #expect(p < q)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `ticks lie on the axis, in order, few and with different labels`(seed: UInt64) {
    var random = SplitMix(seed)
    let kind = random.pick([Scale.Kind.linear, .log])
    let a = kind == .log ? pow(10, random.double(-9...9)) : random.double(-1e6...1e6)
    let b = kind == .log ? a * pow(10, random.double(0.3...12)) : a + pow(10, random.double(-3...6))
    let scale = Scale(kind, from: a, to: b)
    let ticks = Ticks.automatic(scale)
    let values = ticks.major.map(\.value)
    #expect((1...40).contains(values.count))
    #expect(values == values.sorted())
    #expect(Set(ticks.major.map(\.label)).count == values.count)
    let slack = 1e-6 * (scale.high - scale.low)
    #expect(
      (values + ticks.minor).allSatisfy { $0 >= scale.low - slack && $0 <= scale.high + slack })
    #expect(ticks.minor.count <= 200)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `decades cover all values and are whole`(seed: UInt64) {
    var random = SplitMix(seed)
    let values = (0..<random.int(1...9)).map { _ in pow(10, random.double(-8...8)) }
    let scale = Scale.decades(covering: values + [.nan, -1, 0, .infinity])
    #expect(values.allSatisfy { $0 >= scale.low * (1 - 1e-6) && $0 <= scale.high * (1 + 1e-6) })
    for end in [log10(scale.low), log10(scale.high)] { #expect(abs(end - end.rounded()) < 1e-9) }
    #expect(scale.high >= scale.low * 9.99)
  }

  @Test func `a power of ten does not open a further decade`() {
    let scale = Scale.decades(covering: [0.1, 1000])
    #expect(scale.low == 0.1 && scale.high == 1000)
    let just = Scale.decades(covering: [1, 1000.01])
    #expect(just.high == 10_000)
  }

  @Test func `decade labels have no exponent and no digits too many`() {
    let ticks = Ticks.decades(Scale(.log, from: 0.001, to: 10_000))
    #expect(
      ticks.major.map(\.label) == ["0.001", "0.01", "0.1", "1", "10", "100", "1000", "10000"])
  }

  @Test func `impossible domains become possible ones`() {
    for (low, high) in [(Double.nan, 1.0), (1, 1), (0, 0), (-1, 5), (.infinity, 3), (5, 2)] {
      for kind in [Scale.Kind.linear, .log] {
        let scale = Scale(kind, from: low, to: high)
        #expect(scale.low < scale.high)
        #expect(kind == .linear || scale.low > 0)
        #expect(!Ticks.automatic(scale).major.isEmpty)
      }
    }
  }

  @Test func `nice scales end on nice numbers`() {
    let scale = Scale.nice(covering: [3, 97], withZero: true)
    #expect(scale.low == 0 && scale.high == 100)
    #expect(Ticks.automatic(scale).major.map(\.label) == ["0", "20", "40", "60", "80", "100"])
  }
}
