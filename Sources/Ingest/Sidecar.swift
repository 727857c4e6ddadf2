import TOMLKit

/// The file `NAME.toml` beside `NAME.txt`: configuration the log does not hold.
///
/// A flat table of the keys of `ConfigurationKey`: `board = "pico2"`, `clock = "150MHz"`.
enum Sidecar {
  /// Path of the sidecar of `path`; nil for standard input.
  static func path(for path: String) -> String? {
    guard path != "-" else { return nil }
    var name = Substring(path)
    if name.lowercased().hasSuffix(".gz") { name = name.dropLast(3) }
    let start = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
    if let dot = name[start...].lastIndex(of: "."), dot != start { name = name[..<dot] }
    return name + ".toml"
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
          file: file, line: line, column: column, severity: .error, rule: rule, message: message,
          remedy: remedy))
    }
    do {
      let table = try TOMLTable(string: text)
      for name in table.keys.sorted() {
        let line = lineNumber(of: name, in: text)
        do throws(ConfigurationFailure) {
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

  private static func scalar(_ value: (any TOMLValueConvertible)?) -> String? {
    guard let value else { return nil }
    if let text = value.string { return text }
    if let flag = value.bool { return flag ? "on" : "off" }
    if let whole = value.int { return String(whole) }
    if let number = value.double { return String(number) }
    return nil
  }

  /// The line in which the key, bare or quoted, or the table of that name begins.
  private static func lineNumber(of key: String, in text: String) -> Int {
    var line = 1
    for row in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let bare = row.drop { " \t\"'[".contains($0) }
      if bare.hasPrefix(key), let next = bare.dropFirst(key.count).first,
        " \t\"'].=".contains(next)
      {
        return line
      }
      line += 1
    }
    return 1
  }
}
