import CKernelIntrinsics
import Core

/// im2col of four output pixels at once, packed as `kernel_mat_mult` reads it: inputs in the order of
/// the weights, with the input offset added, 0 where a tap lies in the padding.
struct PackedIm2Col {
  private let shape: ConvolutionShape
  private let gather: Im2Col
  private let offsets: UInt32
  private let inner: (first: Int, end: Int)
  private let stride: Int32
  /// Where pixels are input pixels of whole groups, the first of them.
  private let pointwiseStart: Int?
  private let areGroups: Bool
  private let folded: Int
  /// Whether the taps of a row are neighbours in the input.
  private let isRun: Bool
  let words: UnsafeMutablePointer<UInt32>

  @inline(__always)
  init(
    _ shape: ConvolutionShape, batches: Int32, inputOffset: Int32,
    scratch: UnsafeMutablePointer<UInt32>
  ) {
    self.shape = shape
    words = scratch
    gather = Im2Col(
      shape, inputOffset: inputOffset, pixels: PackedMatMult.pixels, scratch: scratch)
    offsets = halves(inputOffset)
    inner = shape.innerColumns(shape.outputWidth)
    stride = Int32(truncatingIfNeeded: shape.strideWidth &* shape.inputDepth)
    isRun = shape.dilationWidth == 1 && shape.filterDepth == shape.inputDepth
    folded = shape.foldedGroups
    areGroups = shape.filterDepth & 3 == 0
    pointwiseStart = areGroups ? shape.pointwiseStart(batches: batches) : nil
  }

  /// Gathers the four pixels from `place` on and moves it behind them.
  @inline(never)
  func fill(_ place: inout OutputPixel) {
    if let pointwiseStart {
      _ = kernel_widen_columns(
        place.image
          + (pointwiseStart &+ (place.y &* shape.inputWidth &+ place.x) &* shape.inputDepth),
        stride,
        Int32(truncatingIfNeeded: shape.filterDepth &>> 2), offsets, words)
      place.advance(shape)
      return
    }
    let end = place.x &+ PackedMatMult.pixels
    if areGroups && place.x >= inner.first && end <= inner.end {
      fillInner(place)
      place.x = end
      place.wrap(shape)
      return
    }
    if let source = innerBytes(place, PackedMatMult.pixels) {
      if folded > 0 {
        fillFolded(source)
      } else {
        for slot in 0..<PackedMatMult.pixels {
          gather.fillInner(slot, source + slot &* Int(stride))
        }
      }
      place.x = end
      place.wrap(shape)
      return
    }
    for slot in 0..<PackedMatMult.pixels {
      if let source = innerBytes(place, 1) {
        fillInner(slot, source)
      } else {
        gather.fill(
          slot, place.image, rows: shape.rows(place.y), columns: shape.columns(place.x))
      }
      place.x &+= 1
      place.wrap(shape)
    }
  }

  /// Gathers the pixel at `place` alone, to the first column.
  @inline(never)
  func fillOne(_ place: OutputPixel) {
    gather.fill(0, place.image, rows: shape.rows(place.y), columns: shape.columns(place.x))
  }

  /// Four pixels whose windows lie inside the image from `source` on.
  @inline(__always)
  private func fillFolded(_ source: UnsafePointer<Int8>) {
    let row = shape.inputWidth &* shape.inputDepth
    var target = words
    for tap in 0..<3 {
      target = kernel_widen_columns(
        source + tap &* row, stride, Int32(truncatingIfNeeded: folded), offsets, target)
    }
    var last = source + 4 &* folded
    for column in 0..<PackedMatMult.pixels {
      kernel_fold_column(last, Int32(truncatingIfNeeded: row), offsets, target + column)
      last += Int(stride)
    }
  }

