import CKernelIntrinsics
import Core

/// im2col: the inputs of a few output pixels in the order of the weights, as 16-bit numbers with the
/// input offset added, 0 where a tap lies in the padding.
///
/// Four inputs of a pixel are two words, (0, 2) and (1, 3) as SXTB16 leaves the weights, and n
/// pixels take turns: words 2 n g + s and 2 n g + n + s hold inputs 4 g ... 4 g + 3 of pixel s. The
/// last four are filled up with zeros. Behind the words there is room for one pixel's bytes and a word.
struct Im2Col {
  private let shape: ConvolutionShape
  private let groups: Int
  private let offsets: UInt32
  private let padding: Int8
  /// Pixels at once.
  private let pixels: Int
  /// Of packed columns: see `ConvolutionShape.foldedGroups`.
  private let folded: Int
  /// 2 x `pixels` x `groups` words.
  let words: UnsafeMutablePointer<UInt32>
  /// 4 x `groups` bytes.
  private let bytes: UnsafeMutablePointer<Int8>

  /// Bytes of scratch memory: words and bytes as above.
  static func scratchBytes(_ shape: ConvolutionShape, pixels: Int) -> Int {
    (shape.filterSize &+ 3) / 4 &* (pixels &* 8 &+ 4) &+ 4
  }

  @inline(__always)
  init(
    _ shape: ConvolutionShape, inputOffset: Int32, pixels: Int,
    scratch: UnsafeMutablePointer<UInt32>
  ) {
    self.shape = shape
    self.pixels = pixels
    groups = (shape.filterSize &+ 3) / 4
    folded = pixels == PackedMatMult.pixels ? shape.foldedGroups : 0
    offsets = halves(inputOffset)
    padding = Int8(truncatingIfNeeded: 0 &- inputOffset)
    words = scratch
    bytes = UnsafeMutableRawPointer(scratch + 2 &* pixels &* groups)
      .assumingMemoryBound(to: Int8.self)
  }

  /// Gathers pixel `slot`, whose window has these rows and columns. Bounds: the runs of all taps
  /// are filterSize elements, 4 x groups after filling up.
  @inline(__always)
  func fill(
    _ slot: Int, _ image: UnsafePointer<Int8>, rows: (origin: Int, taps: TapRange),
    columns: (origin: Int, taps: TapRange)
  ) {
    let target = words + slot
    if shape.filterDepth & 3 == 0 {
      fillWords(target, image, rows: rows, columns: columns)
    } else {
      fillBytes(image, rows: rows, columns: columns)
      if folded > 0 {
        expandFolded(target)
      } else {
        expand(bytes, groups, target)
      }
    }
  }

  /// Gathers pixel `slot`, whose window lies inside the image from `source` on and has rows of
  /// neighbouring elements. Bounds: three bytes behind the window are in the image too; what they
  /// leave behind the pixel's bytes meets weights of 0, and is within the word there.
  @inline(__always)
  func fillInner(_ slot: Int, _ source: UnsafePointer<Int8>) {
    kernel_copy_runs(
      source, Int32(truncatingIfNeeded: shape.inputWidth &* shape.inputDepth),
      Int32(truncatingIfNeeded: shape.filterHeight),
      Int32(truncatingIfNeeded: shape.filterWidth &* shape.filterDepth), bytes)
    expand(bytes, groups, words + slot)
  }

  /// Zeros for a pixel that is not there.
  func clear(_ slot: Int) {
    _ = zeros(groups, words + slot)
  }

