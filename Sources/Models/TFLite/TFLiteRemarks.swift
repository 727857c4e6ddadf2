import Support

/// What a graph leaves out of its file.
extension Remarks {
  mutating func addSubgraphs(_ count: Int, at offset: Int) {
    add(
      "subgraphs", "there are \(count) subgraphs; only the first is read",
      "Costs of operators that run the others are incomplete.", Place(offset: offset))
  }

  mutating func addDynamic(_ place: Place) {
    add(
      "dynamic-shape", "a size changes from call to call; costs hold for the shape in the file",
      "Convert the model with fixed input shapes.", place)
  }

  mutating func addSparse(_ place: Place) {
    add(
      "sparse", "a constant is stored sparsely; MACs are those of all elements",
      "Weight bytes are those stored; compare with a dense model with care.", place)
  }

  mutating func addQuantization(_ place: Place) {
    add(
      "custom-quantization", "a custom quantization is left out",
      "Scales shown may not be those in use.", place)
  }

  mutating func addRepairedText(at offset: Int) {
    add(
      "text-encoding", "a name is no UTF-8; bytes that are not were replaced by U+FFFD",
      "Names may differ from those of other tools; nothing else does.", Place(offset: offset))
  }

  mutating func addUnaligned(_ place: Place) {
    add(
      "unaligned-constant", "a constant stands at a byte that is no multiple of its element size",
      "TFLM reads constants where they stand: convert the model again.", place)
  }

  private mutating func add(
    _ rule: String, _ message: String, _ remedy: String, _ place: Place
  ) {
    add(Diagnostic(rule, message, remedy: remedy, place: place))
  }
}
