/// A drawing made of characters, for terminals and other plain text.
public struct TextDrawing: Sendable, Equatable {
  /// Colours that can be told apart on light and dark terminals. Colour may be off, so it only
  /// repeats what a character says already.
  public enum Colour: Sendable, Equatable, CaseIterable {
    /// The terminal's own colour of text.
    case plain
    /// Set back: axes, grids.
    case dim
    /// Colours of series.
    case blue, yellow, green, magenta, cyan
    /// What is wrong.
    case red
  }

  /// Characters in one colour.
  public struct Run: Sendable, Equatable {
    /// The characters; control characters are made visible when they are shown.
    public var text: String
    /// Their colour.
    public var colour: Colour

    /// Makes a run.
    public init(_ text: String, _ colour: Colour = .plain) {
      self.text = text
      self.colour = colour
    }
  }

  /// The lines from top to bottom.
  public var lines: [[Run]]

  /// Makes a drawing of coloured lines.
  public init(lines: [[Run]]) { self.lines = lines }

  /// Makes a drawing without colours.
  public init(_ lines: [String]) { self.lines = lines.map { [Run($0)] } }

  /// Columns of the longest line.
  public var width: Int {
    lines.map { line in line.reduce(0) { $0 + DisplayWidth.of($1.text) } }.max() ?? 0
  }
}
