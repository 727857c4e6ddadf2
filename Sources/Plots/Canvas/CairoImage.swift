import CCairo
import Support

extension CairoCanvas {
  /// The image surface (RGB24) as a PNG file.
  ///
  /// Cairo's own writer leaves the compression to zlib's default, which takes most of the time of a
  /// figure.
  func png() throws(Diagnostic) -> [UInt8] {
    try finishDrawing()
    let width = Int(cairo_image_surface_get_width(surface))
    let height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard width > 0, height > 0, stride >= 4 * width, stride % 4 == 0,
      let data = cairo_image_surface_get_data(surface)
    else { throw .cairo("the surface is no image") }
    // Cairo keeps stride * height bytes at `data`, aligned for 32-bit pixels of native byte order,
    // as long as the surface lives; nothing draws meanwhile.
    let count = stride / 4 * height
    return data.withMemoryRebound(to: UInt32.self, capacity: count) { pixels in
      PNGWriter.png(
        UnsafeBufferPointer(start: pixels, count: count), width: width, height: height,
        stride: stride / 4)
    }
  }
}
