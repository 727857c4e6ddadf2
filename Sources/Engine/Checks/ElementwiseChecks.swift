import Kernels

extension OperatorCheck {
  func softmax(size: Int64) -> Bool {
    guard has(SoftmaxParameters.self) else { return false }
    let p = operation.parameters(SoftmaxParameters.self)
    let count = Sizes.product(p.rows, p.depth, 1)
    return has(.input, count, size: size) && has(.output, count, size: size)
  }

  func broadcast(size: Int64) -> Bool {
    guard has(Broadcast.self) else { return false }
    let boxes = boxes
    if boxes.words[24] == 0 { return true }
    return has(.output, boxes.product(0), size: size)
      && has(.input, boxes.reach(0, strides: 8), size: size)
      && has(.second, boxes.reach(0, strides: 16), size: size)
  }

  func mean(size: Int64) -> Bool {
    guard has(MeanParameters.self) else { return false }
    let boxes = boxes
    guard let kept = boxes.reach(0, strides: 16), let reduced = boxes.reach(8, strides: 16) else {
      return false
    }
    // Both reaches count the first element.
    return has(.input, kept &+ reduced &- 1, size: size)
      && boxes.product(8) != nil && has(.output, boxes.product(0), size: size)
  }

  func pad(size: Int64) -> Bool {
    guard has(PadParameters.self) else { return false }
    let boxes = boxes
    // A Boolean in memory must be 0 or 1.
    let isEmpty = boxes.words[24] & 0xFF
    if isEmpty != 0 { return isEmpty == 1 }
    for place in 0..<KernelShape.rank {
      let (inner, outer) = (boxes.number(place), boxes.number(8 &+ place))
      let before = boxes.number(16 &+ place)
      guard inner >= 0, before >= 0, Int64(inner) &+ Int64(before) <= Int64(outer) else {
        return false
      }
    }
    return has(.output, boxes.product(8), size: size)
      && has(.input, boxes.product(0, least: 0), size: size)
  }

  func transpose(size: Int64) -> Bool {
    guard has(TransposeParameters.self) else { return false }
    let boxes = boxes
    if boxes.words[16] == 0 { return true }
    return has(.output, boxes.product(0), size: size)
      && has(.input, boxes.reach(0, strides: 8), size: size)
  }

  var transposeBytes: Bool {
    guard has(Int32.self, behind: TransposeParameters.self) else { return false }
    let size = operation.parameters(
      Int32.self, at: PlanLayout.offset(behind: TransposeParameters.self))
    return size > 0 && size <= 16 && transpose(size: Int64(size))
  }

  private var boxes: Boxes {
    Boxes(words: PlanWords(base: operation.plan + Int(operation.parametersOffset)))
  }
}

/// Boxes of six dimensions in the words of parameters, eight words each. Which words they are is pinned
/// by tests of the layout.
private struct Boxes {
  let words: PlanWords

  func number(_ place: Int) -> Int32 { Int32(bitPattern: words[place]) }

  /// Elements of the box at word `first`; nil for a size below `least`, or too many.
  func product(_ first: Int, least: Int32 = 1) -> Int64? {
    var result: Int64? = 1
    for place in first..<first &+ KernelShape.rank {
      guard number(place) >= least else { return nil }
      result = Sizes.product(result, number(place))
    }
    return result
  }

  /// Elements from the first to the last that a walk over the box meets with such strides; nil for a
  /// size below 1, a stride below 0, or too many.
  func reach(_ first: Int, strides: Int) -> Int64? {
    var result: Int64 = 1
    for place in 0..<KernelShape.rank {
      let (size, stride) = (number(first &+ place), number(strides &+ place))
      guard size > 0, stride >= 0,
        let step = Sizes.product(Int64(size &- 1), stride)
      else { return nil }
      result = result &+ step
    }
    return result
  }
}
