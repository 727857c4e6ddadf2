/// How int8 elements stand for real numbers: real = scale x (element - zero point).
public struct AffineInt8: Sendable {
  /// Above 0.
  public var scale: Float
  /// From -128 to 127.
  public var zeroPoint: Int32

  /// Names both.
  public init(scale: Float, zeroPoint: Int32) {
    self.scale = scale
    self.zeroPoint = zeroPoint
  }

  /// The element nearest to a real number, halves away from zero, held in -128...127.
  public func element(_ real: Float) -> Int32 {
    let rounded = (real / scale).rounded(.toNearestOrAwayFromZero)
    // Bounded before it becomes an integer; a NaN becomes the zero point.
    if rounded >= 256 { return 127 }
    if rounded <= -256 { return -128 }
    let integer = rounded.isNaN ? 0 : Int32(rounded)
    return min(max(integer &+ zeroPoint, -128), 127)
  }
}

/// Ends of a range that results are held in: that of the elements, narrowed by a fused activation.
public struct Int8Range: Sendable {
  /// Least result.
  public var lowest: Int32
  /// Largest result.
  public var highest: Int32

  /// All of int8, or less.
  public init(lowest: Int32 = -128, highest: Int32 = 127) {
    self.lowest = lowest
    self.highest = highest
  }

  @inline(__always)
  func holding(_ x: Int32) -> Int8 {
    Int8(truncatingIfNeeded: x < lowest ? lowest : (x > highest ? highest : x))
  }
}

/// The same for real results.
public struct FloatRange: Sendable {
  /// Least result.
  public var lowest: Float
  /// Largest result.
  public var highest: Float

  /// All finite numbers, or less.
  public init(
    lowest: Float = -.greatestFiniteMagnitude, highest: Float = .greatestFiniteMagnitude
  ) {
    self.lowest = lowest
    self.highest = highest
  }

  /// A NaN stays one.
  @inline(__always)
  func holding(_ x: Float) -> Float {
    x < lowest ? lowest : (highest < x ? highest : x)
  }
}
