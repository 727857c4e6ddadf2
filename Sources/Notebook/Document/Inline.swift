/// A piece of running text.
///
/// The text is content, never markup: each renderer escapes it for its own format. Line breaks and
/// tabs inside it count as spaces.
public indirect enum Inline: Sendable, Equatable {
  /// Plain text.
  case text(String)
  /// Strongly stressed text, usually bold.
  case strong([Inline])
  /// Stressed text, usually italic.
  case emphasis([Inline])
  /// Source code, names and file paths, in a fixed-width font.
  case code(String)
  /// A link; its target has been checked by ``LinkTarget``.
  case link([Inline], LinkTarget)
  /// A picture from a file beside the document.
  case picture(Picture)
  /// A remark that is not shown.
  case comment(HTMLComment)

  /// A link when the target is allowed, else the text followed by the target in parentheses.
  ///
  /// - Parameters:
  ///   - text: what is shown.
  ///   - target: where it leads; see ``LinkTarget`` for what is allowed.
  public static func link(_ text: [Inline], target: String) -> [Inline] {
    if let checked = LinkTarget(target) { return [.link(text, checked)] }
    return text + [.text(" (\(target))")]
  }

  /// The text without its markup.
  public var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .strong(let inner), .emphasis(let inner), .link(let inner, _): inner.plainText
    case .picture(let picture): picture.alternativeText
    case .comment: ""
    }
  }
}

extension Inline: ExpressibleByStringLiteral {
  /// Plain text written as a literal.
  public init(stringLiteral value: String) {
    self = .text(value)
  }
}

extension [Inline] {
  /// The text of all pieces without their markup.
  public var plainText: String {
    map(\.plainText).joined()
  }
}
