@testable import MachineModel

/// The reads of a kernel as a plain list, from loops over images, rows and bytes.
struct NaiveWalk {
  let reader: WeightReader
  let code: Range<Int>
  private(set) var lines: [Int] = []
  private let lineBytes: Int

  init(_ reader: WeightReader, code: Range<Int> = 0..<0, lineBytes: Int = 8) {
    self.reader = reader
    self.code = code
    self.lineBytes = lineBytes
    switch reader.order {
    case .rows: matrix()
    case .rowPairs:
      for _ in 0..<reader.outputHeight * reader.outputWidth { pairs() }
    case .everyTwoPixels: im2col()
    case .pairStationary(true): stationary(reader.outputHeight * reader.outputWidth)
    case .pairStationary(false):
      for _ in 0..<reader.outputHeight { stationary(reader.outputWidth) }
    case .everyPixel, .depthwise, .depthwiseQuads: image()
    }
  }

  private mutating func read(_ address: Int, _ bytes: Int) {
    for byte in address..<address + bytes where lines.last != byte / lineBytes {
      lines.append(byte / lineBytes)
    }
  }
  private mutating func bias(_ output: Int) {
    if let address = reader.biasAddress { read(address + 4 * output, 4) }
  }
  private mutating func runCode() {
    for line in code where lines.last != line { lines.append(line) }
  }
  private var rowBytes: Int {
    reader.filterHeight * reader.filterWidth * reader.depth * reader.weightBytes
  }
  private func address(_ row: Int) -> Int { reader.weightAddress + row * rowBytes }

  private mutating func matrix() {
    for _ in 0..<reader.outputHeight * reader.outputWidth {
      for row in 0..<reader.outputChannels {
        for weight in 0..<reader.depth { read(address(row) + 4 * weight, 4) }
        bias(row)
        runCode()
      }
    }
  }

  private mutating func pair(_ row: Int) {
    var column = 0
    while column + 4 <= rowBytes {
      read(address(row) + column, 4)
      read(address(row + 1) + column, 4)
      column += 4
    }
    while column < rowBytes {
      read(address(row) + column, 1)
      read(address(row + 1) + column, 1)
      column += 1
    }
  }

  private mutating func alone(_ row: Int) {
    bias(row)
    read(address(row), rowBytes)
    runCode()
  }

  private mutating func pairs() {
    for row in 0..<reader.outputChannels where row % 2 == 0 {
      if row + 1 == reader.outputChannels {
        alone(row)
      } else {
        bias(row)
        bias(row + 1)
        pair(row)
        runCode()
      }
    }
  }

  private mutating func im2col() {
    var waiting = 0
    for _ in 0..<reader.outputHeight {
      for _ in 0..<reader.outputWidth {
        waiting += 1
        if waiting == 2 {
          pairs()
          waiting = 0
        }
      }
    }
    if waiting == 1 { for row in 0..<reader.outputChannels { alone(row) } }
  }

  private mutating func stationary(_ pixels: Int) {
    for row in 0..<reader.outputChannels where row % 2 == 0 {
      if row + 1 == reader.outputChannels {
        for _ in 0..<pixels { alone(row) }
      } else {
        for byte in 0..<rowBytes {
          read(address(row) + byte, 1)
          read(address(row + 1) + byte, 1)
        }
        bias(row)
        bias(row + 1)
        for _ in 0..<(pixels + 1) / 2 {
          pair(row)
          runCode()
        }
      }
    }
  }

  private mutating func image() {
    for y in 0..<reader.outputHeight {
      for x in 0..<reader.outputWidth {
        switch reader.order {
        case .everyPixel:
          for channel in 0..<reader.outputChannels {
            for (tap, isInside) in taps(y, x) where isInside {
              read(address(channel) + tap * reader.depth * 4, reader.depth * 4)
            }
            bias(channel)
            runCode()
          }
        case .depthwise:
          for channel in 0..<reader.outputChannels {
            for (tap, isInside) in taps(y, x) where isInside {
              read(reader.weightAddress + 4 * (tap * reader.outputChannels + channel), 4)
            }
            bias(channel)
            runCode()
          }
        default: quads(y, x)
        }
      }
    }
  }

  private mutating func quads(_ y: Int, _ x: Int) {
    let skips =
      reader.filterHeight == 3 && reader.filterWidth == 3 && reader.padTop <= 1
      && reader.padLeft <= 1
    let fours = reader.outputChannels / 4 * 4
    for channel in 0..<reader.outputChannels where channel >= fours || channel % 4 == 0 {
      let count = channel < fours ? 4 : 1
      for output in channel..<channel + count { bias(output) }
      for (tap, isInside) in taps(y, x) where isInside || !skips {
        read(reader.weightAddress + tap * reader.outputChannels + channel, count)
      }
      runCode()
    }
  }

  /// Number of each tap, and whether it lies inside of the image.
  private func taps(_ y: Int, _ x: Int) -> [(Int, Bool)] {
    (0..<reader.filterHeight * reader.filterWidth).map { tap in
      let row = y * reader.strideHeight - reader.padTop + tap / reader.filterWidth
      let column = x * reader.strideWidth - reader.padLeft + tap % reader.filterWidth
      return (
        tap,
        row >= 0 && row < reader.inputHeight && column >= 0 && column < reader.inputWidth
      )
    }
  }
}
