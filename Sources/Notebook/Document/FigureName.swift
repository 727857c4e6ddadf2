/// Names of figures, which become names of files: what a log says must not lead out of a folder.
public enum FigureName {
  /// The name in lower case; other characters than ASCII letters, digits, `_` and inner `.` become
  /// hyphens. Never empty, never longer than ``FileName/longest``.
  public static func stem(_ name: String) -> String {
    var stem = ""
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9", "_": stem.unicodeScalars.append(scalar)
      case "." where !stem.isEmpty && stem.last != "-" && stem.last != ".": stem += "."
      default: if !stem.isEmpty, stem.last != "-", stem.last != "." { stem += "-" }
      }
    }
    while stem.last == "-" || stem.last == "." { stem.removeLast() }
    return stem.isEmpty ? "figure" : FileName.stem(stem)
  }

  /// Stem of the file with the drawing for a dark background.
  public static func dark(_ name: String) -> String { name + "-dark" }
}

/// Gives every figure of a document a name of its own: the second `roofline` is `roofline-2`.
struct FigureNaming {
  private var used: Set<String> = []

  mutating func rename(_ figure: Figure) -> Figure {
    var name = figure.name
    var count = 1
    while used.contains(name) || used.contains(FigureName.dark(name)) {
      count += 1
      name = "\(figure.name)-\(count)"
    }
    used.formUnion([name, FigureName.dark(name)])
    return name == figure.name ? figure : figure.renamed(name)
  }

  mutating func rename(_ blocks: [Block]) -> [Block] {
    blocks.map { block in
      switch block {
      case .figure(let figure): return .figure(rename(figure))
      case .list(var list):
        for index in list.items.indices { list.items[index] = rename(list.items[index]) }
        return .list(list)
      case .callout(var callout):
        callout.blocks = rename(callout.blocks)
        return .callout(callout)
      case .heading, .paragraph, .table, .code, .rule, .comment: return block
      }
    }
  }

  mutating func rename(_ part: ExecutedNotebook.Part) -> ExecutedNotebook.Part {
    switch part {
    case .text(let blocks): return .text(rename(blocks))
    case .cell(var cell):
      for index in cell.results.indices {
        guard case .blocks(let blocks) = cell.results[index].outcome else { continue }
        cell.results[index].outcome = .blocks(rename(blocks))
      }
      return .cell(cell)
    }
  }
}
