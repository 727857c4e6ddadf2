/// An order of dimensions: dimension i of the result is dimension `order[i]` of the operand.
struct Permutation: Hashable, Sendable {
  let order: [Int]

  /// More dimensions than any operator of TFLite takes; more are left as they are.
  static let mostDimensions = 8
  /// From [N, H, W, C] to [N, C, H, W].
  static let toChannelsFirst = Permutation(valid: [0, 3, 1, 2])
  /// From [N, C, H, W] to [N, H, W, C].
  static let toChannelsLast = Permutation(valid: [0, 2, 3, 1])

  /// Of a tensor whose order nobody asked to change.
  static let unmoved = unmoved(0)

  /// The identity of that many dimensions, `mostDimensions` at most.
  static func unmoved(_ dimensions: Int) -> Permutation {
    Permutation(valid: Array(0..<min(dimensions, mostDimensions)))
  }

  private init(valid order: [Int]) { self.order = order }

  /// nil unless each number below `order.count` occurs once.
  init?(_ order: [Int]) {
    guard order.count <= Self.mostDimensions, order.sorted() == Array(order.indices) else {
      return nil
    }
    self.order = order
  }

  var isIdentity: Bool { order.elementsEqual(order.indices) }

  var inverse: Permutation {
    var result = order
    for (place, dimension) in order.enumerated() { result[dimension] = place }
    return Permutation(valid: result)
  }

  /// This, then `next`; both have as many dimensions.
  func then(_ next: Permutation) -> Permutation {
    Permutation(valid: next.order.map { order[$0] })
  }

  /// What belongs to each dimension, in the new order.
  func callAsFunction<Element>(_ dimensions: [Element]) -> [Element] {
    order.map { dimensions[$0] }
  }

  /// Dimensions left when some of the operand's are taken out.
  func dropping(_ dimensions: Set<Int>) -> Permutation {
    let kept = order.indices.filter { !dimensions.contains($0) }
    let places = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    return Permutation(valid: order.compactMap { places[$0] })
  }

  /// True where only dimensions of size 1 move in an operand of that shape: elements stay in order.
  func keepsElementOrder(of shape: [Int]) -> Bool {
    let moved = order.filter { shape[$0] != 1 }
    return zip(moved, moved.dropFirst()).allSatisfy { $0 < $1 }
  }
}
