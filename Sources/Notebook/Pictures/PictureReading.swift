extension Block {
  /// The block with every picture in its text replaced by what `transform` makes of it.
  func mapPictures(_ transform: (Picture) -> [Inline]) -> Block {
    switch self {
    case .heading(let level, let inlines):
      return .heading(level: level, inlines.mapPictures(transform))
    case .paragraph(let inlines): return .paragraph(inlines.mapPictures(transform))
    case .table(let table): return .table(table.mapPictures(transform))
    case .list(var list):
      list.items = list.items.map { $0.map { $0.mapPictures(transform) } }
      return .list(list)
    case .callout(var callout):
      callout.title = callout.title.mapPictures(transform)
      callout.blocks = callout.blocks.map { $0.mapPictures(transform) }
      return .callout(callout)
    case .code, .rule, .figure, .comment: return self
    }
  }
}

extension [Block] {
  /// The pictures in their text that were read, each once.
  var pictures: [PictureContent] {
    var found: [PictureContent] = []
    for block in self {
      _ = block.mapPictures { picture in
        if let content = picture.content, !found.contains(where: { $0.name == content.name }) {
          found.append(content)
        }
        return []
      }
    }
    return found
  }
}

extension [Inline] {
  func mapPictures(_ transform: (Picture) -> [Inline]) -> [Inline] {
    flatMap { inline -> [Inline] in
      switch inline {
      case .picture(let picture): transform(picture)
      case .strong(let inner): [.strong(inner.mapPictures(transform))]
      case .emphasis(let inner): [.emphasis(inner.mapPictures(transform))]
      case .link(let inner, let target): [.link(inner.mapPictures(transform), target)]
      case .text, .code, .comment: [inline]
      }
    }
  }
}

extension Table {
  fileprivate func mapPictures(_ transform: (Picture) -> [Inline]) -> Table {
    let columns = columns.map { column in
      var column = column
      column.title = column.title.mapPictures(transform)
      return column
    }
    let rows = rows.map { row in
      var row = row
      row.cells = row.cells.map { cell in
        switch cell {
        case .text(let inlines): .text(inlines.mapPictures(transform))
        case .number(let inlines, let value):
          .number(inlines.mapPictures(transform), sortValue: value)
        case .interval(let inlines, let one): .interval(inlines.mapPictures(transform), one)
        case .missing: cell
        }
      }
      return row
    }
    return Table(columns: columns, rows: rows, caption: caption.mapPictures(transform))
  }
}
