import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How much larger the reference is than the difference from it: signal-to-quantization-noise ratio,
/// the sum of squares of the reference over that of the differences.
public struct SignalToNoise: Sendable, Equatable {
  /// Sum of squares of the reference.
  public private(set) var signal = 0.0
  /// Sum of squares of the differences.
  public private(set) var noise = 0.0

  /// Of nothing yet.
  public init() {}

  /// Adds values and what stands for them; both have the same length.
  public mutating func add(reference: [Float], other: [Float]) {
    for (exact, approximate) in zip(reference, other) {
      let value = Double(exact)
      let difference = value - Double(approximate)
      signal += value * value
      noise += difference * difference
    }
  }

  /// In dB; infinite where there is no difference, minus infinite where all reference values are 0
  /// and others are not.
  public var decibels: Double {
    if noise == 0 { return .infinity }
    return signal == 0 ? -.infinity : 10 * log10(signal / noise)
  }
}

/// A part of a number of things.
public struct Share: Sendable, Equatable {
  /// How many.
  public var count = 0
  /// Of how many.
  public var total = 0

  /// 0 of 0, or the numbers given.
  public init(count: Int = 0, total: Int = 0) {
    self.count = count
    self.total = total
  }

  /// From 0 to 1; 0 of nothing.
  public var fraction: Double { total == 0 ? 0 : Double(count) / Double(total) }

  /// As in `1.25 %`.
  var percent: String { Format.fixed(fraction * 100, places: 2) + " %" }
}
