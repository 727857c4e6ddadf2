/// Bytes of constants in another order.
enum ConstantData {
  /// The elements of an array of that shape, its dimensions in the order of `permutation`.
  ///
  /// `bytes.count` is `width` times the number of elements.
  static func permuted(
    _ bytes: ArraySlice<UInt8>, shape: [Int], width: Int, by permutation: Permutation
  ) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    let strides = permutation(rowStrides(shape))
    forEachOffset(sizes: permutation(shape), strides: [strides]) { offsets in
      let start = bytes.startIndex + offsets[0] * width
      for place in start..<start + width { result.append(bytes[place]) }
    }
    return result[...]
  }

  /// Distance of neighbours along each dimension, in elements, of an array stored row by row.
  static func rowStrides(_ shape: [Int]) -> [Int] {
    var result = shape
    var stride = 1
    for dimension in shape.indices.reversed() {
      result[dimension] = stride
      stride *= max(shape[dimension], 1)
    }
    return result
  }

  /// Strides with which an array of `shape` is read as one of `wide`: 0 where it is repeated.
  static func broadcastStrides(_ shape: [Int], to wide: [Int]) -> [Int] {
    let missing = wide.count - shape.count
    let own = rowStrides(shape)
    return wide.indices.map {
      $0 < missing || shape[$0 - missing] == 1 ? 0 : own[$0 - missing]
    }
  }

  /// Calls `body` for each element of an array of these sizes, row by row, with its offset in each of
  /// some arrays that are read with other strides.
  static func forEachOffset(sizes: [Int], strides: [[Int]], _ body: ([Int]) -> Void) {
    guard !sizes.contains(where: { $0 <= 0 }) else { return }
    var index = sizes.map { _ in 0 }
    var offsets = strides.map { _ in 0 }
    while true {
      body(offsets)
      var dimension = sizes.count - 1
      while dimension >= 0 {
        index[dimension] += 1
        for array in strides.indices { offsets[array] += strides[array][dimension] }
        if index[dimension] < sizes[dimension] { break }
        for array in strides.indices {
          offsets[array] -= strides[array][dimension] * sizes[dimension]
        }
        index[dimension] = 0
        dimension -= 1
      }
      if dimension < 0 { return }
    }
  }
}

extension Tensor {
  /// Bytes of one element of a constant whose elements stand at whole bytes and are all there; nil for
  /// others.
  var constantWidth: Int? {
    guard let constant, !isSparse, let bits = elementType.bits, bits % 8 == 0,
      constant.count == byteCount
    else { return nil }
    return bits / 8
  }
}
