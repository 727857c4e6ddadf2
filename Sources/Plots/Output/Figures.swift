import CCairo
import Support

/// Draws charts into memory. The same chart gives the same bytes, in any order and process.
///
/// This module turns plain values into figures. It knows nothing of benchmarks, logs or files: what
/// a number means, where it came from and how sure it is arrives as words and flags in the chart.
public enum Figures {
  /// Every kind of chart that can be read back from an SVG.
  static let kinds: [any Chart.Type] = [
    RooflineChart.self, SweepChart.self, ForestChart.self, WaterfallChart.self,
    PredictionChart.self, DistributionChart.self, BreakdownChart.self,
  ]

  /// An SVG document without XML declaration, so that it can stand in an HTML page as it is.
  ///
  /// Its ids begin with the chart's name, and the chart itself is stored in `<metadata>`.
  /// Errors: Cairo's, or a chart that cannot be encoded.
  public static func svg(_ chart: some Chart, theme: Theme = .light) throws -> String {
    let page = try Page(chart, on: measuringCanvas())
    let canvas = try CairoCanvas { sink in
      cairo_svg_surface_create_for_stream(
        ByteSink.write, sink.closure, page.size.width, page.size.height)
    }
    page.draw(chart, theme: theme, on: canvas)
    try canvas.finish()
    let stored = try StoredFigure.encode(chart, theme: theme.name)
    return try SVGWriter.finish(
      canvas.sink.bytes, prefix: SVGWriter.prefix(chart, theme: theme), title: chart.heading.title,
      description: chart.heading.summary, metadata: stored)
  }

  /// A PNG.
  ///
  /// - Parameter scale: pixels per point, within 0.5...8; 2 suits most screens.
  public static func png(
    _ chart: some Chart, theme: Theme = .light, scale: Double = 2
  ) throws -> [UInt8] {
    let page = try Page(chart, on: measuringCanvas())
    // No image above 64 million pixels, however large the figure.
    let largest = (64e6 / (page.size.width * page.size.height)).squareRoot()
    let scale = min(scale.isFinite ? min(max(scale, 0.5), 8) : 2, largest)
    let canvas = try CairoCanvas(scale: scale) { _ in
      cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32((page.size.width * scale).rounded(.up)),
        Int32((page.size.height * scale).rounded(.up)))
    }
    page.draw(chart, theme: theme, on: canvas)
    return try canvas.png()
  }

  /// A PDF of one page, with embedded fonts and a fixed date.
  public static func pdf(_ chart: some Chart, theme: Theme = .light) throws -> [UInt8] {
    let page = try Page(chart, on: measuringCanvas())
    let canvas = try CairoCanvas { sink in
      let surface = cairo_pdf_surface_create_for_stream(
        ByteSink.write, sink.closure, page.size.width, page.size.height)
      // Cairo writes the current date otherwise, and no two files would be alike.
      cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
      cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_TITLE, CleanText(chart.heading.title).string)
      cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_SUBJECT, CleanText(chart.heading.summary).string)
      return surface
    }
    page.draw(chart, theme: theme, on: canvas)
    try canvas.finish()
    return canvas.sink.bytes
  }

  /// The chart stored in an SVG that `svg` made; drawing it again gives the same bytes.
  ///
  /// Errors: says what is missing or wrong. The input is not trusted.
  public static func chart(fromSVG svg: String) throws -> any Chart {
    try StoredFigure.decode(svg).chart
  }

  /// Draws a chart on any canvas, for tests and other outputs, and returns the page's size.
  @discardableResult
  static func draw(
    _ chart: some Chart, on canvas: any Canvas, theme: Theme = .light
  ) -> Size {
    let page = Page(chart, on: canvas)
    page.draw(chart, theme: theme, on: canvas)
    return page.size
  }

  /// Measures text with the real font and draws nowhere.
  static func measuringCanvas() throws(Diagnostic) -> CairoCanvas {
    try CairoCanvas { _ in cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1) }
  }
}