  /// One pixel, whose window lies inside the image from `source` on.
  private func fillInner(_ slot: Int, _ source: UnsafePointer<Int8>) {
    if folded == 0 { return gather.fillInner(slot, source) }
    let row = shape.inputWidth &* shape.inputDepth
    var target = words + slot
    for tap in 0..<3 {
      target = kernel_widen_column(
        source + tap &* row, Int32(truncatingIfNeeded: folded), offsets, target)
    }
    kernel_fold_column(
      source + 4 &* folded, Int32(truncatingIfNeeded: row), offsets, target)
  }

  /// Where the first of `pixels` windows of a row begins, if all lie inside the image and not at its very
  /// end, with neighbouring taps, and are not for `fillInner`.
  @inline(__always)
  private func innerBytes(_ place: OutputPixel, _ pixels: Int) -> UnsafePointer<Int8>? {
    let end = place.x &+ pixels
    let y = place.y &* shape.strideHeight &- shape.padTop
    guard isRun, !areGroups, shape.dilationHeight == 1, place.x >= inner.first, end <= inner.end,
      y >= 0, y &+ shape.filterHeight <= shape.inputHeight
    else { return nil }
    let x = place.x &* shape.strideWidth &- shape.padLeft
    let start = (y &* shape.inputWidth &+ x) &* shape.inputDepth
    let size =
      ((shape.filterHeight &- 1) &* shape.inputWidth &+ shape.filterWidth) &* shape.inputDepth
    let last = start &+ (pixels &- 1) &* Int(stride)
    return last &+ size &+ 3 <= shape.imageSize ? place.image + start : nil
  }

  /// Four pixels of a row whose windows lie inside the image with all their columns.
  @inline(__always)
  private func fillInner(_ place: OutputPixel) {
    let rows = shape.rows(place.y)
    let tapGroups = shape.filterDepth &>> 2
    let rowGroups = shape.filterWidth &* tapGroups
    let runs = isRun ? 1 : shape.filterWidth
    let groups = Int32(truncatingIfNeeded: isRun ? rowGroups : tapGroups)
    let x = place.x &* shape.strideWidth &- shape.padLeft
    var target = cleared(words, rows.taps.first &* rowGroups)
    for tap in rows.taps.first..<rows.taps.end {
      let y = rows.origin &+ tap &* shape.dilationHeight
      var source = place.image + (y &* shape.inputWidth &+ x) &* shape.inputDepth
      for _ in 0..<runs {
        target = kernel_widen_columns(source, stride, groups, offsets, target)
        source += shape.dilationWidth &* shape.inputDepth
      }
    }
    _ = cleared(target, (shape.filterHeight &- rows.taps.end) &* rowGroups)
  }

  @inline(__always)
  private func cleared(
    _ target: UnsafeMutablePointer<UInt32>, _ groups: Int
  ) -> UnsafeMutablePointer<UInt32> {
    var target = target
    for _ in 0..<groups {
      for index in 0..<8 { target[index] = 0 }
      target += 8
    }
    return target
  }
}

/// An output pixel, and the input image it belongs to.
struct OutputPixel {
  var image: UnsafePointer<Int8>
  var y = 0
  var x = 0

  /// Pixel `index` of all of them.
  init(_ index: Int, _ input: UnsafePointer<Int8>, _ shape: ConvolutionShape) {
    let size = shape.outputHeight &* shape.outputWidth
    image = input + index / size &* shape.imageSize
    y = index % size / shape.outputWidth
    x = index % shape.outputWidth
  }

  /// Behind the end of a row, goes to the next.
  @inline(__always)
  mutating func wrap(_ shape: ConvolutionShape) {
    if x < shape.outputWidth { return }
    x = 0
    y &+= 1
    if y < shape.outputHeight { return }
    y = 0
    image += shape.imageSize
  }

  /// Four pixels on, where output pixels are input pixels one for one: then nothing but the sum of all
  /// three matters.
  @inline(__always)
  mutating func advance(_ shape: ConvolutionShape) {
    image += PackedMatMult.pixels &* shape.inputDepth
  }
}
