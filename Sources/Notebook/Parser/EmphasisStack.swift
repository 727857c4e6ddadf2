/// Pairs the stars and underscores of a text (CommonMark 0.31, "process emphasis").
struct EmphasisStack {
  /// A run of stars or underscores.
  struct Delimiter {
    var character: Character
    var length: Int
    var canOpen: Bool
    var canClose: Bool
    /// The length as written, for the rule of three.
    let original: Int

    init(character: Character, length: Int, canOpen: Bool, canClose: Bool) {
      self.character = character
      self.length = length
      self.canOpen = canOpen
      self.canClose = canClose
      original = length
    }

    func opens(_ closer: Delimiter) -> Bool {
      guard canOpen, character == closer.character else { return false }
      // Runs that both open and close pair only when their sum is not a multiple of three, unless
      // both are.
      guard canClose || closer.canOpen, (original + closer.original).isMultiple(of: 3) else {
        return true
      }
      return original.isMultiple(of: 3) && closer.original.isMultiple(of: 3)
    }
  }

  private enum Item {
    case node(Inline, depth: Int)
    case delimiter(Delimiter)

    var inline: Inline {
      switch self {
      case .node(let inline, _): inline
      case .delimiter(let run): .text(String(repeating: run.character, count: run.length))
      }
    }

    var depth: Int {
      if case .node(_, let depth) = self { depth } else { 0 }
    }
  }

  /// How far back an opener is looked for; keeps hostile input linear.
  private static let farthest = 512

  private var items: [Item] = []

  mutating func append(_ inline: Inline, depth: Int = 0) {
    items.append(.node(inline, depth: depth))
  }

  mutating func append(_ delimiter: Delimiter) {
    var closer = delimiter
    while closer.canClose, closer.length > 0, let found = opener(for: closer) {
      var opener = found.delimiter
      let depth = deepest(behind: found.index) + 1
      guard depth <= InlineParser.deepestNesting + 1 else { break }
      let isStrong = opener.length > 1 && closer.length > 1
      let content = Self.merge(inlines(behind: found.index))
      items.removeSubrange(found.index...)
      opener.length -= isStrong ? 2 : 1
      closer.length -= isStrong ? 2 : 1
      if opener.length > 0 { items.append(.delimiter(opener)) }
      items.append(.node(isStrong ? .strong(content) : .emphasis(content), depth: depth))
    }
    if closer.length > 0 { items.append(.delimiter(closer)) }
  }

  // A slice that is still held when `items` shrinks would make it copy all of them, each time.
  private func deepest(behind index: Int) -> Int {
    items[(index + 1)...].reduce(0) { max($0, $1.depth) }
  }

  private func inlines(behind index: Int) -> [Inline] {
    items[(index + 1)...].map(\.inline)
  }

  /// The text read, with unpaired runs as text.
  func finish() -> [Inline] {
    Self.merge(items.map(\.inline))
  }

  private func opener(for closer: Delimiter) -> (index: Int, delimiter: Delimiter)? {
    for index in items.indices.suffix(Self.farthest).reversed() {
      if case .delimiter(let run) = items[index], run.opens(closer) { return (index, run) }
    }
    return nil
  }

  private static func merge(_ inlines: [Inline]) -> [Inline] {
    var result: [Inline] = []
    var text = ""
    for inline in inlines {
      if case .text(let next) = inline {
        text += next
        continue
      }
      if !text.isEmpty { result.append(.text(text)) }
      text = ""
      result.append(inline)
    }
    if !text.isEmpty { result.append(.text(text)) }
    return result
  }
}
