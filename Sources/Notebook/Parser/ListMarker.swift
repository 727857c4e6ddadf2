/// The bullet or number that begins a list item.
struct ListMarker {
  let style: List.Style
  /// The bullet, or the character after the number: a change of it begins a new list.
  let mark: Character
  /// How far the item's text is indented.
  let contentIndentation: Int
  let isEmpty: Bool

  /// Recognises `-`, `*`, `+`, `1.` or `1)` followed by a space or nothing.
  init?(_ line: SourceLine) {
    let indentation = line.indentation
    guard indentation <= 3 else { return nil }
    let text = line.trimmed.text
    let digits = text.prefix { ("0"..."9").contains($0) }
    let marker: Int
    if digits.isEmpty {
      guard let first = text.first, "-*+".contains(first) else { return nil }
      (style, mark, marker) = (.bullet, first, 1)
    } else {
      guard digits.count <= 9, let number = Int(digits),
        let after = text[digits.endIndex...].first, after == "." || after == ")"
      else { return nil }
      (style, mark, marker) = (.ordered(start: number), after, digits.count + 1)
    }
    let rest = text.dropFirst(marker)
    guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
    isEmpty = LineShape.trim(rest).isEmpty
    let spaces = rest.prefix { $0 == " " || $0 == "\t" }.count
    contentIndentation = indentation + marker + (isEmpty || spaces > 4 ? 1 : spaces)
  }

  /// Whether an item with this marker belongs to the list another marker began.
  func continues(_ first: ListMarker) -> Bool {
    switch (style, first.style) {
    case (.bullet, .bullet), (.ordered, .ordered): mark == first.mark
    default: false
    }
  }

  /// Whether the item may follow a paragraph without a blank line; a number other than 1 is more
  /// likely part of a sentence.
  var interruptsParagraph: Bool {
    !isEmpty && (style == .bullet || style == .ordered(start: 1))
  }

  /// The lines of the item that begins at `index`, without marker and indentation; moves past it.
  func item(_ lines: [SourceLine], at index: inout Int) -> [SourceLine] {
    var item = [lines[index].dropping(min(contentIndentation, lines[index].text.count))]
    index += 1
    while index < lines.count {
      let line = lines[index]
      if line.isBlank {
        // A blank line belongs to the item when what follows is still indented.
        var next = index
        while next < lines.count, lines[next].isBlank { next += 1 }
        guard next < lines.count, lines[next].indentation >= contentIndentation else { break }
        item += lines[index..<next]
        index = next
        continue
      }
      if line.indentation >= contentIndentation {
        item.append(line.dropping(contentIndentation))
      } else if let last = item.last, !last.isBlank, ListMarker(line) == nil,
        !LineShape.interruptsParagraph(lines, at: index)
      {
        item.append(line.trimmed)  // a paragraph goes on without its indentation
      } else {
        break
      }
      index += 1
    }
    return item
  }
}
