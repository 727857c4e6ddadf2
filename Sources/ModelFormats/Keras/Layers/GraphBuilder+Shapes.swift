import Models
import Support

/// Layers without weights that need more than one operator or a constant.
extension GraphBuilder {
  /// Sums from left to right.
  mutating func addSum(_ name: String, _ inputs: [Int]) throws(Diagnostic) -> Int {
    var sum = inputs[0]
    for (place, next) in inputs.enumerated().dropFirst() {
      let isLast = place == inputs.count - 1
      sum = try append(
        .add, .activation(.none), [sum, next], isLast ? name : "\(name)/sum_\(place)")
    }
    return sum
  }

  /// The mean over height and width.
  mutating func addMean(_ name: String, input: Int, keeps: Bool) throws(Diagnostic) -> Int {
    try checkImage(input, name)
    let axes = addConstant(Tensor.int32s([1, 2], shape: [2], name: name + "/axes"))
    return try append(.mean, .reducer(keepsDimensions: keeps), [input, axes], name)
  }

  /// Flatten and Reshape; the batch stays as it is.
  mutating func addReshape(
    _ operation: KerasOperation, _ name: String, input: Int
  ) throws(Diagnostic) -> Int {
    let given = shape(input)
    let count = given.dropFirst().reduce(1, *)
    var sizes = [count]
    if case .reshape(let target) = operation {
      sizes = target
      var known = 1
      for size in target where size != -1 {
        let (next, overflows) = known.multipliedReportingOverflow(by: size)
        known = overflows ? 0 : next
      }
      if let open = target.firstIndex(of: -1), known > 0, count % known == 0 {
        sizes[open] = count / known
        known = count
      }
      guard known == count, !sizes.contains(-1) else {
        throw KerasModel.broken(
          "layer `\(printable(name))` makes \(TensorCheck.text(target)) of "
            + "\(TensorCheck.text(Array(given.dropFirst()))), another number of "
            + "elements")
      }
    }
    let shape = [given.first ?? 1] + sizes
    let stated = shape.compactMap(Int32.init(exactly:))
    guard stated.count == shape.count else {
      throw KerasModel.broken("layer `\(printable(name))` makes a shape that is too large")
    }
    let constant = addConstant(Tensor.int32s(stated, shape: [shape.count], name: name + "/shape"))
    return try append(.reshape, .reshape(to: shape), [input, constant], name)
  }
}
