import Support

/// A notebook whose cells have been run: what the renderers draw.
public struct ExecutedNotebook: Sendable, Equatable {
  /// The result of one command of a cell.
  public struct Result: Sendable, Equatable {
    /// The line as written.
    public var text: String
    /// What it gave.
    public var outcome: CellOutcome
  }

  /// A cell and what it gave.
  public struct Cell: Sendable, Equatable {
    /// Its number, from 1.
    public var number: Int
    /// Its first line in the notebook.
    public var line: Int
    /// The lines between the fences as written.
    public var source: [String]
    /// The results of its commands in order.
    public var results: [Result]

    /// What is drawn below the source: results, with failures as boxes.
    public var output: [Block] {
      results.flatMap { result in
        switch result.outcome {
        case .blocks(let blocks): blocks
        case .failure(let failure): [failure.callout]
        }
      }
    }
  }

  /// One part of a notebook.
  public enum Part: Sendable, Equatable {
    /// Text.
    case text([Block])
    /// A cell.
    case cell(Cell)

    /// The blocks of the text or of the cell's output.
    public var blocks: [Block] {
      switch self {
      case .text(let blocks): blocks
      case .cell(let cell): cell.output
      }
    }
  }

  /// What the document is called: its first heading, or the name it was read under.
  public var title: String
  /// The parts in order.
  public var parts: [Part]
  /// Everything that could not be read or run, in the order of the lines.
  public var errors: [Diagnostic]

  /// Makes a document of blocks, without any cell.
  public init(title: String, blocks: [Block]) {
    self.init(title: title, parts: [.text(blocks)], errors: [])
  }

  init(title: String, parts: [Part], errors: [Diagnostic]) {
    var naming = FigureNaming()
    self.title = title
    self.parts = parts.map { naming.rename($0) }
    self.errors = errors
  }

  /// All tables in order, those inside lists and boxes and those of figures included.
  public var tables: [Table] {
    Self.leaves(parts.flatMap(\.blocks)).compactMap { block in
      switch block {
      case .table(let table): table
      case .figure(let figure): figure.table
      default: nil
      }
    }
  }

  /// All figures in order, those inside lists and boxes included; no two have the same name.
  public var figures: [Figure] {
    Self.leaves(parts.flatMap(\.blocks)).compactMap { block in
      if case .figure(let figure) = block { figure } else { nil }
    }
  }

  /// The pictures in its prose that were read, each once.
  public var pictures: [PictureContent] {
    parts.flatMap { part -> [Block] in
      if case .text(let blocks) = part { blocks } else { [] }
    }.pictures
  }

  /// The blocks that hold no others.
  private static func leaves(_ blocks: [Block]) -> [Block] {
    blocks.flatMap { block in
      switch block {
      case .list(let list): leaves(Array(list.items.joined()))
      case .callout(let callout): leaves(callout.blocks)
      default: [block]
      }
    }
  }
}
