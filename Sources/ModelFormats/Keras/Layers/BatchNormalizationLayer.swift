import Models
import Support

/// BatchNormalization with what training found: gamma (x - mean) / sqrt(variance + epsilon) + beta.
struct BatchNormalizationLayer {
  var epsilon: Double
  /// There is a gamma.
  var hasScale: Bool
  /// There is a beta.
  var hasCenter: Bool
  /// The dimension whose indices have their own values; may be negative.
  var axis: Int

  init(_ config: LayerConfig) throws(Diagnostic) {
    epsilon = try config.number("epsilon", default: 1e-3)
    hasScale = try config.flag("scale", default: true)
    hasCenter = try config.flag("center", default: true)
    let axes = config.json["axis"].array ?? [config.has("axis") ? config.json["axis"] : .number(-1)]
    guard axes.count == 1, let axis = axes[0].int else {
      throw config.unsupported(
        "`axis` is \(config.json["axis"].summary); one dimension, the last, is read",
        "Normalise along the channels, axis=-1.")
    }
    self.axis = axis
  }
}
