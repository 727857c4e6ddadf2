// Cycles of a model on a machine: reads of each kernel, fills of the flash cache, instructions,
// the fit to published times, predictions. Knows nothing of logs and figures.

import Core
import Support

/// What to predict: a model in a dtype, its weights somewhere, on the board as it may be set up.
public struct Scenario: Sendable, Equatable {
  /// Model id; nil for every model that is known.
  public var model: String?
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// Where its weights are.
  public var weights: WeightsPlace
  /// CPU clock, Hz; nil for the board's own.
  public var clockHz: Double?
  /// Id of the flash mode; nil for the one after boot.
  public var flash: String?
  /// Cores that share the work.
  public var cores: Int
  /// Whether the cache in front of flash is on.
  public var hasCache: Bool

  /// A scenario; int8 from flash on one core unless said otherwise.
  public init(
    model: String? = nil, dtype: Dtype = .int8, weights: WeightsPlace = .flash,
    clockHz: Double? = nil, flash: String? = nil, cores: Int = 1, hasCache: Bool = true
  ) {
    self.model = model
    self.dtype = dtype
    self.weights = weights
    self.clockHz = clockHz
    self.flash = flash
    self.cores = cores
    self.hasCache = hasCache
  }

  /// "int8, weights in flash, 150 MHz".
  public var words: String {
    var parts = ["\(dtype)", "weights in \(weights.words)"]
    if let clockHz { parts.append(Format.clock(clockHz)) }
    if let flash { parts.append("flash \(flash)") }
    if cores > 1 { parts.append("\(cores) cores") }
    if !hasCache { parts.append("cache off") }
    return parts.joined(separator: ", ")
  }
}
