import Support

/// Turns running text into spans a terminal can show safely.
struct TerminalInline {
  let unicode: Bool

  /// Text free of control characters and, without Unicode, of everything but ASCII.
  func safe(_ text: String) -> String {
    let visible = VisibleText.line(text)
    return unicode ? visible : ASCIIFallback.convert(visible)
  }

  /// The lines of a preformatted text, made safe in the same way.
  func safeLines(_ text: String) -> [String] {
    VisibleText.lines(text).map { unicode ? $0 : ASCIIFallback.convert($0) }
  }

  /// Characters of a drawing, made safe; without Unicode each is replaced by one of the same width.
  func drawn(_ text: String) -> String {
    let visible = VisibleText.line(text)
    return unicode ? visible : ASCIIFallback.convertDrawing(visible)
  }

  func spans(_ inlines: [Inline], style: TextStyle = []) -> [Span] {
    inlines.flatMap { inline -> [Span] in
      switch inline {
      case .text(let text): [Span(text: safe(text), style: style)]
      case .strong(let inner): spans(inner, style: style.union(.bold))
      case .emphasis(let inner): spans(inner, style: style.union(.italic))
      case .code(let text): [Span(text: safe(text), style: style.union(.cyan))]
      case .link(let inner, let target):
        spans(inner, style: style.union(.underline)) + suffix(target, inner, style)
      case .picture(let picture):
        [Span(text: safe("[picture] \(picture.alternativeText)"), style: style)]
          + suffix(picture.target, [], style)
      case .comment: []
      }
    }
  }

  /// The target, unless it is the text itself or a place in this document.
  private func suffix(_ target: LinkTarget, _ text: [Inline], _ style: TextStyle) -> [Span] {
    if target.value.hasPrefix("#") || target.value == text.plainText { return [] }
    return [Span(text: " (\(safe(target.value)))", style: style.union(.dim))]
  }
}
