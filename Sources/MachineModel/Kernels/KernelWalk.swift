/// Sends the reads of one operator through a stream, in the order of its kernel.
struct KernelWalk {
  let reader: WeightReader
  /// Lines of code that are run once per output, in flash too; they share the cache.
  let code: Range<Int>

  func run<Cache: ~Copyable>(_ stream: inout FillStream<Cache>) {
    switch reader.order {
    case .rows:
      stream.times(reader.pixels) { stream in
        for row in 0..<reader.outputChannels { oneRow(&stream, row) }
      }
    case .rowPairs:
      stream.times(reader.pixels) { allPairs(&$0, pixels: 1) }
    case .everyTwoPixels:
      stream.times(reader.pixels / 2) { allPairs(&$0, pixels: 2) }
      if reader.pixels % 2 == 1 {
        for row in 0..<reader.outputChannels { oneRow(&stream, row, biasFirst: true) }
      }
    case .pairStationary(let wholeImage):
      let pixels = wholeImage ? reader.pixels : reader.outputWidth
      stream.times(wholeImage ? 1 : reader.outputHeight) { stationary(&$0, pixels: pixels) }
    case .everyPixel: image(&stream) { pixel(&$0, $1, $2) }
    case .depthwise: image(&stream) { depthwise(&$0, $1, $2) }
    case .depthwiseQuads: image(&stream) { quads(&$0, $1, $2) }
    }
  }

  // MARK: pieces

