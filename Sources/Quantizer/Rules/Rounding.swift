import Models

/// Real numbers to integers as TensorFlow Lite's converter does it: ties away from zero.
enum Rounding {
  /// The nearest int8 in `lowest...127`; 0 for what is no number.
  static func int8(_ value: Float, lowest: Int8 = .min) -> Int8 {
    let rounded = value.rounded(.toNearestOrAwayFromZero)
    if rounded.isNaN { return 0 }
    return Int8(min(max(rounded, Float(lowest)), 127))
  }

  /// The nearest int32; 0 for what is no number.
  static func int32(_ value: Float) -> Int32 {
    let rounded = Double(value.rounded(.toNearestOrAwayFromZero))
    if rounded.isNaN { return 0 }
    return Int32(min(max(rounded, Double(Int32.min)), Double(Int32.max)))
  }
}

extension Quantization {
  /// One scale and one zero point for a whole tensor.
  public init(scale: Float, zeroPoint: Int64) {
    self.init(scales: [scale], zeroPoints: [zeroPoint])
  }

  /// The int8 that stands for `value`, cut at -128 and 127. For parameters with one scale.
  func int8(_ value: Float) -> Int8 {
    let steps = Double((value / scales[0]).rounded(.toNearestOrAwayFromZero))
    let moved = steps + Double(zeroPoints[0])
    return moved.isNaN ? Int8(clamping: zeroPoints[0]) : Int8(min(max(moved, -128), 127))
  }

  /// What `value` stands for. For parameters with one scale.
  func real(_ value: Int8) -> Float { scales[0] * Float(Int64(value) - zeroPoints[0]) }

  /// The smallest and the largest number that an int8 can stand for.
  var extent: (min: Float, max: Float) { (real(.min), real(.max)) }

  /// True for one finite scale above 0 and a zero point within int8, as activations need them.
  var isForActivations: Bool {
    scales.count == 1 && zeroPoints.count == 1 && axis == nil && scales[0].isNormal
      && scales[0] > 0 && (-128...127).contains(zeroPoints[0])
  }
}
