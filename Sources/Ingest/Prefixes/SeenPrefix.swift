import Support

/// What stood in front of the lines of a log and was taken off.
public struct SeenPrefix: Sendable, Equatable, Codable {
  /// What prints such, from the beginning of a line on: "a time stamp", "ESP-IDF's logger".
  public var words: [String]
  /// The first one, as it stands in the log without escapes.
  public var example: String
  /// One-based line where that is.
  public var line: Int
  /// Lines that have one.
  public var lines: Int

  /// "'I (1217) app: ' (ESP-IDF's logger) stands in front of 12 lines, first of line 2, and was taken off"
  public var sentence: String {
    let origin = words.isEmpty ? "" : " (\(listed(words)))"
    let place = lines == 1 ? "line \(line)" : "\(counted(lines, "line")), first of line \(line),"
    return
      "'\(printable(example, limit: 100))'\(origin) stands in front of \(place) and was taken off"
  }

  /// What JSON says of it.
  var fields: Fields {
    ["printed_by": words, "example": example, "line": line, "lines": lines]
  }
}
