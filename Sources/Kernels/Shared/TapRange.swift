/// The taps of a window along one axis that meet the image, the others lying in the padding.
struct TapRange {
  /// First tap inside.
  var first: Int
  /// One past the last tap inside; not below `first`.
  var end: Int

  /// `origin` is where tap 0 lies, `dilation` the distance of taps, `taps` their number, `size`
  /// that of the image. Tap k lies at origin + k x dilation, inside where that is in 0 ..< size.
  @inline(__always)
  init(origin: Int, dilation: Int, taps: Int, size: Int) {
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
