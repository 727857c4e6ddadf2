import Support

@testable import Notebook

/// A notebook with one of everything, among it text that tries to break out of every format.
enum SampleDocument {
  static let source = """
    # Rain at four stations

    This page shows what a notebook can hold. Prose is *soft-wrapped*, may be **strong**, may name
    `code_like_this`, and may [link to a page](https://example.org/a_(b)?c=1&d=2) or to
    [a place below](#tables-that-fit). A link to [somewhere else](javascript:alert(1)) stays text, and
    so does <script>alert("html")</script> &amp; the like.

    ## Tables that fit

    ```analyze
    # The stations, widest table first.
    stations --per "wet day" --sort=amount
    ```

    | station | note | share |
    |---|:---:|---:|
    | north \\| south | `a|b` | 12.5 % |
    | *west* | <b>no html</b> | 7 % |
    | east | `a\\|b` | 8.25 % |

    ## Boxes of every kind

    > A quote becomes a note. It may hold a list:
    >
    > - first
    > - second, with `code`

    > [!WARNING]
    > Written the way GitHub does it.

    ```analyze
    boxes
    ```

    ## Lists, code and failures

    1. Dry the gauge.
    2. Read it:
       - at six,
       - at eighteen.
    3. Write the number down, even when it is nought.

    ```swift
    let depth = gauge.read()  // millimetres
    if depth < 0 { print("<negative>") }
    ```

    ```analyze
    hostile
    unknown 'command'
    figure
    broken "quote
    figure in-full
    ```

    ---

    The last paragraph stands below a line.
    """

  static func notebook() -> ExecutedNotebook {
    Notebook.run(source: source, name: "sample.md", cell: run)
  }

  private static func run(_ command: CellCommand) -> CellOutcome {
    switch command.words[0] {
    case "stations": .blocks([.table(stations)])
    case "boxes": .blocks(boxes)
    case "hostile": .blocks([.table(hostile), .paragraph([.text(hostileText)])])
    case "figure":
      .blocks(
        command.words.count == 1
          ? [.figure(figure)] : [.figure(fullFigure), .figure(brokenFigure)])
    default:
      .failure(
        Diagnostic(
          "cell", "there is no command '\(command.words[0])'",
          remedy: "use one of: boxes, figure, hostile, stations"))
    }
  }

  static let hostileText =
    "\u{1b}[31mred\u{1b}[0m \u{7}bell \u{9b}2J \u{202e}desrever\u{202c} </td><script>x</script> "
    + "`tick` |pipe| *star* [l](javascript:x) $math$ 日本語 👩‍👩‍👧 e\u{301} line\nbreak"

  static let stations = Table(
    columns: [
      .init(["station"]),
      .init(["amount"], unit: "mm"),
      .init(["wet days"], unit: "days", alignment: .trailing),
      .init(["per wet day"], unit: "mm/day", alignment: .decimal),
      .init(["interval"], unit: "mm/day", priority: 2),
      .init(["highest"], unit: "mm", priority: 3),
      .init(["gauge"], priority: 4),
      .init(["remark"], priority: 1),
    ],
    rows: [
      .init([
        .text("north_ridge"), .number("1 204.5", sortValue: 1204.5), .number("171"),
        .number("7.04"),
        .number("[6.61, 7.52]"), .number("61.0"), .text("tipping bucket"), .text("on a roof"),
      ]),
      .init(
        [
          .text("harbour"), .number("633.25", sortValue: 633.25), .number("112"), .number("5.6"),
          .number("[5.2, 6.1]"), .number("48.25"), .text("weighing"),
          .text(["moved in ", .strong(["May"]), "; see ", .code("log.txt")]),
        ], isEmphasized: true),
      .init([
        .text("west wood"), .missing(reason: "the gauge overflowed on 3 days"), .number("143"),
        .missing(reason: "the gauge overflowed on 3 days"),
        .missing(reason: "needs an amount"), .number("−0.5"), .text("tipping bucket"),
        .text("under trees, and therefore low by a part nobody has measured so far"),
      ]),
      .init([
        .text("mill"), .number("98"), .number("9"), .number("10.889"),
        .missing(reason: "needs at least 10 wet days; this station has 9"), .number("33.0"),
        .text("glass"), .text(""),
      ]),
    ], caption: ["Rain of one year, and how much of it falls on a wet day"])

