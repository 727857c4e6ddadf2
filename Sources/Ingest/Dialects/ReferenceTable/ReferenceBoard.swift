import Support

/// Published results of one board, as a file that `ReferenceBoardReader` reads (docs/reading-logs.md): TOML.
public struct ReferenceBoard: Sendable {
  /// What one key says.
  public enum Value: Sendable, Equatable {
    /// Text.
    case text(String)
    /// One number or several.
    case numbers([Double])
  }

  /// The version of the format, as its first line says it.
  static let format = "pico2-benchmark.reference/1"

  /// Words for people, a line each.
  public var comments: [String]
  /// What holds for all results.
  public var common: [(key: String, value: Value)]
  /// What each result says.
  public var results: [[(key: String, value: Value)]]

  /// A file of these results.
  public init(
    comments: [String], common: [(key: String, value: Value)],
    results: [[(key: String, value: Value)]]
  ) {
    self.comments = comments
    self.common = common
    self.results = results
  }

  /// The text of the file.
  public var text: String {
    var lines = comments.map { "# \(MessageText.line($0))" }
    lines.append("format = \(Self.quoted(Self.format))")
    lines += common.map(Self.line)
    for result in results { lines += ["", "[[result]]"] + result.map(Self.line) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ pair: (key: String, value: Value)) -> String {
    switch pair.value {
    case .text(let text): "\(pair.key) = \(quoted(text))"
    case .numbers(let numbers) where numbers.count == 1:
      "\(pair.key) = \(Format.shortest(numbers[0]))"
    case .numbers(let numbers):
      "\(pair.key) = [\(numbers.map { Format.shortest($0) }.joined(separator: ", "))]"
    }
  }

  /// A basic string of TOML.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..<" ", "\u{7f}"..<"\u{a0}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
