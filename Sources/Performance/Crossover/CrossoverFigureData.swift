import Core
import Statistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What a figure of sweeps shows, as plain numbers.
public struct CrossoverFigureData: Sendable, Equatable {
  /// A size and its cycles per MAC.
  public struct Point: Sendable, Equatable {
    /// Bytes of weights.
    public var bytes: Double
    /// Cycles per MAC.
    public var cyclesPerMAC: Double
    /// Ends of the interval; nil where there is none.
    public var low, high: Double?
  }

  /// A break and its interval, bytes.
  public struct Mark: Sendable, Equatable {
    /// Where it is.
    public var bytes: Double
    /// Ends of the interval; nil where there is none.
    public var low, high: Double?

    init(_ found: BreakEstimate) {
      bytes = found.value
      low = found.interval.value?.low
      high = found.interval.value?.high
    }
  }

  /// One sweep.
  public struct Series: Sendable, Equatable {
    /// "CNN 3x3 int8 from flash", with the board where there are several.
    public var name: String
    /// TFLite name of the kind.
    public var kind: String
    /// `int8` or `fp32`.
    public var dtype: Dtype
    /// `flash` or `sram`.
    public var weights: WeightsPlace
    /// Measured, published or predicted.
    public var origin: Origin
    /// The operators.
    public var points: [Point]
    /// The fitted curve at rising sizes, its corners included; empty where nothing was fitted.
    public var curve: [Point]
    /// Where the ramp begins.
    public var onset: Mark?
    /// Where it ends.
    public var saturation: Mark?
  }

  /// Capacity of the cache in front of flash, bytes; nil where boards differ or none is described.
  public var cacheBytes: Double?
  /// In the order given.
  public var series: [Series]

  /// Plain numbers of some crossovers.
  public init(_ crossovers: [Crossover]) {
    let caches = Set(crossovers.map(\.cacheBytes))
    cacheBytes = caches.count == 1 ? crossovers.first?.cacheBytes : nil
    let hasBoards = Set(crossovers.map(\.sweep.key.board)).count > 1
    series = crossovers.map { one in
      let key = one.sweep.key
      return Series(
        name: key.words + (hasBoards ? " (\(key.boardWords))" : ""), kind: key.kind,
        dtype: key.dtype, weights: key.weights, origin: key.origin,
        points: one.sweep.points.map {
          Point(
            bytes: $0.weightBytes, cyclesPerMAC: $0.cyclesPerMAC, low: $0.interval.value?.low,
            high: $0.interval.value?.high)
        }, curve: Self.curve(one), onset: one.onset.value.map(Mark.init),
        saturation: one.saturation.value.map(Mark.init))
    }
  }

  /// Steps of a curve between its ends, equal factors apart.
  private static let steps = 96

  private static func curve(_ crossover: Crossover) -> [Point] {
    guard let model = crossover.model, let range = crossover.sweep.range,
      range.lowerBound < range.upperBound
    else { return [] }
    var sizes = [crossover.onset.value?.value, crossover.saturation.value?.value]
      .compactMap(\.self).filter(range.contains)
    let factor = range.upperBound / range.lowerBound
    sizes += (0...steps).map { step in
      let share = Double(step) / Double(steps)
      // The ends exactly, whatever the rounding of the powers between them.
      return share == 1 ? range.upperBound : range.lowerBound * pow(factor, share)
    }
    return Set(sizes).sorted().map {
      Point(bytes: $0, cyclesPerMAC: model.value(at: $0), low: nil, high: nil)
    }
  }
}
