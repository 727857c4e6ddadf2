import Support
import TOMLKit

/// Patterns in TOML: those of `data/patterns`, and `[[pattern]]` of sidecar files.
enum PatternFile {
  /// Keys of a `[[pattern]]`.
  private static let keys = ["line", "weak"]
  /// Keys of a file of `data/patterns`.
  private static let fileKeys = ["name", "about", "source", "set", "pattern", "refuse"]

  /// One kind of log, as a file of `data/patterns` describes it.
  static func set(_ text: String, file: String) throws(Diagnostic) -> PatternSet {
    let table = try parsed(text, file)
    for key in table.keys where !fileKeys.contains(key) {
      throw failure("unknown key '\(key)'", file, Nearest.suggestion(for: key, in: fileKeys))
    }
    guard let name = table["name"]?.string, !name.isEmpty else {
      throw failure("the kind of log has no name", file, "Write name = \"...\".")
    }
    var set = PatternSet(
      dialect: Dialect(rawValue: name), patterns: try patterns(table["pattern"], file))
    for entry in try tables(table["refuse"], file) {
      guard let line = entry["line"]?.string, let message = entry["message"]?.string,
        let remedy = entry["remedy"]?.string
      else { throw failure("a [[refuse]] lacks line, message or remedy", file, nil) }
      set.refusals.append(
        .init(pattern: try pattern(line, isRefusal: true, file), message: message, remedy: remedy))
    }
    if let implied = table["set"]?.table {
      for name in implied.keys.sorted() {
        do throws(Diagnostic) {
          let key = try ConfigurationKey.named(name)
          set.implied.append(.init(key: key, text: try key.canonical(implied[name]?.string ?? "")))
        } catch { throw error.within(file: file) }
      }
    }
    return set
  }

  /// The patterns of an array of tables.
  static func patterns(
    _ value: (any TOMLValueConvertible)?, _ file: String
  ) throws(Diagnostic) -> [Pattern] {
    var patterns: [Pattern] = []
    for entry in try tables(value, file) {
      for key in entry.keys where !keys.contains(key) {
        throw failure(
          "unknown key '\(key)' of a pattern", file, Nearest.suggestion(for: key, in: keys))
      }
      guard let line = entry["line"]?.string else {
        throw failure(
          "a [[pattern]] has no line", file, "Write line = 'Inference took {time:us} us'.")
      }
      var one = try pattern(line, isRefusal: false, file)
      one.isWeak = entry["weak"]?.bool ?? false
      patterns.append(one)
    }
    return patterns
  }

  private static func pattern(
    _ line: String, isRefusal: Bool, _ file: String
  ) throws(Diagnostic) -> Pattern {
    do throws(Diagnostic) {
      return isRefusal ? try Pattern(refusing: line) : try Pattern(line)
    } catch {
      throw failure(
        "\(error.message) (column \(error.column) of '\(line)')", file, error.remedy)
    }
  }

  private static func tables(
    _ value: (any TOMLValueConvertible)?, _ file: String
  ) throws(Diagnostic) -> [TOMLTable] {
    guard let value else { return [] }
    guard let array = value.array else {
      throw failure("'pattern' is no array of tables", file, "Write [[pattern]] above its line.")
    }
    var tables: [TOMLTable] = []
    for entry in array {
      guard let table = entry.table else {
        throw failure("'pattern' is no array of tables", file, "Write [[pattern]] above its line.")
      }
      tables.append(table)
    }
    return tables
  }

  private static func parsed(_ text: String, _ file: String) throws(Diagnostic) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Diagnostic(
        "pattern-syntax", error.description, remedy: "Correct the line; the format is TOML.",
        place: Place(line: error.source.begin.line, column: error.source.begin.column), file: file)
    } catch {
      throw failure("\(error)", file, nil)
    }
  }

  private static func failure(_ message: String, _ file: String, _ remedy: String?) -> Diagnostic {
    Diagnostic(
      "pattern-syntax", message, remedy: remedy ?? "docs/patterns.md describes patterns.",
      file: file)
  }
}