  private static let boxes: [Block] = [
    .callout(
      Callout(
        .finding(.info), title: ["Most rain falls on few days"],
        blocks: [.paragraph(["At ", .code("harbour"), " one tenth of the days bring one half."])])),
    .callout(
      Callout(
        .finding(.warning), title: ["Two gauges differ in kind"],
        blocks: [
          .paragraph(["A weighing gauge loses less to wind than a tipping bucket."]),
          .list(List(lines: [["compare like with like"], ["or correct for wind first"]])),
        ])),
    .callout(
      Callout(
        .finding(.error), title: ["A reading is below zero"],
        blocks: [.paragraph(["Look at ", .code("west.txt:41"), "."])])),
    .callout(Callout(.note, title: ["Only a title"])),
  ]

  static let hostile = Table(
    columns: [.init([.text("name <&>|`")], unit: "<i>"), .init(["value"])],
    rows: [
      .init([.text(hostileText), .text("=1+1")]),
      .init([.number("-2.5"), .missing(reason: "no \u{1b}]0;title\u{7} <img src=x onerror=y>")]),
      .init([.text("@SUM(A1)"), .text("+cmd|' /C calc'!A0")]),
    ], caption: [.text("</caption><script>")])

  static let figure = Figure(
    name: "rain",
    svg: """
      <svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"><rect width="320" \
      height="120" fill="#eef"/><path d="M10 100 L110 30 L210 70 L310 20" fill="none" stroke="#036" \
      stroke-width="3"/></svg>
      """,
    darkSVG: """
      <svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"><rect width="320" \
      height="120" fill="#223"/><path d="M10 100 L110 30 L210 70 L310 20" fill="none" stroke="#8bf" \
      stroke-width="3"/></svg>
      """,
    png: [0x89, 0x50, 0x4e, 0x47],
    alternativeText: "A line that rises, falls and rises <again>",
    caption: ["Rain by month"])

  /// A figure in every form; it has the name of another.
  static let fullFigure = Figure(
    name: "rain",
    source: PreparedFigure(
      drawings: [
        .svg(.light, .wide): svg("#eef", width: 960), .svg(.dark, .wide): svg("#223", width: 960),
        .svg(.light, .compact): svg("#eef", width: 360),
        .svg(.dark, .compact): svg("#223", width: 360),
        .png(.light): Array("light png".utf8), .png(.dark): Array("dark png".utf8),
        .pdf: Array("%PDF".utf8),
      ],
      texts: [
        TextDrawing(lines: [
          [.init("mm ", .dim), .init("┤", .dim), .init("   ▄█▄", .blue)],
          [.init("   ", .dim), .init("┤", .dim), .init(" ●────●", .red), .init(" ≥ 3 \u{1b}[2J")],
          [.init("   └─────────"), .init("⠁⣿", .yellow), .init("日", .green)],
        ]), TextDrawing(["narrow ■"]),
      ]),
    alternativeText: "Rain by month, as bars \"and\" lines",
    caption: ["Rain, ", .strong(["95 %"])],
    table: Table(
      columns: [.init(["month"]), .init(["rain"], unit: "mm")],
      rows: [.init([.text("May"), .number("61.5", sortValue: 61.5)])]))

  /// A figure that cannot be drawn.
  static let brokenFigure = Figure(
    name: "snow", source: BrokenFigure(), alternativeText: "Snow", caption: ["Snow by month"])

  static func svg(_ fill: String, width: Int) -> [UInt8] {
    Array(
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="120"><rect width="100%" \
      height="120" fill="\(fill)"/></svg>
      """.utf8)
  }
}

/// Fails in every form.
struct BrokenFigure: FigureSource {
  static let failure = Diagnostic("figure", "the axis has <no> end", remedy: "")

  func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? { throw Self.failure }

  func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    throw Self.failure
  }
}
