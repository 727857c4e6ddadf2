import Core

/// Writes an opaque image as a PNG (RFC 2083), RGB with 8 bits.
///
/// A pixel repeats its left or its upper neighbour nearly everywhere in a figure: those two are all
/// that is tried.
enum PNGWriter {
  /// - Parameters:
  ///   - pixels: rows of 0xRRGGBB, the upper byte of each ignored; at least `stride` x `height`.
  ///   - stride: pixels from row to row, at least `width`.
  static func png(
    _ pixels: UnsafeBufferPointer<UInt32>, width: Int, height: Int, stride: Int
  ) -> [UInt8] {
    precondition(width > 0 && height > 0 && stride >= width && pixels.count >= stride * height)
    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    let size = [width, height].flatMap { bigEndian(UInt32(truncatingIfNeeded: $0)) }
    append("IHDR", size + [8, 2, 0, 0, 0], to: &file)
    append("IDAT", compressed(pixels, width: width, height: height, stride: stride), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// Indices: row * stride + x with row < height and x < width, within the checked count; the
  /// upper neighbour is read from the second row on.
  private static func compressed(
    _ pixels: UnsafeBufferPointer<UInt32>, width: Int, height: Int, stride: Int
  ) -> [UInt8] {
    var stream = DeflateStream()
    var adler = Adler32()
    let mask: UInt32 = 0xff_ffff
    let rowBytes = 3 * width + 1
    let canReachUp = rowBytes <= 32_768
    for row in 0..<height {
      let start = row * stride
      stream.literal(0)  // no filter
      adler.add(0)
      for x in 0..<width { adler.add(pixel: pixels[start + x] & mask) }
      adler.reduce()
      var x = 0
      while x < width {
        let pixel = pixels[start + x] & mask
        var run = 0
        if x > 0 {
          let left = pixels[start + x - 1] & mask
          while x + run < width, pixels[start + x + run] & mask == left { run += 1 }
        }
        var same = 0
        if row > 0, canReachUp, x + run < width || run == 0 {
          while x + same < width,
            (pixels[start + x + same] ^ pixels[start - stride + x + same]) & mask == 0
          { same += 1 }
        }
        if run > 0 && run >= same {
          stream.match(length: 3 * run, distance: 3)
          x += run
        } else if same > 0 {
          stream.match(length: 3 * same, distance: rowBytes)
          x += same
        } else {
          for shift in [16, 8, 0] as [UInt32] {
            stream.literal(UInt8(truncatingIfNeeded: pixel >> shift))
          }
          x += 1
        }
      }
    }
    stream.finish(adler: adler.value)
    return stream.bytes
  }

  private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    file += bigEndian(UInt32(truncatingIfNeeded: data.count))
    let body = Array(type.utf8) + data
    file += body
    file += bigEndian(CRC32.byEightBytes(body.span))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
