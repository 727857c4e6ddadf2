import Notebook

/// The tables that a notebook shows, each with a name for its file.
enum NotebookTables {
  /// Words of a caption that go into a file's name.
  private static let mostWords = 8

  /// All tables in order. A name is made of the cell's section and the caption, which may hold any name
  /// that a log gives a model; one that occurs again gets a number.
  static func named(in notebook: ExecutedNotebook) -> [(name: String, table: Table)] {
    var used: Set<String> = []
    var found: [(name: String, table: Table)] = []
    for part in notebook.parts {
      for (section, tables) in groups(of: part) {
        for (name, table) in zip(names(of: tables, in: section), tables) {
          var unique = name
          var count = 1
          while !used.insert(unique).inserted {
            count += 1
            unique = "\(name)-\(count)"
          }
          found.append((name: unique, table: table))
        }
      }
    }
    return found
  }

  /// The tables of each command of a cell, or those of prose.
  private static func groups(
    of part: ExecutedNotebook.Part
  ) -> [(section: String, tables: [Table])] {
    switch part {
    case .text(let blocks):
      return [(section: "table", tables: tables(in: blocks))]
    case .cell(let cell):
      return cell.results.map { result in
        guard case .blocks(let blocks) = result.outcome else { return (section: "", tables: []) }
        let section = words(of: result.text).first ?? "table"
        return (section: section, tables: tables(in: blocks))
      }
    }
  }

  /// The section alone for the table that is called like it, otherwise for the first; the others get
  /// the words of their captions too.
  private static func names(of tables: [Table], in section: String) -> [String] {
    let captions = tables.map { words(of: $0.caption.plainText).joined(separator: "-") }
    let plain = captions.firstIndex(of: section) ?? 0
    return captions.enumerated().map { index, caption in
      if index == plain || caption.isEmpty { return section }
      // 'operators' and 'Operators of kws' is operators-of-kws.
      return FileName.stem(caption.hasPrefix(section + "-") ? caption : "\(section)-\(caption)")
    }
  }

  private static func tables(in blocks: [Block]) -> [Table] {
    ExecutedNotebook(title: "", blocks: blocks).tables
  }

  private static func words(of text: String) -> [String] {
    let words = text.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
    return words.prefix(mostWords).map(String.init)
  }
}
