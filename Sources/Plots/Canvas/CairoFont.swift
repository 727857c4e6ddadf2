import CCairo
import Support

/// The fonts of the figures: DejaVu Sans, regular and bold (Debian: fonts-dejavu-core, which
/// fontconfig itself depends on). Where it is missing fontconfig gives its nearest, and the layout
/// follows since every width is measured.
///
/// Widths are measured at the size in points without hinting and whatever the output, so that PNG,
/// SVG and PDF break lines and place labels alike.
final class CairoFont {
  static let family = "DejaVu Sans"

  let regular: OpaquePointer
  let bold: OpaquePointer
  let options: OpaquePointer
  private var scaled: [TextStyle: OpaquePointer] = [:]
  private var widths: [Key: Double] = [:]

  private struct Key: Hashable {
    let text: CleanText
    let style: TextStyle
  }

  /// Cairo never gives nil here: out of memory is an inert object whose status says so.
  init() throws(Diagnostic) {
    guard
      let regular = cairo_toy_font_face_create(
        Self.family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL),
      let bold = cairo_toy_font_face_create(
        Self.family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD),
      let options = cairo_font_options_create()
    else { throw .cairo("cannot make a font") }
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    self.regular = regular
    self.bold = bold
    self.options = options
  }

  deinit {
    for font in scaled.values { cairo_scaled_font_destroy(font) }
    cairo_font_options_destroy(options)
    cairo_font_face_destroy(regular)
    cairo_font_face_destroy(bold)
  }

  func face(_ style: TextStyle) -> OpaquePointer { style.isBold ? bold : regular }

  func width(of text: CleanText, _ style: TextStyle) -> Double {
    let key = Key(text: text, style: style)
    if let known = widths[key] { return known }
    guard let font = scaledFont(style) else { return 0 }
    var extents = cairo_text_extents_t()
    text.string.withCString { cairo_scaled_font_text_extents(font, $0, &extents) }
    let width = extents.x_advance.isFinite ? extents.x_advance : 0
    widths[key] = width
    return width
  }

  private func scaledFont(_ style: TextStyle) -> OpaquePointer? {
    if let known = scaled[style] { return known }
    var matrix = cairo_matrix_t()
    var identity = cairo_matrix_t()
    cairo_matrix_init_scale(&matrix, style.size, style.size)
    cairo_matrix_init_identity(&identity)
    let font = cairo_scaled_font_create(face(style), &matrix, &identity, options)
    scaled[style] = font
    return font
  }
}
