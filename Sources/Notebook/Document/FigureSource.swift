import Support

/// What a drawing is made for: the colours around it.
public enum FigureTheme: Sendable, Hashable, CaseIterable {
  /// A light background.
  case light
  /// A dark background.
  case dark
}

/// What a drawing is made for: the space there is.
public enum FigureLayout: Sendable, Hashable, CaseIterable {
  /// A page or a window.
  case wide
  /// A telephone: legible at a width of 360 CSS pixels.
  case compact
}

/// A form of a drawing that is made of bytes.
public enum FigureForm: Sendable, Hashable {
  /// SVG, as UTF-8.
  case svg(FigureTheme, FigureLayout)
  /// PNG, wide, with enough pixels for a dense screen.
  case png(FigureTheme)
  /// PDF of one page, for a light background.
  case pdf
}

/// Draws one figure in whatever form an output needs.
///
/// Nothing is drawn before an output asks, and each form at most once, so that an output in text
/// does not pay for images. The same form must give the same bytes every time.
public protocol FigureSource: Sendable {
  /// The drawing in one form.
  ///
  /// - Returns: nil for a form that this source does not offer; an output then does without.
  ///   `.svg(.light, .wide)` is the one every source should offer.
  /// - Throws: why it could not be drawn, as it stands behind "could not be drawn: "; the document says so in
  ///   the figure's place.
  func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]?

  /// The drawing in characters.
  ///
  /// - Parameters:
  ///   - width: the most columns a line may take; what goes beyond is cut off.
  ///   - unicode: whether characters beyond ASCII can be shown. Those in the drawing are replaced
  ///     one by one where they cannot, so that lines stay as long as they were.
  /// - Returns: nil when there is none; the words of the figure stand in its place.
  func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing?
}

extension FigureSource {
  /// No drawing in characters.
  public func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? { nil }
}

/// A figure whose forms lie ready.
public struct PreparedFigure: FigureSource, Equatable {
  /// The forms there are.
  public var drawings: [FigureForm: [UInt8]]
  /// Drawings in characters; the widest that fits is shown.
  public var texts: [TextDrawing]

  /// Makes a figure of its forms.
  public init(drawings: [FigureForm: [UInt8]] = [:], texts: [TextDrawing] = []) {
    self.drawings = drawings
    self.texts = texts
  }

  /// The form as it lies ready.
  public func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? { drawings[form] }

  /// The widest drawing that fits.
  public func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    let fitting = texts.filter { $0.width <= width }
    return fitting.max { $0.width < $1.width }
  }
}
