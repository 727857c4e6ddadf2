/// How the bytes behind an intensity were counted; two counters are never mixed in one point.
public enum ByteCounter: String, Sendable, CaseIterable {
  /// Every weight once, every element of each operator's inputs and output once; biases are left out.
  case eachOnce = "weights + activations, each once"
  /// Every weight once, where the shapes of the activations are not known.
  case weightsOnce = "weights, each once (activations not known)"
  /// Lines that a simulation of the cache in front of flash fetches, and activations once.
  case simulatedMisses = "simulated XIP misses x 8 B"
  /// Lines that the board's own counters say were fetched, those of code among them; activations once.
  case countedMisses = "counted line fills x 8 B"

  /// Whether it counts what the cache fetches.
  public var isOfFills: Bool { self == .simulatedMisses || self == .countedMisses }

  /// As captions and axis titles name it.
  public var words: String { rawValue }
}

/// What simulates the cache in front of flash.
///
/// The roofline knows nothing of how; where nothing is given, points rest on `eachOnce` alone.
public protocol MissByteSource: Sendable {
  /// Bytes that one inference fetches from flash.
  ///
  /// - Parameters:
  ///   - run: a run with its weights in flash.
  ///   - operatorIndex: an operator's position in the graph of `data/operator-costs.csv`; nil for the
  ///     whole model.
  /// - Returns: misses times the length of a line; nil where it cannot be simulated.
  func missBytes(run: AnalysedRun, operatorIndex: Int?) -> Double?
}
