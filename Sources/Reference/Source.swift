import Core
import Support
import TOMLKit

/// Where figures come from.
public struct Source: Sendable, Equatable {
  /// The key by which tables name it.
  public var key: String
  /// What it is, with its version or commit.
  public var title: String
  /// Where to find it.
  public var url: String
  /// What to know about these figures.
  public var note: String

  /// A source; `url` is empty where there is no address.
  public init(key: String, title: String, url: String, note: String) {
    self.key = key
    self.title = title
    self.url = url
    self.note = note
  }

  /// All sources of the bundled tables, by key.
  static func bundled() throws(Diagnostic) -> [String: Source] {
    let file = "sources.toml"
    let table = try TOMLReading.table(file)
    var result: [String: Source] = [:]
    for key in table.keys.sorted() {
      guard let entry = table[key]?.table else {
        throw Diagnostic.table("'\(key)' is no table", file: file)
      }
      result[key] = Source(
        key: key, title: try TOMLReading.text(entry, "title", file),
        url: try TOMLReading.text(entry, "url", file),
        note: try TOMLReading.text(entry, "note", file))
    }
    return result
  }
}

/// Typed access to the TOML of bundled files.
enum TOMLReading {
  static func table(_ file: String) throws(Diagnostic) -> TOMLTable {
    let text = try Bundled.text(file)
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Diagnostic.table(error.description, file: file, line: error.source.begin.line)
    } catch {
      throw Diagnostic.table("\(error)", file: file)
    }
  }

  static func text(_ table: TOMLTable, _ key: String, _ file: String) throws(Diagnostic) -> String {
    guard let value = table[key]?.string else {
      throw Diagnostic.table("'\(key)' is missing or no text", file: file)
    }
    return value
  }

  static func word<W: Word>(
    _ table: TOMLTable, _ key: String, _ file: String
  ) throws(Diagnostic) -> W {
    let value = try text(table, key, file)
    guard let word = W(value) else {
      throw Diagnostic.table("'\(value)' in '\(key)' is not one of its words", file: file)
    }
    return word
  }

  static func number(
    _ table: TOMLTable, _ key: String, _ file: String
  ) throws(Diagnostic) -> Double {
    guard let value = optionalNumber(table, key) else {
      throw Diagnostic.table("'\(key)' is missing or no number", file: file)
    }
    return value
  }

  static func optionalNumber(_ table: TOMLTable, _ key: String) -> Double? {
    table[key]?.double ?? table[key]?.int.map(Double.init)
  }
}
