import Support
import TOMLKit

/// The file `NAME.toml` beside `NAME.txt`: configuration the log does not hold.
///
/// A flat table of the keys of `ConfigurationKey`: `board = "pico2"`, `clock = "150MHz"`.
enum Sidecar {
  /// Path of the sidecar of `path`; nil for standard input.
  static func path(for path: String) -> String? {
    guard path != "-" else { return nil }
    var name = Packing.withoutEnding(Substring(path))
    let start = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
    if let dot = name[start...].lastIndex(of: "."), dot != start { name = name[..<dot] }
    return name + ".toml"
  }

  /// More than any sidecar has.
  private static let largest = 1 << 20

  /// The text of a sidecar, its beginning where that is too long.
  static func text(_ bytes: any ReadableBytes) -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while text.count < largest, let count = try? bytes.read(into: &buffer, at: text.count),
      count > 0
    {
      text += buffer.prefix(count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads the text of a sidecar called `file`.
  static func read(
    text: String, file: String
  ) -> (values: [(ConfigurationKey, String)], diagnostics: [Diagnostic]) {
    var values: [(ConfigurationKey, String)] = []
    var diagnostics: [Diagnostic] = []
    func report(_ line: Int, _ column: Int, _ rule: String, _ message: String, _ remedy: String) {
      diagnostics.append(
        Diagnostic(
          rule, message, remedy: remedy, place: Place(line: line, column: column), file: file))
    }
    if let line = unreadableLine(in: text) {
      report(
        line, 1, "sidecar-syntax", "the line begins a table without a name, or holds a NUL",
        "Correct the line; the format is TOML, as in clock = \"150MHz\".")
      return ([], diagnostics)
    }
    do {
      let table = try TOMLTable(string: text)
      let lines = linesOfKeys(in: text)
      do throws(Diagnostic) {
        _ = try PatternFile.patterns(table["pattern"], file)
      } catch {
        report(lines["pattern"] ?? 1, 1, "sidecar-pattern", error.message, error.remedy)
      }
      for name in table.keys.sorted() where name != "pattern" {
        let line = lines[name] ?? 1
        do throws(Diagnostic) {
          let key = try ConfigurationKey.named(name)
          guard let raw = scalar(table[name]) else {
            report(
              line, 1, "sidecar-value", "'\(name)' is neither text nor a number",
              "Write \(name) = \"VALUE\".")
            continue
          }
          values.append((key, try key.canonical(typed: raw)))
        } catch {
          report(line, 1, "sidecar-key", error.message, error.remedy)
        }
      }
    } catch let failure as TOMLParseError {
      report(
        failure.source.begin.line, failure.source.begin.column, "sidecar-syntax",
        failure.description, "Correct the line; the format is TOML, as in clock = \"150MHz\".")
    } catch {
      report(1, 1, "sidecar-syntax", "\(error)", "The format is TOML, as in clock = \"150MHz\".")
    }
    return (values, diagnostics)
  }

  /// The patterns of `[[pattern]]` in a sidecar's text; what is wrong with them `read` says.
  static func patterns(text: String, file: String) -> [Pattern] {
    guard unreadableLine(in: text) == nil, let table = try? TOMLTable(string: text) else {
      return []
    }
    return (try? PatternFile.patterns(table["pattern"], file)) ?? []
  }

  /// The first line that must not reach toml++ 3.4, which ends the process at a `[` without a key
  /// behind it and reads no further than a NUL.
  private static func unreadableLine(in text: String) -> Int? {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var rest = text.utf8[...]
    if rest.starts(with: byteOrderMark) { rest = rest.dropFirst(byteOrderMark.count) }
    for (n, row) in rest.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if row.contains(0) { return n + 1 }
      let header = row.drop { isBlank($0) }
      guard header.first == UInt8(ascii: "[") else { continue }
      var name = header.dropFirst()
      if name.first == UInt8(ascii: "[") { name = name.dropFirst() }
      guard let first = name.first(where: { !isBlank($0) }),
        Scan.isWord(first) || "-\"']".utf8.contains(first)
      else { return n + 1 }
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func scalar(_ value: (any TOMLValueConvertible)?) -> String? {
    guard let value else { return nil }
    if let text = value.string { return text }
    if let flag = value.bool { return flag ? "on" : "off" }
    if let whole = value.int { return String(whole) }
    if let number = value.double { return String(number) }
    return nil
  }

  /// The line each key at the left margin first stands in, found in one pass over the text.
  private static func linesOfKeys(in text: String) -> [String: Int] {
    var lines: [String: Int] = [:]
    for (n, row) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      var bare = row.drop { isBlank($0) || $0 == UInt8(ascii: "[") }
      let quote = bare.first.flatMap { "\"'".utf8.contains($0) ? $0 : nil }
      if quote != nil { bare = bare.dropFirst() }
      let key = bare.prefix { byte in
        if let quote { return byte != quote }
        return !" \t=.]".utf8.contains(byte)
      }
      guard !key.isEmpty, let name = String(key) else { continue }
      if lines[name] == nil { lines[name] = n + 1 }
    }
    return lines
  }
}
