import Support

/// Looks for inferences of a shape where bytes may begin in the middle of anything.
struct TFLMScout: Sendable {
  private let shape: TFLMShape
  /// Everything before it was looked at.
  var position = 0

  init(_ shape: TFLMShape) { self.shape = shape }

  /// Where the next of them begins that stands behind so many others; nil where there is none.
  mutating func next(_ bytes: Span<UInt8>, behind count: Int) -> Int? {
    var storage = [UInt32](repeating: 0, count: shape.numberCount)
    var numbers = storage.mutableSpan
    while let start = nextLine(bytes) {
      position = start
      var found = 0
      while case .same(let end) = shape.match(bytes, at: position, numbers: &numbers) {
        if found == count { return position }
        found += 1
        position = end
      }
    }
    return nil
  }

  private func nextLine(_ bytes: Span<UInt8>) -> Int? {
    var i = position
    while i < bytes.count {
      i += 1
      if bytes[i - 1] == UInt8(ascii: "\n") { return i }
    }
    return nil
  }
}
