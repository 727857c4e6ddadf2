// int8 elements are compared as they are, as TFLM does: all three tensors must share scale and zero
// point. Where a comparison with a NaN is false, the right one is the result, as in TFLM.

/// MINIMUM of int8.
public func minimumInt8(
  _ shape: Broadcast, left: UnsafePointer<Int8>, right: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  shape.forEach(left, right, output) { $0 < $1 ? $0 : $1 }
}

/// MAXIMUM of int8.
public func maximumInt8(
  _ shape: Broadcast, left: UnsafePointer<Int8>, right: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  shape.forEach(left, right, output) { $0 > $1 ? $0 : $1 }
}

/// MINIMUM of fp32.
public func minimumFloat(
  _ shape: Broadcast, left: UnsafePointer<Float>, right: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  shape.forEach(left, right, output) { $0 < $1 ? $0 : $1 }
}

/// MAXIMUM of fp32.
public func maximumFloat(
  _ shape: Broadcast, left: UnsafePointer<Float>, right: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  shape.forEach(left, right, output) { $0 > $1 ? $0 : $1 }
}