  /// Weights that are read one after the other.
  private func segment<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ offset: Int, _ bytes: Int
  ) {
    stream.read(
      address: reader.weightAddress + offset, bytes: bytes,
      cyclesPerByte: reader.pace.perMAC / Double(reader.weightBytes))
    stream.work(reader.pace.perSegment)
  }

  private func bias<Cache: ~Copyable>(_ stream: inout FillStream<Cache>, _ outputs: Range<Int>) {
    guard let address = reader.biasAddress else { return }
    for output in outputs { stream.read(address: address + 4 * output, bytes: 4) }
  }

  /// What follows the sums of some outputs: the code around the inner loop.
  private func finish<Cache: ~Copyable>(_ stream: inout FillStream<Cache>, outputs: Int) {
    for line in code { stream.read(line: line) }
    stream.work(reader.pace.perOutput * Double(outputs))
  }

  /// One row for one output.
  private func oneRow<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ row: Int, biasFirst: Bool = false
  ) {
    if biasFirst { bias(&stream, row..<row + 1) }
    segment(&stream, row * reader.rowBytes, reader.rowBytes)
    if !biasFirst { bias(&stream, row..<row + 1) }
    finish(&stream, outputs: 1)
  }

  // MARK: int8 matrices

  /// All rows, two at a time, each pair for so many pixels at once; a last odd row alone.
  private func allPairs<Cache: ~Copyable>(_ stream: inout FillStream<Cache>, pixels: Int) {
    for row in stride(from: 0, to: reader.outputChannels - 1, by: 2) {
      bias(&stream, row..<row + 2)
      pair(&stream, row, unit: 4, pixels: pixels)
      finish(&stream, outputs: 2 * pixels)
    }
    if reader.outputChannels % 2 == 1 {
      oneRow(&stream, reader.outputChannels - 1, biasFirst: true)
      stream.work(reader.pace.perOutput * Double(pixels - 1))
    }
  }

  /// Every pair of rows for all pixels, two pixels at a time, before the next pair. The sum of its
  /// weights, which the input's zero point is multiplied with, is made first, byte by byte.
  private func stationary<Cache: ~Copyable>(_ stream: inout FillStream<Cache>, pixels: Int) {
    for row in stride(from: 0, to: reader.outputChannels - 1, by: 2) {
      pair(&stream, row, unit: 1, pixels: 1)
      bias(&stream, row..<row + 2)
      stream.times(pixels / 2) { stream in
        pair(&stream, row, unit: 4, pixels: 2)
        finish(&stream, outputs: 4)
      }
      if pixels % 2 == 1 {
        pair(&stream, row, unit: 4, pixels: 1)
        finish(&stream, outputs: 2)
      }
    }
    if reader.outputChannels % 2 == 1 {
      stream.times(pixels) { oneRow(&$0, reader.outputChannels - 1, biasFirst: true) }
    }
  }

  /// Two rows: `unit` bytes of one, `unit` bytes of the other; what is left of them byte by byte.
  private func pair<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ row: Int, unit: Int, pixels: Int
  ) {
    let bytes = reader.rowBytes
    let first = reader.weightAddress + row * bytes
    let perByte = reader.pace.perMAC * 2 * Double(pixels) / Double(reader.weightBytes)
    guard reader.rowsInTurn else {
      for address in [first, first + bytes] {
        stream.read(address: address, bytes: bytes, cyclesPerByte: perByte / 2)
      }
      return
    }
    let tail = bytes / unit * unit
    // Where the two rows never share a set, nothing happens between the begins of lines.
    let distance = bytes / stream.lineBytes
    let apart = distance % stream.cache.sets != 0 && (distance + 1) % stream.cache.sets != 0
    var offset = 0
    while offset < bytes {
      let step = offset < tail ? unit : 1
      stream.read(address: first + offset, bytes: step)
      stream.read(address: first + bytes + offset, bytes: step)
      var next = offset + step
      if apart {
        // The step that reads the first byte of a line, of whichever row comes first.
        let a = -(first + next) & (stream.lineBytes - 1)
        let b = -(first + bytes + next) & (stream.lineBytes - 1)
        let begin = next + min(a, b)
        next = begin < tail ? begin / unit * unit : min(begin, bytes)
      }
      stream.work(perByte * Double(next - offset))
      offset = next
    }
  }

  // MARK: images

  /// One output pixel of a convolution; the taps outside of the image are skipped.
  private func pixel<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ ys: Range<Int>, _ xs: Range<Int>
  ) {
    let tap = reader.depth * reader.weightBytes
    for output in 0..<reader.outputChannels {
      for y in ys {
        for x in xs {
          segment(&stream, output * reader.rowBytes + (y * reader.filterWidth + x) * tap, tap)
        }
      }
      bias(&stream, output..<output + 1)
      finish(&stream, outputs: 1)
    }
  }

  private func depthwise<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ ys: Range<Int>, _ xs: Range<Int>
  ) {
    for channel in 0..<reader.outputChannels {
      taps(&stream, channel..<channel + 1, ys, xs)
      bias(&stream, channel..<channel + 1)
      finish(&stream, outputs: 1)
    }
  }

  /// Four channels at a time; those left over one by one.
  private func quads<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ ys: Range<Int>, _ xs: Range<Int>
  ) {
    var channel = 0
    while channel < reader.outputChannels {
      let count = reader.outputChannels - channel >= 4 ? 4 : 1
      let channels = channel..<channel + count
      bias(&stream, channels)
      taps(&stream, channels, ys, xs)
      finish(&stream, outputs: count)
      channel += count
    }
  }

  /// Some channels of each tap, for weights that lie channel by channel within a tap.
  private func taps<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>, _ channels: Range<Int>, _ ys: Range<Int>, _ xs: Range<Int>
  ) {
    for y in ys {
      for x in xs {
        let tap = y * reader.filterWidth + x
        segment(
          &stream, (tap * reader.outputChannels + channels.lowerBound) * reader.weightBytes,
          channels.count * reader.weightBytes)
      }
    }
  }

  /// Every pixel of the output with the taps that its kernel reads there. Rows and columns that see the
  /// same taps are repeated, not walked one by one.
  private func image<Cache: ~Copyable>(
    _ stream: inout FillStream<Cache>,
    _ pixel: (inout FillStream<Cache>, Range<Int>, Range<Int>) -> Void
  ) {
    let (rows, columns) = reader.tapRuns
    if rows.count == 1, columns.count == 1 {
      return stream.times(reader.pixels) { pixel(&$0, rows[0].taps, columns[0].taps) }
    }
    for row in rows {
      stream.times(row.count) { stream in
        for column in columns {
          stream.times(column.count) { pixel(&$0, row.taps, column.taps) }
        }
      }
    }
  }
}
