/// The taps of a window along one axis that meet the image, the others lying in the padding.
@frozen
public struct TapRange: Sendable, Equatable {
  /// First tap inside.
  public var first: Int
  /// One past the last tap inside; not below `first`.
  public var end: Int

  /// How many are inside.
  public var count: Int { end - first }

  /// `origin` is where tap 0 lies, `dilation` the distance of taps, `taps` their number, `size`
  /// that of the image. Tap k lies at origin + k x dilation, inside where that is in 0 ..< size.
  ///
  /// For kernels: sizes were checked, so nothing overflows.
  @inlinable @inline(__always)
  public init(origin: Int, dilation: Int, taps: Int, size: Int) {
    var first = 0
    if origin < 0 {
      first = dilation == 1 ? 0 &- origin : (dilation &- 1 &- origin) / dilation
      if first > taps { first = taps }
    }
    var end = taps
    let room = size &- origin
    if room < (taps &- 1) &* dilation &+ 1 {
      end = room <= 0 ? 0 : dilation == 1 ? room : (room &+ dilation &- 1) / dilation
      if end < first { end = first }
    }
    self.first = first
    self.end = end
  }
}
