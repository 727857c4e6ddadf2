import Models

/// Numbers in a file: shape, and bytes row by row, which are read when they are needed.
struct NumberArray: Sendable {
  /// Sizes; empty for a single number.
  var shape: [Int]
  var format: NumberFormat
  /// As many as the shape takes.
  var bytes: ArraySlice<UInt8>

  /// Number of numbers.
  var count: Int { bytes.count / format.width }

  /// The numbers in `range`, which lies within 0..<count.
  func floats(_ range: Range<Int>) -> [Float] {
    let start = bytes.startIndex
    return format.floats(
      bytes[start + range.lowerBound * format.width..<start + range.upperBound * format.width])
  }

  /// As in `45x30x1x40`.
  static func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "a single number" : shape.map(String.init).joined(separator: "x")
  }

  /// The product of sizes that are not negative; nil where it overflows.
  static func product(_ shape: [Int]) -> Int? {
    if shape.contains(0) { return 0 }
    var result = 1
    for size in shape {
      let (next, overflows) = result.multipliedReportingOverflow(by: size)
      if overflows { return nil }
      result = next
    }
    return result
  }
}
