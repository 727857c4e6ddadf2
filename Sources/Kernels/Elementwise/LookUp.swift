// An int8 operator of one input is a table of 256 results, at the input's bits as an unsigned number.
// A table costs 256 bytes of RAM or flash and makes every element a load.

/// Fills 256 entries with the bits of `tanhInt8`.
public func fillTanhTable(_ parameters: CurveParameters, table: UnsafeMutablePointer<Int8>) {
  fill(table) { parameters.tanh($0) }
}

/// Fills 256 entries with the bits of `logisticInt8`.
public func fillLogisticTable(_ parameters: CurveParameters, table: UnsafeMutablePointer<Int8>) {
  fill(table) { parameters.logistic($0) }
}

/// Fills 256 entries with the bits of `requantizeInt8`.
public func fillRequantizationTable(
  _ parameters: RequantizationParameters, table: UnsafeMutablePointer<Int8>
) {
  fill(table) { parameters.result($0) }
}

/// Writes the table's entry for each of `count` elements.
///
/// Bounds: an element has 256 values, the table as many entries.
public func lookUpInt8(
  table: UnsafePointer<Int8>, count: Int32, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  map(count, input, output) { table[Int(UInt8(bitPattern: $0))] }
}

@inline(__always)
private func fill(_ table: UnsafeMutablePointer<Int8>, _ operation: (Int8) -> Int8) {
  var bits = 0
  while bits < 256 {
    table[bits] = operation(Int8(truncatingIfNeeded: bits))
    bits &+= 1
  }
}
