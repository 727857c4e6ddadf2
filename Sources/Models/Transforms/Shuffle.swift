/// Rows of a tensor whose elements stand in another order: images, transposed and then flattened.
struct Shuffle: Equatable {
  /// [N, ...] as the elements are stored.
  let stored: [Int]
  /// The order of dimensions in which they were to be flattened; N stays first.
  let order: Permutation

  /// nil where N moves.
  init?(stored: [Int], order: Permutation) {
    guard order.order.first == 0, order.order.count == stored.count else { return nil }
    self.stored = stored
    self.order = order
  }

  /// Elements of a row.
  var columns: Int { stored.dropFirst().reduce(1, *) }

  /// True where the last size of `flat` is the number of elements of an image of `shape`, so that a row
  /// is an image.
  static func isFlattening(_ shape: [Int], to flat: [Int]) -> Bool {
    guard shape.count >= 2, let columns = CheckedArithmetic.product(Array(shape.dropFirst())) else {
      return false
    }
    return flat.last == columns && columns > 0
  }

  /// A constant with a number for each column, whose columns were in the flattened order, with columns
  /// as they are stored. Its last size is `columns`.
  func reordered(_ constant: Tensor) -> Tensor? {
    guard let width = constant.constantWidth, let bytes = constant.constant,
      let count = constant.elementCount, columns > 0, count % columns == 0
    else { return nil }
    let flattened = [count / columns] + order(stored).dropFirst()
    var result = constant
    result.constant = ConstantData.permuted(
      bytes, shape: flattened, width: width, by: order.inverse)
    return result
  }
}
