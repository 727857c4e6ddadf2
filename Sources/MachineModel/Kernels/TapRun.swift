import Core

/// Positions of a filter along one axis, one after the other, that read the same taps.
struct TapRun: Equatable {
  /// Taps inside of the image.
  var taps: Range<Int>
  /// Number of positions.
  var count: Int

  /// The runs of `count` positions.
  static func runs(
    count: Int, stride: Int, pad: Int, filter: Int, input: Int
  ) -> [TapRun] {
    var result: [TapRun] = []
    for position in 0..<max(count, 0) {
      let inside = TapRange(
        origin: position * stride - pad, dilation: 1, taps: filter, size: input)
      let taps = inside.first..<inside.end
      if let last = result.indices.last, result[last].taps == taps {
        result[last].count += 1
      } else {
        result.append(TapRun(taps: taps, count: 1))
      }
    }
    return result
  }
}

extension WeightReader {
  /// Whether its kernel leaves out the taps that fall into the padding. Of CMSIS-NN's int8 depthwise
  /// kernels, the one for 3x3 filters and a padding of at most 1 does.
  private var skipsPadding: Bool {
    switch order {
    case .everyPixel, .depthwise: true
    case .depthwiseQuads: filterHeight == 3 && filterWidth == 3 && padTop <= 1 && padLeft <= 1
    case .rows, .rowPairs, .everyTwoPixels, .pairStationary: false
    }
  }

  /// Rows and columns of the output by the taps that are read there. Where that gives so many different
  /// pixels that walking them would take more than `mostReads` reads, all taps are read everywhere.
  var tapRuns: (rows: [TapRun], columns: [TapRun]) {
    if skipsPadding {
      let rows = TapRun.runs(
        count: outputHeight, stride: strideHeight, pad: padTop, filter: filterHeight,
        input: inputHeight)
      let columns = TapRun.runs(
        count: outputWidth, stride: strideWidth, pad: padLeft, filter: filterWidth,
        input: inputWidth)
      let pass = outputChannels * (rowBytes + codeBytes)
      if rows.count * columns.count <= max(Self.mostReads / max(pass, 1), 16) {
        return (rows, columns)
      }
    }
    return (
      [TapRun(taps: 0..<filterHeight, count: outputHeight)],
      [TapRun(taps: 0..<filterWidth, count: outputWidth)]
    )
  }

  /// A bound on work, not on models: those of MLPerf Tiny need at most a thousandth.
  static let mostReads = 1 << 32
}
