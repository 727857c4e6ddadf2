import CCairo
import TestSupport
import Testing

@testable import Plots

@Suite struct PNGTests {
  /// What Cairo (libpng and zlib, which check every checksum) reads back: 0xRRGGBB.
  private func decode(_ png: [UInt8]) -> (width: Int, pixels: [UInt32])? {
    final class Source {
      var bytes: ArraySlice<UInt8>
      init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
    }
    let source = Source(png[...])
    let surface = withExtendedLifetime(source) {
      cairo_image_surface_create_from_png_stream(
        { closure, data, length in
          guard let closure, let data else { return CAIRO_STATUS_READ_ERROR }
          let source = Unmanaged<Source>.fromOpaque(closure).takeUnretainedValue()
          guard source.bytes.count >= Int(length) else { return CAIRO_STATUS_READ_ERROR }
          for index in 0..<Int(length) { data[index] = source.bytes.removeFirst() }
          return CAIRO_STATUS_SUCCESS
        }, Unmanaged.passUnretained(source).toOpaque())
    }
    defer { cairo_surface_destroy(surface) }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
      let data = cairo_image_surface_get_data(surface)
    else { return nil }
    let width = Int(cairo_image_surface_get_width(surface))
    let height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    var pixels: [UInt32] = []
    for y in 0..<height {
      for x in 0..<width {
        let at = y * stride + 4 * x
        pixels.append(
          UInt32(data[at]) | UInt32(data[at + 1]) << 8 | UInt32(data[at + 2]) << 16)
      }
    }
    return (width, pixels)
  }

  /// Noise, flat areas, runs of all lengths, and rows longer than the window of 32 KiB.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `every image is read back as it was`(seed: UInt64) throws {
    var random = SplitMix(seed)
    let width = seed % 10 == 9 ? random.int(10_900...12_000) : random.int(1...700)
    let height = random.int(1...12)
    let stride = width + random.int(0...3)
    var pixels: [UInt32] = []
    let sameness = random.pick([0, 0.5, 0.9, 0.99, 0.999, 1])
    for index in 0..<(stride * height) {
      switch random.int(0...1) {
      case 0 where random.chance(sameness) && index > 0: pixels.append(pixels[index - 1])
      case 1 where random.chance(sameness) && index >= stride: pixels.append(pixels[index - stride])
      case _ where random.chance(sameness): pixels.append(0xfdfdfc)
      default: pixels.append(UInt32(truncatingIfNeeded: random.next()))
      }
    }
    let png = pixels.withUnsafeBufferPointer {
      PNGWriter.png($0, width: width, height: height, stride: stride)
    }
    let read = try #require(decode(png))
    #expect(read.width == width)
    let plain = (0..<height).flatMap { row in
      pixels[(row * stride)..<(row * stride + width)].map { $0 & 0xff_ffff }
    }
    #expect(read.pixels == plain)
  }

  @Test func `the checksum agrees with its standard`() {
    var adler = Adler32()
    for byte in "Wikipedia".utf8 { adler.add(UInt32(byte)) }
    #expect(adler.value == 0x11e6_0398)
    var (one, three) = (Adler32(), Adler32())
    for _ in 0..<9_000 {
      three.add(pixel: 0xfffefd)
      for byte in [0xff, 0xfe, 0xfd] as [UInt32] { one.add(byte) }
    }
    #expect(one.value == three.value)
  }
}