  /// For taps of whole groups: straight from the image into words.
  private func fillWords(
    _ words: UnsafeMutablePointer<UInt32>, _ image: UnsafePointer<Int8>,
    rows: (origin: Int, taps: TapRange), columns: (origin: Int, taps: TapRange)
  ) {
    let tapGroups = shape.filterDepth &>> 2
    let rowGroups = shape.filterWidth &* tapGroups
    let before = columns.taps.first &* tapGroups
    let inside = columns.taps.end &- columns.taps.first
    let after = (shape.filterWidth &- columns.taps.end) &* tapGroups
    let isRun = shape.dilationWidth == 1 && shape.filterDepth == shape.inputDepth
    let step = shape.dilationWidth &* shape.inputDepth
    var target = zeros(rows.taps.first &* rowGroups, words)
    for tapY in rows.taps.first..<rows.taps.end {
      target = zeros(before, target)
      let row = (rows.origin &+ tapY &* shape.dilationHeight) &* shape.inputWidth
      let x = columns.origin &+ columns.taps.first &* shape.dilationWidth
      var source = image + (row &+ x) &* shape.inputDepth
      if isRun {
        target = expand(source, inside &* tapGroups, target)
      } else {
        for _ in 0..<inside {
          target = expand(source, tapGroups, target)
          source += step
        }
      }
      target = zeros(after, target)
    }
    _ = zeros((shape.filterHeight &- rows.taps.end) &* rowGroups, target)
  }

  /// For other taps: their bytes one after the other, the zero point in the padding, zeros at the
  /// end; the weights there are zeros as well.
  private func fillBytes(
    _ image: UnsafePointer<Int8>, rows: (origin: Int, taps: TapRange),
    columns: (origin: Int, taps: TapRange)
  ) {
    let depth = shape.filterDepth
    let before = columns.taps.first &* depth
    let inside = columns.taps.end &- columns.taps.first
    let after = (shape.filterWidth &- columns.taps.end) &* depth
    let isRun = shape.dilationWidth == 1 && depth == shape.inputDepth
    let step = shape.dilationWidth &* shape.inputDepth
    var target = padded(rows.taps.first &* shape.filterWidth &* depth, bytes)
    for tapY in rows.taps.first..<rows.taps.end {
      target = padded(before, target)
      let row = (rows.origin &+ tapY &* shape.dilationHeight) &* shape.inputWidth
      let x = columns.origin &+ columns.taps.first &* shape.dilationWidth
      var source = image + (row &+ x) &* shape.inputDepth
      if isRun {
        target = copied(source, inside &* depth, target)
      } else {
        for _ in 0..<inside {
          target = copied(source, depth, target)
          source += step
        }
      }
      target = padded(after, target)
    }
    target = padded((shape.filterHeight &- rows.taps.end) &* shape.filterWidth &* depth, target)
    while target < bytes + groups &* 4 {
      target.pointee = 0
      target += 1
    }
  }

  private func expandFolded(_ target: UnsafeMutablePointer<UInt32>) {
    let size = 4 &* folded &+ 1
    var target = target
    for row in 0..<3 { target = expand(bytes + row &* size, folded, target) }
    kernel_fold_column(
      bytes + 4 &* folded, Int32(truncatingIfNeeded: size), offsets, target)
  }

  @inline(__always) @discardableResult
  private func expand(
    _ source: UnsafePointer<Int8>, _ groups: Int, _ target: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt32> {
    if pixels == 4 {
      return kernel_widen_column(source, Int32(truncatingIfNeeded: groups), offsets, target)
    }
    var source = source
    var target = target
    for _ in 0..<groups {
      let four = word(source)
      target[0] = kernel_sxtab16(offsets, four)
      target[pixels] = kernel_sxtab16_ror8(offsets, four)
      source += 4
      target += 2 &* pixels
    }
    return target
  }

  @inline(__always)
  private func zeros(
    _ groups: Int, _ target: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt32> {
    var target = target
    for _ in 0..<groups {
      target[0] = 0
      target[pixels] = 0
      target += 2 &* pixels
    }
    return target
  }

  @inline(__always)
  private func padded(
    _ count: Int, _ target: UnsafeMutablePointer<Int8>
  ) -> UnsafeMutablePointer<Int8> {
    for index in 0..<count { target[index] = padding }
    return target + count
  }

  /// Four bytes at a time, unaligned, as long as there are four.
  @inline(__always)
  private func copied(
    _ source: UnsafePointer<Int8>, _ count: Int, _ target: UnsafeMutablePointer<Int8>
  ) -> UnsafeMutablePointer<Int8> {
    var index = 0
    while index &+ 4 <= count {
      UnsafeMutableRawPointer(target + index).storeBytes(
        of: word(source + index), as: UInt32.self)
      index &+= 4
    }
    while index < count {
      target[index] = source[index]
      index &+= 1
    }
    return target + count
  }
}
