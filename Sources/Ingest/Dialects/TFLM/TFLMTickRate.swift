/// The ticks per second that printed pairs of ticks and milliseconds allow.
///
/// A device prints `floor(1000 x ticks / rate)`, so each pair bounds the rate:
/// 1000 t / (ms + 1) < rate <= 1000 t / ms. Pairs that leave no common rate hold a damaged digit.
struct TFLMTickRate: Sendable, Equatable {
  /// The device divides in single precision (2^-24 per step, three steps).
  private static let slack = 4e-7

  var low = 0.0
  var high = Double.infinity

  /// Any rate.
  init() {}

  /// Rates under which `ticks` print as `milliseconds`.
  init(ticks: UInt64, milliseconds: UInt64) {
    let scaled = 1000 * Double(ticks)
    low = scaled / (Double(milliseconds) + 1) * (1 - Self.slack)
    if milliseconds > 0 { high = scaled / Double(milliseconds) * (1 + Self.slack) }
  }

  /// False when no rate is left.
  var isPossible: Bool { high > 0 && low <= high }

  /// True for a rate within the bounds.
  func contains(_ rate: Double) -> Bool { low <= rate && rate <= high }

  /// Rates that both allow.
  func intersection(_ other: TFLMTickRate) -> TFLMTickRate {
    var both = self
    both.low = max(low, other.low)
    both.high = min(high, other.high)
    return both
  }

  /// One pair of a block, under the position of its event.
  struct Pair: Sendable {
    var position: Int
    var bounds: TFLMTickRate
  }

  /// Positions of the fewest pairs to take out (found greedily) so that the rest has a common rate.
  static func outliers(_ pairs: [Pair], among known: TFLMTickRate) -> [Int] {
    var outliers: [Int] = []
    var rest: [Pair] = []
    for pair in pairs {
      if pair.bounds.isPossible, pair.bounds.intersection(known).isPossible {
        rest.append(pair)
      } else {
        outliers.append(pair.position)
      }
    }
    while !rest.reduce(known, { $0.intersection($1.bounds) }).isPossible {
      // The pair that contradicts most others goes; bounded, for a block is.
      var worst = 0
      var most = -1
      for i in rest.indices {
        var conflicts = 0
        for j in rest.indices where !rest[i].bounds.intersection(rest[j].bounds).isPossible {
          conflicts += 1
        }
        if conflicts > most {
          most = conflicts
          worst = i
        }
      }
      outliers.append(rest[worst].position)
      rest.remove(at: worst)
      if rest.count > 512 { return outliers + rest.map(\.position) }
    }
    return outliers.sorted()
  }
}
