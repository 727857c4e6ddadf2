import Support

/// A drawing and what is said about it.
///
/// Its name is its identity: two figures are equal when their names, words and tables are, whatever
/// draws them. An ``ExecutedNotebook`` gives each of its figures a name of its own.
public struct Figure: Sendable, Equatable {
  /// Stem of the files that hold the drawing: lower-case letters, digits, `-`, `_` and `.`.
  public let name: String
  /// What the drawing shows, for those who cannot see it.
  public var alternativeText: String
  /// The line below the drawing.
  public var caption: [Inline]
  /// The numbers that are drawn.
  public let table: Table?

  private let cache: FigureCache

  /// Makes a figure.
  ///
  /// - Parameters:
  ///   - name: stem of its files; see ``FigureName`` for what becomes of other characters.
  ///   - source: draws it.
  ///   - alternativeText: what it shows, in a sentence or two.
  ///   - caption: the line below it, with method and units.
  ///   - table: the numbers that are drawn; without a caption it is called after the figure.
  public init(
    name: String, source: any FigureSource, alternativeText: String, caption: [Inline] = [],
    table: Table? = nil
  ) {
    self.init(
      name: FigureName.stem(name), cache: FigureCache(source), alternativeText: alternativeText,
      caption: caption, table: table)
  }

  private init(
    name: String, cache: FigureCache, alternativeText: String, caption: [Inline], table: Table?
  ) {
    self.name = name
    self.cache = cache
    self.alternativeText = alternativeText
    self.caption = caption
    self.table = table.map { table in
      guard table.caption.isEmpty else { return table }
      return table.captioned([.text("\(name): data")])
    }
  }

  /// The drawing in one form, nil where it is not offered; drawn when first asked for, then kept.
  public func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? {
    try cache.drawing(form)
  }

  /// The drawing in characters, nil where there is none.
  public func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    try cache.text(width: width, unicode: unicode)
  }

  /// What went wrong in drawing so far, each reason once.
  public var failures: [Diagnostic] { cache.failures }

  /// The figure under another name; the drawings are shared.
  func renamed(_ name: String) -> Figure {
    // A table that is called after the figure follows it.
    let isOwn = table?.caption == [.text("\(self.name): data")]
    let table = table.map {
      isOwn ? $0.captioned([]) : $0
    }
    return Figure(
      name: name, cache: cache, alternativeText: alternativeText, caption: caption, table: table)
  }

  /// What stands in the place of a drawing that failed.
  func box(for failure: Diagnostic) -> Block {
    .callout(
      Callout(
        .finding(.error),
        title: [.text("Figure \(name) could not be drawn: \(failure.message)")]))
  }

  /// Whether names, words and tables are equal.
  public static func == (one: Figure, other: Figure) -> Bool {
    one.name == other.name && one.alternativeText == other.alternativeText
      && one.caption == other.caption && one.table == other.table
  }
}

extension Figure {
  /// Makes a figure whose drawing lies ready as SVG, and perhaps as PNG.
  public init(
    name: String, svg: String, darkSVG: String? = nil, png: [UInt8]? = nil,
    alternativeText: String, caption: [Inline] = [], table: Table? = nil
  ) {
    var drawings: [FigureForm: [UInt8]] = [.svg(.light, .wide): Array(svg.utf8)]
    drawings[.svg(.dark, .wide)] = darkSVG.map { Array($0.utf8) }
    drawings[.png(.light)] = png
    self.init(
      name: name, source: PreparedFigure(drawings: drawings), alternativeText: alternativeText,
      caption: caption, table: table)
  }
}
