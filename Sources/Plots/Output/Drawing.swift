/// Where and how a chart draws. Opaque outside this module.
public struct Drawing {
  let canvas: any Canvas
  let theme: Theme
  let layout: Layout
  let type: Typography
  /// The area between title and caption.
  let body: Rect

  init(canvas: any Canvas, theme: Theme, layout: Layout, body: Rect) {
    self.canvas = canvas
    self.theme = theme
    self.layout = layout
    self.type = .of(layout)
    self.body = body
  }
}
