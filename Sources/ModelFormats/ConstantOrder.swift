import Models

/// Constants with their dimensions in another order.
enum ConstantOrder {
  /// Dimension i of the result is dimension `order[i]` of `tensor`, a float32 constant. `order` is a
  /// permutation of its dimensions.
  static func transposed(_ tensor: Tensor, _ order: [Int]) -> Tensor {
    let shape = order.map { tensor.shape[$0] }
    let source = tensor.floatValues ?? []
    var steps = Array(repeating: 1, count: tensor.shape.count)
    for axis in steps.indices.dropLast().reversed() {
      steps[axis] = steps[axis + 1] * tensor.shape[axis + 1]
    }
    let strides = order.map { steps[$0] }
    var result: [Float] = []
    result.reserveCapacity(source.count)
    var index = Array(repeating: 0, count: shape.count)
    var position = 0
    for _ in source.indices {
      result.append(source[position])
      // The next index, the last dimension first.
      for axis in index.indices.reversed() {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < shape[axis] { break }
        position -= strides[axis] * shape[axis]
        index[axis] = 0
      }
    }
    return .floats(result, shape: shape, name: tensor.name)
  }
}
