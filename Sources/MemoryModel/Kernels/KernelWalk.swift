/// Sends the reads of one operator through a stream, in the order of its kernel.
struct KernelWalk {
  let reader: WeightReader
  /// Lines of code that are run once per output, in flash too; they share the cache.
  let code: Range<Int>

  func run<Cache>(_ stream: inout FillStream<Cache>) {
    switch reader.order {
    case .rows:
      for pixel in 0..<reader.pixels {
        _ = pixel
        for row in 0..<reader.outputChannels {
          segment(&stream, row * reader.rowBytes, reader.rowBytes)
          finish(&stream, row, outputs: 1)
        }
      }
    case .rowPairs:
      stream.times(reader.pixels) { allPairs(&$0, pixels: 1) }
    case .everyTwoPixels:
      stream.times(reader.pixels / 2) { allPairs(&$0, pixels: 2) }
      if reader.pixels % 2 == 1 { allPairs(&stream, pixels: 1) }
    case .pairStationary(let wholeImage):
      // Once read, a pair of rows stays: it is far smaller than the cache.
      stream.times(wholeImage ? 1 : reader.outputHeight) { allPairs(&$0, pixels: 1) }
    case .everyPixel: image(&stream) { pixel(&$0, $1, $2) }
    case .depthwise: image(&stream) { depthwise(&$0, $1, $2) }
    case .depthwiseQuads: stream.times(reader.pixels) { quads(&$0) }
    }
  }

  // MARK: pieces

  /// Weights that are read one after the other.
  private func segment<Cache>(_ stream: inout FillStream<Cache>, _ offset: Int, _ bytes: Int) {
    stream.read(
      address: reader.weightAddress + offset, bytes: bytes,
      cyclesPerLine: reader.pace.perMAC * 8 / Double(reader.weightBytes))
    stream.work(reader.pace.perSegment)
  }

  /// What follows the sum of one output: its bias, and the code around the inner loop.
  private func finish<Cache>(_ stream: inout FillStream<Cache>, _ output: Int, outputs: Int) {
    if let bias = reader.biasAddress { stream.read(address: bias + 4 * output, bytes: 4) }
    for line in code { stream.read(line: line) }
    stream.work(reader.pace.perOutput * Double(outputs))
  }

  /// All rows, two at a time; 4 bytes of one, 4 bytes of the other.
  private func allPairs<Cache>(_ stream: inout FillStream<Cache>, pixels: Int) {
    let bytes = reader.rowBytes
    var row = 0
    let perStep = reader.pace.perMAC * 4 * 2 * Double(pixels) / Double(reader.weightBytes)
    while row + 1 < reader.outputChannels {
      let a = reader.weightAddress + row * bytes
      let b = a + bytes
      var lineA = -1
      var lineB = -1
      var offset = 0
      while offset < bytes {
        let last = min(offset + 4, bytes) - 1
        for line in stream.line(of: a + offset)...stream.line(of: a + last) where line != lineA {
          stream.read(line: line)
          lineA = line
        }
        for line in stream.line(of: b + offset)...stream.line(of: b + last) where line != lineB {
          stream.read(line: line)
          lineB = line
        }
        stream.work(perStep)
        offset += 4
      }
      if let bias = reader.biasAddress { stream.read(address: bias + 4 * row, bytes: 4) }
      finish(&stream, row + 1, outputs: 2 * pixels)
      row += 2
    }
    if row < reader.outputChannels {
      segment(&stream, row * bytes, bytes)
      finish(&stream, row, outputs: pixels)
    }
  }

  /// One output pixel of a convolution; the taps outside of the image are skipped.
  private func pixel<Cache>(_ stream: inout FillStream<Cache>, _ ys: Range<Int>, _ xs: Range<Int>) {
    let tap = reader.depth * reader.weightBytes
    for output in 0..<reader.outputChannels {
      for y in ys {
        for x in xs {
          segment(
            &stream, output * reader.rowBytes + (y * reader.filterWidth + x) * tap, tap)
        }
      }
      finish(&stream, output, outputs: 1)
    }
  }

  private func depthwise<Cache>(
    _ stream: inout FillStream<Cache>, _ ys: Range<Int>, _ xs: Range<Int>
  ) {
    for channel in 0..<reader.outputChannels {
      for y in ys {
        for x in xs {
          let tap = y * reader.filterWidth + x
          segment(
            &stream, (tap * reader.outputChannels + channel) * reader.weightBytes,
            reader.weightBytes)
        }
      }
      finish(&stream, channel, outputs: 1)
    }
  }

  private func quads<Cache>(_ stream: inout FillStream<Cache>) {
    var channel = 0
    while channel < reader.outputChannels {
      let count = min(4, reader.outputChannels - channel)
      for tap in 0..<reader.filterHeight * reader.filterWidth {
        segment(
          &stream, (tap * reader.outputChannels + channel) * reader.weightBytes,
          count * reader.weightBytes)
      }
      for output in channel..<channel + count { finish(&stream, output, outputs: 1) }
      channel += count
    }
  }

  /// Every pixel of the output with the taps that lie inside of the image. Rows and columns that see
  /// the same taps are repeated, not walked one by one.
  private func image<Cache>(
    _ stream: inout FillStream<Cache>,
    _ pixel: (inout FillStream<Cache>, Range<Int>, Range<Int>) -> Void
  ) {
    let rows = Self.runs(
      count: reader.outputHeight, stride: reader.strideHeight, pad: reader.padTop,
      filter: reader.filterHeight, input: reader.inputHeight)
    let columns = Self.runs(
      count: reader.outputWidth, stride: reader.strideWidth, pad: reader.padLeft,
      filter: reader.filterWidth, input: reader.inputWidth)
    for row in rows {
      stream.times(row.count) { stream in
        for column in columns {
          stream.times(column.count) { pixel(&$0, row.taps, column.taps) }
        }
      }
    }
  }

  /// Runs of positions along one axis that use the same taps.
  static func runs(count: Int, stride: Int, pad: Int, filter: Int, input: Int) -> [(
    taps: Range<Int>, count: Int
  )] {
    var result: [(taps: Range<Int>, count: Int)] = []
    for position in 0..<max(count, 0) {
      let origin = position * stride - pad
      let low = min(max(0, -origin), filter)
      let taps = low..<max(low, min(filter, input - origin))
      if let last = result.indices.last, result[last].taps == taps {
        result[last].count += 1
      } else {
        result.append((taps, 1))
      }
    }
    return result
  }
}
