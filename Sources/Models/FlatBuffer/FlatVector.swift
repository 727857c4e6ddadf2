import Support

/// A vector: its length and its elements lie inside the file.
struct FlatVector {
  let buffer: FlatBuffer
  /// Number of elements.
  let count: Int
  /// Bytes of the file that the elements take.
  let range: Range<Int>
  private let width: Int
  private let name: String

  /// The vector whose length stands at `position`.
  init(_ buffer: FlatBuffer, at position: Int, width: Int, name: String) throws(Diagnostic) {
    let count = Int(
      try buffer.integer(UInt32.self, at: position, "the length of the vector \(name)"))
    let start = position + 4
    // No overflow: the count has 32 bits, the width is 8 at most.
    guard count * width <= buffer.bytes.count - start else {
      throw buffer.broken(
        "vector",
        "the vector \(name) has \(count) elements of \(width) bytes, "
          + "\(buffer.bytes.count - start) bytes are left in the file", at: position)
    }
    self.buffer = buffer
    self.count = count
    self.range = start..<start + count * width
    self.width = width
    self.name = name
  }

  /// All elements as integers as wide as the vector's.
  func integers<T: FixedWidthInteger>(_: T.Type) throws(Diagnostic) -> [T] {
    try buffer.spend(range.count, at: range.lowerBound)
    var result: [T] = []
    result.reserveCapacity(count)
    for i in 0..<count {
      result.append(try buffer.integer(T.self, at: range.lowerBound + i * width, name))
    }
    return result
  }

  /// The table at `index`, of a vector of offsets.
  func table<Field: SchemaField>(_ index: Int, as: Field.Type) throws(Diagnostic)
    -> FlatTable<Field>
  {
    let place = range.lowerBound + index * width
    return try FlatTable(buffer, at: try buffer.target(at: place, "\(name)[\(index)]"))
  }
}
