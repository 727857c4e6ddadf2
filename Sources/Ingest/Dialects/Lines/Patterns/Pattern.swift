import Support

/// The shape of a line and what its numbers are, as a user writes it: `infer {time:us} us, model {model}`.
///
/// Text stands for itself, blanks for any number of blanks, `{*}` for any text, `{field}` for a number or a
/// word, `{{` for a brace. docs/patterns.md has the fields.
public struct Pattern: Sendable, Equatable {
  /// A part of the line.
  enum Piece: Sendable, Equatable {
    case literal([UInt8])
    case blanks
    /// A number; nil unit: one that stands behind it in the line.
    case number(Field, PrintedUnit?)
    /// A number that says nothing.
    case skip
    /// A word of letters, digits, `_`, `-`, `.`.
    case word(ConfigurationKey)
  }

  /// What a number is.
  enum Field: Sendable, Equatable {
    case time, cycles, count, clock, arena
    case statistic(TimeWords.Statistic)
    case stage(String)
    case kind(String)

    /// Whether it alone makes a line worth a pattern.
    var measures: Bool {
      switch self {
      case .time, .cycles, .statistic, .kind: true
      case .count, .clock, .arena, .stage: false
      }
    }
  }

  /// As it was written.
  public let text: String
  /// Pieces that follow each other; between two of these stands any text.
  let segments: [[Piece]]
  /// Other programs print such lines, too, so that one says little.
  var isWeak = false

  /// The pattern that `text` says; a failure says at which column of it what is wrong.
  public init(_ text: String) throws(Diagnostic) {
    self.text = text
    segments = try PatternParser.segments(of: text)
  }

  /// A pattern of lines that are refused, which need not read anything.
  init(refusing text: String) throws(Diagnostic) {
    self.text = text
    segments = try PatternParser.segments(of: text, mayReadNothing: true)
  }

  /// What it measures, for messages.
  var fields: [Field] {
    segments.joined().compactMap { if case .number(let field, _) = $0 { field } else { nil } }
  }
}
