/// A figure's page: title above, the chart's body, caption below.
struct Page {
  let size: Size
  private let type: Typography
  private let titleLines: [String]
  private let captionLines: [String]
  let body: Rect
  private let bottom: Double

  init(_ chart: some Chart, on canvas: any Canvas) {
    let type = Typography.of(chart.heading.layout)
    let wanted = chart.heading.size.drawable
    let width = wanted.width - 2 * type.margin
    let titleLines = canvas.wrap(chart.heading.title, type.title, width: width, limit: 3)
    let caption = ([chart.heading.caption] + chart.notes).filter { !$0.isEmpty }.joined(
      separator: " ")
    let captionLines = canvas.wrap(caption, type.caption, width: width, limit: 16)
    let top = type.margin + Double(titleLines.count) * type.title.lineHeight + 4
    let captionHeight =
      captionLines.isEmpty ? 0 : Double(captionLines.count) * type.caption.lineHeight + 6
    var body = Rect(
      x: type.margin, y: top, width: width,
      height: max(60, wanted.height - top - type.margin))
    if chart.heading.size == .standard(chart.heading.layout) {
      let drawing = Drawing(
        canvas: canvas, theme: .light, layout: chart.heading.layout, body: body)
      if let height = chart.naturalHeight(in: drawing), height.isFinite {
        body.height = min(max(60, height), 4_000)
      }
    }
    self.body = body
    let drawing = Drawing(canvas: canvas, theme: .light, layout: chart.heading.layout, body: body)
    let overflow = chart.overflow(in: drawing)
    bottom = body.maxY + (overflow.isFinite ? min(max(0, overflow), 2_000) : 0)
    size = Size(wanted.width, (bottom + captionHeight + type.margin).rounded(.up))
    self.type = type
    self.titleLines = titleLines
    self.captionLines = captionLines
  }

  func draw(_ chart: some Chart, theme: Theme, on canvas: any Canvas) {
    canvas.fill(.rect(Rect(x: 0, y: 0, width: size.width, height: size.height)), theme.page)
    for (index, line) in titleLines.enumerated() {
      let y = type.margin + Double(index) * type.title.lineHeight
      canvas.text(
        line, at: Point(type.margin, y), type.title, theme.ink, anchor: Anchor(.start, .top))
    }
    chart.draw(in: Drawing(canvas: canvas, theme: theme, layout: chart.heading.layout, body: body))
    for (index, line) in captionLines.enumerated() {
      let y = bottom + 6 + Double(index) * type.caption.lineHeight
      canvas.text(
        line, at: Point(type.margin, y), type.caption, theme.soft, anchor: Anchor(.start, .top))
    }
  }
}
