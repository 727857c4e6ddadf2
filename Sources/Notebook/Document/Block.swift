/// One block of a document.
public indirect enum Block: Sendable, Equatable {
  /// A heading; levels outside 1...6 are drawn as the nearest of them.
  case heading(level: Int, [Inline])
  /// A paragraph of running text.
  case paragraph([Inline])
  /// A table.
  case table(Table)
  /// An ordered or unordered list.
  case list(List)
  /// A note or a finding set apart from the text.
  case callout(Callout)
  /// Preformatted text, with the language it is written in when that is known.
  case code(language: String?, text: String)
  /// A thematic break.
  case rule
  /// A drawing.
  case figure(Figure)
  /// A remark that is not shown.
  case comment(HTMLComment)
}

/// A list of items, each of them a sequence of blocks.
public struct List: Sendable, Equatable {
  /// How the items are marked.
  public enum Style: Sendable, Equatable {
    /// With a bullet.
    case bullet
    /// With numbers that count up from `start`.
    case ordered(start: Int)
  }

  /// How the items are marked.
  public var style: Style
  /// The blocks of every item.
  public var items: [[Block]]

  /// Makes a list of items that may hold several blocks each.
  public init(_ style: Style = .bullet, items: [[Block]]) {
    self.style = style
    self.items = items
  }

  /// Makes a list of items that are one line of text each.
  public init(_ style: Style = .bullet, lines: [[Inline]]) {
    self.init(style, items: lines.map { [.paragraph($0)] })
  }

  /// Whether every item is a single paragraph (with perhaps a list below), so that no space is
  /// needed between the items. Looks at all items.
  var isTight: Bool {
    items.allSatisfy { item in
      item.enumerated().allSatisfy { index, block in
        switch block {
        case .paragraph: index == 0
        case .list: true
        default: false
        }
      }
    }
  }
}

/// A box set apart from the text.
public struct Callout: Sendable, Equatable {
  /// How serious a finding is.
  public enum Severity: String, Sendable, Equatable, CaseIterable {
    /// Good to know.
    case info
    /// Results may mislead.
    case warning
    /// Something is wrong.
    case error
  }

  /// What kind of box it is.
  public enum Kind: Sendable, Equatable {
    /// An aside.
    case note
    /// A statement about the data.
    case finding(Severity)
  }

  /// What kind of box it is.
  public var kind: Kind
  /// One line that says the main thing; may be empty.
  public var title: [Inline]
  /// The rest of the story.
  public var blocks: [Block]

  /// Makes a box.
  public init(_ kind: Kind, title: [Inline] = [], blocks: [Block] = []) {
    self.kind = kind
    self.title = title
    self.blocks = blocks
  }

  /// The word that names the kind, so that colour is never the only sign.
  var label: String {
    switch kind {
    case .note: "Note"
    case .finding(.info): "Info"
    case .finding(.warning): "Warning"
    case .finding(.error): "Error"
    }
  }

  /// The same word as a class name.
  var name: String { label.lowercased() }
}
