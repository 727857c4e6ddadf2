/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test on every machine. A copy that owes nothing to
/// the package's own.
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The sequence of a seed.
  public init(_ seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of the range.
  public mutating func int(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

  /// A whole number below a bound, from 0.
  public mutating func below(_ bound: Int) -> Int { int(0...(bound - 1)) }

  /// In [0, 1), a multiple of 2^-24, which a float32 holds exactly.
  public mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number of the range.
  public mutating func double(_ range: ClosedRange<Double>) -> Double {
    .random(in: range, using: &self)
  }

  /// Numbers of the range.
  public mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in .random(in: range, using: &self) }
  }

  /// True in that share of the calls.
  public mutating func chance(_ share: Double) -> Bool { double(0...1) < share }

  /// One of the values, of which there must be some.
  public mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}
