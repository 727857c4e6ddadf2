import OrderedCollections

extension [MemoryLine] {
  /// Lines of equal bandwidth together, in the order of their first: a figure draws them once, under the
  /// names of all, and their ridges are those of the first.
  public var coinciding: [[MemoryLine]] {
    Array<[MemoryLine]>(OrderedDictionary(grouping: self, by: \.bytesPerCycle).values)
  }
}

extension [ComputeLine] {
  /// Lines of equal rate together, in the order of their first; a figure draws them once.
  public var coinciding: [[ComputeLine]] {
    Array<[ComputeLine]>(OrderedDictionary(grouping: self, by: \.macsPerCycle).values)
  }
}
