/// A window that moves along one axis of an image, by the rules of TensorFlow (tensorflow.org,
/// "tf.nn.convolution", on padding; tensorflow/lite/kernels/padding.h).
///
/// Sizes have 31 bits, so no sum or product of them here overflows 64.
public struct WindowAxis: Sendable, Equatable {
  /// Elements of the image.
  public let size: Int
  /// Elements that a window looks at.
  public let taps: Int
  /// Distance of neighbouring positions.
  public let stride: Int
  /// Distance of neighbouring taps.
  public let dilation: Int

  /// Elements beside an image.
  public struct Sides: Sendable, Equatable {
    /// Above it, or on its left.
    public var before: Int
    /// Below it, or on its right.
    public var after: Int

    /// Names both.
    public init(before: Int, after: Int) {
      self.before = before
      self.after = after
    }
  }

  /// nil for a size below 0, a distance below 1, or more than 31 bits.
  public init?(size: Int, taps: Int, stride: Int, dilation: Int = 1) {
    let most = Int(Int32.max)
    guard size >= 0, size <= most, taps >= 0, taps <= most, stride > 0, stride <= most,
      dilation > 0, dilation <= most
    else { return nil }
    self.size = size
    self.taps = taps
    self.stride = stride
    self.dilation = dilation
  }

  /// Elements from the first tap to the last.
  public var reach: Int64 { (Int64(taps) - 1) * Int64(dilation) + 1 }

  /// Positions of SAME: one for each stride that begins inside the image.
  public var samePositions: Int { size / stride + (size % stride == 0 ? 0 : 1) }

  /// Positions of VALID: those at which all taps are inside.
  public var validPositions: Int {
    let room = Int64(size) - reach
    return room < 0 ? 0 : Int(clamping: room / Int64(stride) + 1)
  }

  /// Elements from the first tap of the first of `positions` (31 bits) to the last tap of the last.
  public func span(_ positions: Int) -> Int64 {
    (Int64(positions) - 1) * Int64(stride) + reach
  }

  /// What `positions` windows need beside the image: half of it, rounded down, stands before. None for
  /// the positions of VALID.
  public func padding(for positions: Int) -> Sides {
    let total = Int(clamping: max(span(positions) - Int64(size), 0))
    return Sides(before: total / 2, after: total - total / 2)
  }

  /// The taps of the window at `position` that are inside, with `before` elements beside the image.
  public func taps(at position: Int, before: Int) -> TapRange {
    TapRange(origin: position * stride - before, dilation: dilation, taps: taps, size: size)
  }
}
