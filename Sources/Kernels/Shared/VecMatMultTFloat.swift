import Core

/// The taps of a window inside the image as runs of elements that follow each other in the input
/// and in the weights: whole rows where taps touch each other, else single taps.
struct WindowRuns {
  /// Rows, runs in each and elements of each.
  var height: Int
  var width: Int
  var length: Int
  /// Where the first is, in the image and in a filter.
  var source: Int
  var filter: Int
  /// From a run to the next in its row, in the image; in the filter they touch.
  var runStep: Int
  /// From a row to the next, in the image and in the filter.
  var rowStep: Int
  var filterStep: Int

  /// One run.
  @inline(__always)
  init(length: Int) {
    (height, width) = (1, 1)
    self.length = length
    (source, filter, runStep, rowStep, filterStep) = (0, 0, 0, 0, 0)
  }

  @inline(__always)
  init(
    _ shape: ConvolutionShape, rows: (origin: Int, taps: TapRange),
    columns: (origin: Int, taps: TapRange)
  ) {
    height = rows.taps.end &- rows.taps.first
    width = columns.taps.end &- columns.taps.first
    length = shape.filterDepth
    let y = rows.origin &+ rows.taps.first &* shape.dilationHeight
    let x = columns.origin &+ columns.taps.first &* shape.dilationWidth
    // A window wholly in the padding may begin outside; nothing of it is read.
    source = height > 0 && width > 0 ? (y &* shape.inputWidth &+ x) &* shape.inputDepth : 0
    filter = (rows.taps.first &* shape.filterWidth &+ columns.taps.first) &* shape.filterDepth
    runStep = shape.dilationWidth &* shape.inputDepth
    rowStep = shape.dilationHeight &* shape.inputWidth &* shape.inputDepth
    filterStep = shape.filterWidth &* shape.filterDepth
    if runStep == length {
      length = width &* length
      width = width > 0 ? 1 : 0
    }
  }
}

/// One or two fp32 vectors times the transposed weight matrix, four rows at a time: eight sums in
/// registers.
struct VecMatMultTFloat {
  var weights: UnsafePointer<Float>
  /// Elements from a row to the next.
  var rowSize: Int
  var bias: UnsafePointer<Float>?
  /// Rows, and so results of each vector.
  var count: Int
  /// Elements of the output from a vector's results to the next one's.
  var stride: Int
  var min: Float
  var max: Float

  /// The results of one vector. Past the last row, the last is computed again and not written.
  @inline(never)
  func writeOne(
    _ vector: UnsafePointer<Float>, _ runs: WindowRuns, _ output: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    while row < count {
      var sums = FloatSums()
      var (run0, run1, run2, run3) = rows(row, runs)
      var line = vector
      for _ in 0..<runs.height {
        var (values, left) = (line, runs.width)
        var (at0, at1, at2, at3) = (run0, run1, run2, run3)
        while left > 0 {
          for index in 0..<runs.length {
            sums.add(values[index], at0[index], at1[index], at2[index], at3[index])
          }
          values += runs.runStep
          at0 += runs.length
          at1 += runs.length
          at2 += runs.length
          at3 += runs.length
          left &-= 1
        }
        line += runs.rowStep
        run0 += runs.filterStep
        run1 += runs.filterStep
        run2 += runs.filterStep
        run3 += runs.filterStep
      }
      store(sums, row, output)
      row &+= 4
    }
  }

  /// The results of two vectors that are `step` elements apart.
  @inline(never)
  func writePair(
    _ vector: UnsafePointer<Float>, _ step: Int, _ runs: WindowRuns,
    _ output: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    while row < count {
      var first = FloatSums()
      var second = FloatSums()
      var (run0, run1, run2, run3) = rows(row, runs)
      var line = vector
      for _ in 0..<runs.height {
        var (values, left) = (line, runs.width)
        var (at0, at1, at2, at3) = (run0, run1, run2, run3)
        while left > 0 {
          let next = values + step
          for index in 0..<runs.length {
            let (weight0, weight1) = (at0[index], at1[index])
            let (weight2, weight3) = (at2[index], at3[index])
            first.add(values[index], weight0, weight1, weight2, weight3)
            second.add(next[index], weight0, weight1, weight2, weight3)
          }
          values += runs.runStep
          at0 += runs.length
          at1 += runs.length
          at2 += runs.length
          at3 += runs.length
          left &-= 1
        }
        line += runs.rowStep
        run0 += runs.filterStep
        run1 += runs.filterStep
        run2 += runs.filterStep
        run3 += runs.filterStep
      }
      store(first, row, output)
      store(second, row, output + stride)
      row &+= 4
    }
  }

  private typealias Pointers = (
    UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>
  )

  @inline(__always)
  private func rows(_ row: Int, _ runs: WindowRuns) -> Pointers {
    let last = count &- 1 &- row
    let start = weights + (row &* rowSize &+ runs.filter)
    return (
      start, start + (last < 1 ? last : 1) &* rowSize, start + (last < 2 ? last : 2) &* rowSize,
      start + (last < 3 ? last : 3) &* rowSize
    )
  }

  @inline(__always)
  private func store(_ sums: FloatSums, _ row: Int, _ output: UnsafeMutablePointer<Float>) {
    store(sums.sum0, row, output)
    if row &+ 1 < count { store(sums.sum1, row &+ 1, output) }
    if row &+ 2 < count { store(sums.sum2, row &+ 2, output) }
    if row &+ 3 < count { store(sums.sum3, row &+ 3, output) }
  }

  @inline(__always)
  private func store(_ sum: Float, _ row: Int, _ output: UnsafeMutablePointer<Float>) {
    output[row] = clamped(sum + (bias?[row] ?? 0), min, max)
  }
}

/// Four sums of products.
struct FloatSums {
  var sum0: Float = 0
  var sum1: Float = 0
  var sum2: Float = 0
  var sum3: Float = 0

  @inline(__always)
  mutating func add(
    _ value: Float, _ weight0: Float, _ weight1: Float, _ weight2: Float, _ weight3: Float
  ) {
    sum0 += value * weight0
    sum1 += value * weight1
    sum2 += value * weight2
    sum3 += value * weight3
  }
}
