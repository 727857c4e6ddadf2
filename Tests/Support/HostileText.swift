/// What a log could hold to mislead a reader, a terminal or a program. Every medium is tested with all
/// of it.
public enum HostileText {
  /// The texts, by what they try.
  public static let byKind: [(kind: String, texts: [String])] = [
    ("C0", joined(0x00...0x1f) + ["\u{1b}[2J", "\u{1b}]52;c;AA\u{7}", "a\r\nb\nc\rd\te"]),
    ("DEL and C1", joined(0x7f...0x9f) + ["\u{9b}31mX", "\u{85}"]),
    (
      "direction",
      joined(0x61c...0x61c) + joined(0x200e...0x200f) + joined(0x202a...0x202e)
        + joined(0x2066...0x2069)
    ),
    (
      "zero width",
      ["a\u{200b}\u{feff}b", "\u{ad}", "\u{34f}", "\u{180e}", "\u{3164}", "\u{2028}\u{2029}"]
        + joined(0x2060...0x2064) + joined(0x206a...0x206f) + joined(0xfff9...0xfffb)
    ),
    ("joiners", ["a\u{200d}b", "\u{200c}", "é\u{200d}\u{200d}", "\u{202e}\u{200d}"]),
    ("tags", joined(0xe0000...0xe007f)),
    ("variation selectors", ["a\u{fe0f}", "é\u{fe00}\u{fe01}"] + joined(0xe0100...0xe01ef)),
    ("noncharacters", ["\u{fffe}\u{ffff}", "\u{1ffff}"] + joined(0xfdd0...0xfdef)),
    (
      "formulas of TeX",
      [
        "$\\href{javascript:alert(1)}{x}$", "$$x$$", "$\u{301}x$", "\\(x\\)", "\\[x\\]",
        "\\begin{x}",
      ]
    ),
    (
      "addresses",
      [
        "https://evil.example/login", "(www.evil.example)", "HTTP://evil.example",
        "ftp://evil.example",
        "_WWW.evil.example",
      ]
    ),
    (
      "pictures and links",
      ["![x](http://evil.example/x.png)", "[x](javascript:alert(1))", "<http://evil.example>"]
    ),
    (
      "formulas of spreadsheets",
      [
        "=1+1", "x;=1+1", "x; =1+1", "a|@b", "+cmd", "-2+3", "\t=x", "=\u{301}1", ";\u{301}=1",
        "＝1", "-1;-2;=3",
      ]
    ),
    (
      "markup",
      [
        "</td><script>x</script>", "<img src=x onerror=alert(1)>", "&lt;", "-->", "]]>",
        "' onload='x", "\" onload=\"x", "`|`", "```", "|\u{301}", "`\u{301}`", "# a", "1. a", "\\",
      ]
    ),
    ("quotes", ["\"", "\"\u{301}", "a\"b,c\r\nd", "\\\"", "\\u0041"]),
    (
      "bytes that are not UTF-8",
      [
        String(decoding: [0x61, 0xed, 0xa0, 0x80, 0x62] as [UInt8], as: UTF8.self),
        String(decoding: [0xc0, 0x80, 0xff, 0xf4, 0x90] as [UInt8], as: UTF8.self),
      ]
    ),
    (
      "length",
      [
        String(repeating: "w", count: 50_000), String(repeating: "\u{1b}", count: 5_000),
        "e" + String(repeating: "\u{301}", count: 5_000), "",
      ]
    ),
  ]

  /// All of them.
  public static let all = byKind.flatMap(\.texts)

  /// Each of the characters between two letters, and all of them together.
  private static func joined(_ values: ClosedRange<UInt32>) -> [String] {
    let scalars = values.compactMap(Unicode.Scalar.init)
    return scalars.map { "a\($0)b" } + [scalars.map { String($0) }.joined()]
  }
}
