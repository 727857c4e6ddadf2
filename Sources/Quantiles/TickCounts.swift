/// Samples that are whole ticks, or whole numbers of the last printed digit: counted in a window around
/// the first of them, because a benchmark's times lie close together. What is outside goes straight to
/// the multiset; the result is the same as if every one had been added to it.
public struct TickCounts: Sendable {
  /// Values that the window holds.
  private static let width = 4096
  /// Windows begin at multiples of this, so that those of similar samples are mostly the same.
  private static let grid: UInt64 = 512
  /// Fewer samples are not worth a window.
  private static let few = 32

  private var samples = Samples()
  /// How many of a tick are one of the samples' unit.
  private var divisor = 1.0
  private var base: UInt64 = 0
  private var window: [UInt32] = []
  /// Samples in the window.
  private var held: UInt64 = 0
  /// Samples that came outside of it.
  private var apart = 0

  /// No samples.
  public init() {}

  /// Whether there are none.
  public var isEmpty: Bool { held == 0 && samples.isEmpty }

  /// The same window without any sample, for others like these.
  public var emptied: TickCounts {
    var empty = TickCounts()
    (empty.divisor, empty.base) = (divisor, base)
    empty.window = [UInt32](repeating: 0, count: window.count)
    return empty
  }

  /// Adds a number of ticks, of which `perUnit` are one of the samples' unit.
  public mutating func add(_ ticks: UInt64, per perUnit: Double) {
    let place = ticks &- base
    if perUnit == divisor, place < UInt64(window.count), window[Int(place)] < .max {
      window[Int(place)] += 1
      held += 1
      return
    }
    addApart(ticks, per: perUnit)
  }

  /// Adds all samples of another one.
  public mutating func append(_ next: TickCounts) {
    if window.isEmpty {
      (divisor, base, window, held) = (next.divisor, next.base, next.window, next.held)
      samples.merge(next.samples)
      return
    }
    // Where all samples together do not overflow, no count of the window does.
    let (sum, overflow) = held.addingReportingOverflow(next.held)
    guard next.divisor == divisor, next.base == base, next.window.count == window.count, !overflow,
      sum <= UInt64(UInt32.max)
    else {
      samples.merge(next.multiset)
      return
    }
    for i in window.indices { window[i] &+= next.window[i] }
    held = sum
    samples.merge(next.samples)
  }

  private mutating func addApart(_ ticks: UInt64, per perUnit: Double) {
    if perUnit != divisor { flush() }
    divisor = perUnit
    apart += 1
    if window.isEmpty, apart > Self.few {
      window = [UInt32](repeating: 0, count: Self.width)
      let least = ticks - min(ticks, UInt64(Self.width / 2))
      base = least / Self.grid * Self.grid
    }
    samples.add(Double(ticks) / divisor)
  }

  /// Takes no memory for a window until many more come.
  public mutating func settle() {
    flush()
    window = []
    apart = 0
  }

  /// Empties the window into the multiset.
  private mutating func flush() {
    guard held > 0 else { return }
    for (i, count) in window.enumerated() where count > 0 {
      samples.add(Double(base + UInt64(i)) / divisor, times: UInt64(count))
      window[i] = 0
    }
    held = 0
  }

  /// All of them as a multiset.
  public var multiset: Samples {
    var copy = self
    copy.flush()
    return copy.samples
  }
}
