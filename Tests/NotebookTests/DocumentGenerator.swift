import TestSupport

@testable import Notebook

/// Random documents for property tests.
struct DocumentGenerator {
  static let words = [
    "rain", "of", "a", "station", "CONV_2D", "x<y", "a|b", "`t`", "*", "_", "[a](b)", "&lt;", "日本",
    "漢字仮名交じり", "👩‍👩‍👧", "e\u{301}e\u{301}", "\u{1b}[2J", "\u{9b}1m", "\u{202e}", "\u{7f}", "12.5",
    "1 204",
    "</td>", "<script>", "\"q\"", "'", "$x$", "#", "-", "1.", "a\nb", "a\tb", "\r", "🇩🇪", "✅",
    "a-rather-long-word-with-hyphens-in-it", String(repeating: "w", count: 70), "~~", "\\", "!",
  ]

  var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(seed)
  }

  mutating func text(_ most: Int) -> String {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in random.pick(Self.words) }
      .joined(separator: " ")
  }

  mutating func comment() -> HTMLComment? {
    HTMLComment(text(3) + random.pick(["", "-", "--", "<!--"]))
  }

  mutating func inlines(depth: Int = 0) -> [Inline] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      if Int.random(in: 0..<20, using: &random) == 0 { return comment().map { .comment($0) } ?? "" }
      return switch Int.random(in: 0..<(depth > 2 ? 2 : 5), using: &random) {
      case 0: .text(text(12))
      case 1: .code(text(3))
      case 2: .strong(inlines(depth: depth + 1))
      case 3: .emphasis(inlines(depth: depth + 1))
      default: Inline.link(inlines(depth: depth + 1), target: "https://example.org/a?b=\"c")[0]
      }
    }
  }

  mutating func number() -> String {
    String(Double(Int.random(in: -99_999...99_999, using: &random)) / 100)
  }

  mutating func table() -> Table {
    let count = Int.random(in: 1...7, using: &random)
    let kinds = (0..<count).map { _ in Bool.random(using: &random) }
    let columns = (0..<count).map { index in
      Table.Column(
        [.text(text(2))], unit: Bool.random(using: &random) ? text(1) : nil,
        alignment: random.pick([.automatic, .leading, .center, .trailing, .decimal]),
        priority: index == 0 ? 0 : Int.random(in: 0...3, using: &random))
    }
    let rows = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      Table.Row(
        kinds.map { isNumber in
          if Int.random(in: 0..<6, using: &random) == 0 { return .missing(reason: text(8)) }
          return isNumber ? .number(number()) : .text(inlines())
        }, isEmphasized: Int.random(in: 0..<4, using: &random) == 0)
    }
    return Table(
      columns: columns, rows: rows, caption: Bool.random(using: &random) ? inlines() : [])
  }

  mutating func figure() -> Figure {
    var drawings: [FigureForm: [UInt8]] = [:]
    for form: FigureForm in [
      .svg(.light, .wide), .svg(.dark, .wide), .svg(.light, .compact), .svg(.dark, .compact),
      .png(.light), .png(.dark), .pdf,
    ] where Bool.random(using: &random) { drawings[form] = Array("<svg>".utf8) }
    let texts = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      TextDrawing(
        lines: (0..<3).map { _ in
          [.init(text(9), random.pick(TextDrawing.Colour.allCases)), .init(text(2))]
        })
    }
    let source: any FigureSource =
      Int.random(in: 0..<5, using: &random) == 0
      ? BrokenFigure() : PreparedFigure(drawings: drawings, texts: texts)
    return Figure(
      name: text(2), source: source, alternativeText: text(5), caption: inlines(),
      table: Bool.random(using: &random) ? table() : nil)
  }

  mutating func block(depth: Int = 0) -> Block {
    switch Int.random(in: 0..<(depth > 2 ? 5 : 8), using: &random) {
    case 0: .heading(level: Int.random(in: 0...7, using: &random), inlines())
    case 1: .paragraph(inlines())
    case 2:
      Bool.random(using: &random)
        ? .code(language: text(1), text: text(20)) : comment().map { .comment($0) } ?? .rule
    case 3: .rule
    case 4:
      .figure(figure())
    case 5: .table(table())
    case 6:
      .list(
        List(
          Bool.random(using: &random) ? .bullet : .ordered(start: 9),
          items: (0..<3).map { _ in blocks(depth: depth + 1, most: 2) }))
    default:
      .callout(
        Callout(
          random.pick([.note, .finding(.info), .finding(.warning), .finding(.error)]),
          title: inlines(), blocks: blocks(depth: depth + 1, most: 2)))
    }
  }

  mutating func blocks(depth: Int = 0, most: Int) -> [Block] {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in block(depth: depth) }
  }
}
