import CCairo
import Support

/// A page drawn by Cairo. PNG, SVG and PDF differ only in the surface.
///
/// The unsafe part of this room is confined to this folder. The pointers come from Cairo's
/// constructors, belong to this object alone, never leave it, and are released once in `deinit`.
/// After a failure Cairo objects are inert, and `finish` turns the status into an error.
final class CairoCanvas: Canvas {
  let surface: OpaquePointer
  private let context: OpaquePointer
  private let font: CairoFont
  /// Kept as long as the surface, which writes into it.
  let sink: ByteSink

  /// - Parameters:
  ///   - scale: device units per point.
  ///   - make: makes a surface that may write to the sink until it is destroyed.
  init(scale: Double = 1, make: (ByteSink) -> OpaquePointer?) throws(Diagnostic) {
    font = try CairoFont()
    sink = ByteSink()
    guard let surface = make(sink) else { throw .cairo("cannot make a surface") }
    guard let context = cairo_create(surface) else {
      cairo_surface_destroy(surface)
      throw .cairo("cannot make a drawing context")
    }
    self.surface = surface
    self.context = context
    try check(cairo_status(context))
    if scale != 1 { cairo_scale(context, scale, scale) }
    cairo_set_font_options(context, font.options)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Ends the page. Errors: whatever Cairo met while drawing or writing.
  func finish() throws(Diagnostic) {
    try check(cairo_status(context))
    cairo_surface_finish(surface)
    try check(cairo_surface_status(surface))
    if sink.isFull { throw .cairo("the figure is larger than \(ByteSink.limit) bytes") }
  }

  /// Errors: whatever Cairo met while drawing.
  func finishDrawing() throws(Diagnostic) {
    try check(cairo_status(context))
    cairo_surface_flush(surface)
  }

  func check(_ status: cairo_status_t) throws(Diagnostic) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .cairo(cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown error")
  }

  func stroke(_ path: Path, _ stroke: Stroke) {
    add(path)
    set(stroke.colour)
    cairo_set_line_width(context, stroke.width)
    cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
    cairo_set_line_cap(context, stroke.isRound ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_set_line_join(context, stroke.isRound ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
    cairo_stroke(context)
  }

  func fill(_ path: Path, _ colour: Colour) {
    add(path)
    set(colour)
    cairo_fill(context)
  }

  func width(of text: CleanText, _ style: TextStyle) -> Double { font.width(of: text, style) }

  func show(
    _ text: CleanText, at point: Point, _ style: TextStyle, _ colour: Colour, anchor: Anchor,
    angle: Double
  ) {
    let start = anchor.baselineOffset(width: width(of: text, style), style)
    set(colour)
    cairo_set_font_face(context, font.face(style))
    cairo_set_font_size(context, style.size)
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    if angle != 0 { cairo_rotate(context, angle) }
    cairo_move_to(context, start.x, start.y)
    text.string.withCString { cairo_show_text(context, $0) }
    cairo_restore(context)
    cairo_new_path(context)
  }

  func pushClip(_ rect: Rect) {
    cairo_save(context)
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    cairo_clip(context)
  }

  func popClip() { cairo_restore(context) }

  private func set(_ colour: Colour) {
    cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, colour.opacity)
  }

  private func add(_ path: Path) {
    cairo_new_path(context)
    for element in path.elements {
      switch element {
      case .move(let point): cairo_move_to(context, point.x, point.y)
      case .line(let point): cairo_line_to(context, point.x, point.y)
      case .curve(let first, let second, let end):
        cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
      case .circle(let centre, let radius):
        cairo_new_sub_path(context)
        cairo_arc(context, centre.x, centre.y, radius, 0, 2 * Double.pi)
        cairo_close_path(context)
      case .close: cairo_close_path(context)
      }
    }
  }
}
